import Foundation
import Testing

/// The API's description, and what a value must be by it.
struct Description {
    struct Operation {
        var method: String
        var path: String
        /// A body that is right.
        var example: String?
        /// Whether it needs no token.
        var isOpen: Bool
        var responses: [String: Any]
    }

    private let document: [String: Any]

    init() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/MatineeServer/openapi.json").standardized
        document = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    }

    var operations: [Operation] {
        get throws {
            let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            return try paths.sorted { $0.key < $1.key }.flatMap { path, methods in
                try methods.sorted { $0.key < $1.key }.map { method, operation in
                    let content =
                        (operation["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]]
                    let example = try content?["application/json"]?["example"].map {
                        try String(decoding: JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
                    }
                    return Operation(
                        method: method.uppercased(),
                        path: path,
                        example: example,
                        isOpen: (operation["security"] as? [Any])?.isEmpty ?? false,
                        responses: operation["responses"] as? [String: Any] ?? [:]
                    )
                }
            }
        }
    }

    /// What of a response is not as described; empty where all is.
    func faults(_ reply: Reply, of operation: Operation) -> [String] {
        guard let described = operation.responses["\(reply.status)"] ?? operation.responses["default"] else {
            return ["status \(reply.status) is not described"]
        }
        let type = reply.headers["Content-Type"].first?.split(separator: ";").first.map(String.init)
        guard let content = resolved(described)["content"] as? [String: [String: Any]] else {
            return reply.body.isEmpty ? [] : ["there should be no body"]
        }
        guard let schema = content[type ?? ""]?["schema"] as? [String: Any] else {
            return ["type \(type ?? "-")"]
        }
        return type?.hasSuffix("json") == true ? faults(reply.json, schema, "$") : []
    }

    private func resolved(_ value: Any) -> [String: Any] {
        guard let value = value as? [String: Any] else { return [:] }
        guard let reference = value["$ref"] as? String else { return value }
        let found = reference.dropFirst(2).split(separator: "/").reduce(document as Any) { value, key in
            (value as? [String: Any])?[String(key)] ?? [:]
        }
        return resolved(found)
    }

    /// What of a value is not as a schema says, in the keywords that the description uses.
    private func faults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        let schema = resolved(schema)
        if let all = schema["allOf"] as? [[String: Any]] { return all.flatMap { faults(value, $0, place) } }
        if let any = schema["anyOf"] as? [[String: Any]] {
            return any.contains { faults(value, $0, place).isEmpty } ? [] : ["\(place) fits nothing"]
        }
        let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
        guard types.isEmpty || types.contains(where: { fits(value, $0) }) else {
            return ["\(place) is no \(types)"]
        }
        if let values = schema["enum"] as? [String], !values.contains(value as? String ?? "") {
            return ["\(place) is \(value)"]
        }
        if let number = value as? Double,
            number < schema["minimum"] as? Double ?? -.infinity
                || number > schema["maximum"] as? Double ?? .infinity
        {
            return ["\(place) is \(number)"]
        }
        return inner(value, schema, place)
    }

    private func inner(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        if let items = schema["items"] as? [String: Any], let values = value as? [Any] {
            return values.enumerated().flatMap { faults($1, items, "\(place)[\($0)]") }
        }
        guard let object = value as? [String: Any] else { return [] }
        let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
        let known = schema["properties"] as? [String: [String: Any]] ?? [:]
        return missing.map { "\(place).\($0) is missing" }
            + object.flatMap { key, value in known[key].map { faults(value, $0, "\(place).\(key)") } ?? [] }
    }

    private func fits(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "null": value is NSNull
        case "string": value is String
        case "array": value is [Any]
        case "object": value is [String: Any]
        case "boolean":
            (value as? NSNumber).map { "\($0.objCType.pointee)" == "\("c".utf8CString[0])" || value is Bool }
                ?? false
        case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
        default: value is NSNumber
        }
    }
}
