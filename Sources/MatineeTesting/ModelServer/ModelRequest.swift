public import Foundation

/// A request to a ``ModelServer``.
public struct ModelRequest: Sendable {
    public var method: String
    public var path: String
    public var headers: [(name: String, value: String)]
    public var body: Data
    /// What the API does not document.
    public internal(set) var violations: [String] = []

    public subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The key that came along.
    public var key: String? {
        self["authorization"].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
    }

    /// The body, where it is a JSON object.
    public var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }

    /// The texts of all messages with their roles.
    public var messages: [(role: String, text: String)] {
        (json["messages"] as? [[String: Any]] ?? []).map {
            ($0["role"] as? String ?? "", $0["content"] as? String ?? "")
        }
    }

    public var isStreamed: Bool { json["stream"] as? Bool ?? false }

    var wantsUsage: Bool {
        (json["stream_options"] as? [String: Any])?["include_usage"] as? Bool ?? false
    }

    /// `json_schema`, `json_object` or `nil`.
    public var format: String? { (json["response_format"] as? [String: Any])?["type"] as? String }

    /// The schema that a reply must have.
    public var schema: [String: Any]? {
        let format = (json["response_format"] as? [String: Any])?["json_schema"] as? [String: Any]
        return (format ?? json["response_format"] as? [String: Any])?["schema"] as? [String: Any]
    }

    public var wantsLogProbabilities: Bool { json["logprobs"] as? Bool ?? false }
    public var alternatives: Int { json["top_logprobs"] as? Int ?? 0 }
    public var limit: Int { json["max_completion_tokens"] as? Int ?? json["max_tokens"] as? Int ?? .max }
}
