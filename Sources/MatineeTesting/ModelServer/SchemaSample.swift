import Foundation

/// Makes the plainest value that a JSON Schema allows.
enum SchemaSample {
    static func value(_ schema: [String: Any]) -> Any {
        if let first = (schema["enum"] as? [Any])?.first ?? schema["const"] { return first }
        if let first = (schema["anyOf"] as? [[String: Any]])?.first { return value(first) }
        let type = schema["type"] as? String ?? (schema["type"] as? [String])?.first
        switch type {
        case "object": return (schema["properties"] as? [String: [String: Any]] ?? [:]).mapValues(value)
        case "array": return array(schema)
        case "integer", "number": return schema["minimum"] ?? 1
        case "boolean": return true
        case "string": return "yes"
        default: return NSNull()
        }
    }

    /// As many items as there must be; whole numbers differ, so that a list of them is an order.
    private static func array(_ schema: [String: Any]) -> [Any] {
        let items = schema["items"] as? [String: Any] ?? [:], count = schema["minItems"] as? Int ?? 1
        guard items["type"] as? String == "integer" else { return (0..<count).map { _ in value(items) } }
        let first = items["minimum"] as? Int ?? 1
        return (0..<count).map { first + $0 }
    }
}
