import Foundation

/// OpenAI's OpenAPI description, CreateChatCompletionRequest and CreateEmbeddingRequest: fields, types and ranges.
extension ModelRequest {
    private static let chatFields: Set<String> = [
        "messages", "model", "store", "reasoning_effort", "metadata", "frequency_penalty", "logit_bias",
        "logprobs", "top_logprobs", "max_tokens", "max_completion_tokens", "n", "modalities", "prediction",
        "audio", "presence_penalty", "response_format", "seed", "service_tier", "stop", "stream",
        "stream_options", "temperature", "top_p", "tools", "tool_choice", "parallel_tool_calls", "user",
        "verbosity", "prompt_cache_key", "safety_identifier", "web_search_options", "function_call",
        "functions",
    ]
    private static let embeddingFields: Set<String> = [
        "input", "model", "encoding_format", "dimensions", "user",
    ]

    /// Everything that is not as it is documented.
    func findViolations(isLlamaCpp: Bool) -> [String] {
        switch path {
        case "/v1/models": method == "GET" && body.isEmpty ? [] : ["models are got, without a body"]
        case "/v1/chat/completions": common(Self.chatFields) + chat(isLlamaCpp)
        case "/v1/embeddings": common(Self.embeddingFields) + embeddings()
        default: ["there is no \(path)"]
        }
    }

    private func common(_ fields: Set<String>) -> [String] {
        var found = Set(json.keys).subtracting(fields).sorted().map { "unknown field \($0)" }
        if method != "POST" { found.append("it must be posted") }
        if self["content-type"] != "application/json" { found.append("the content is no application/json") }
        if json.isEmpty { found.append("the body is no JSON object") }
        if (json["model"] as? String ?? "").isEmpty { found.append("no model") }
        return found
    }

    private func chat(_ isLlamaCpp: Bool) -> [String] {
        var found: [String] = []
        func check(_ isRight: Bool, _ words: String) { if !isRight { found.append(words) } }
        let roles = messages.map(\.role)
        check(!roles.isEmpty, "no messages")
        check(
            Set(roles).isSubset(of: ["system", "developer", "user", "assistant", "tool"]),
            "unknown role among \(roles)"
        )
        check(
            (json["messages"] as? [[String: Any]] ?? [])
                .allSatisfy { $0["content"] is String && $0.count == 2 },
            "a message is more or less than role and content"
        )
        check(isNumber("temperature", in: 0...2), "temperature is out of range")
        check(isNumber("top_logprobs", in: 0...20), "top_logprobs is out of range")
        check(json["top_logprobs"] == nil || wantsLogProbabilities, "top_logprobs without logprobs")
        for name in ["max_tokens", "max_completion_tokens"] {
            check(isNumber(name, in: 1...1e9), "\(name) is out of range")
        }
        check(json["max_tokens"] == nil || json["max_completion_tokens"] == nil, "two limits of tokens")
        check(json["stream_options"] == nil || isStreamed, "stream_options without stream")
        check(
            json["reasoning_effort"].map {
                ["none", "minimal", "low", "medium", "high", "xhigh", "max"].contains($0 as? String)
            } ?? true,
            "unknown reasoning_effort"
        )
        return found + responseFormat(isLlamaCpp)
    }

    private func isNumber(_ name: String, in range: ClosedRange<Double>) -> Bool {
        json[name].map { ($0 as? Double).map(range.contains) ?? false } ?? true
    }

    private func responseFormat(_ isLlamaCpp: Bool) -> [String] {
        guard let any = json["response_format"] else { return [] }
        guard let format = any as? [String: Any], let type = format["type"] as? String else {
            return ["response_format has no type"]
        }
        switch type {
        case "json_object" where isLlamaCpp && format["schema"] is [String: Any]: return []
        case "text", "json_object":
            let saysJSON = messages.contains { $0.text.contains("JSON") }
            return (format.count == 1 ? [] : ["\(type) has further fields"])
                + (type == "text" || saysJSON ? [] : ["json_object, but no message says JSON"])
        case "json_schema": return jsonSchema(format["json_schema"] as? [String: Any] ?? [:], format.count)
        default: return ["unknown response_format \(type)"]
        }
    }

    private func jsonSchema(_ format: [String: Any], _ fields: Int) -> [String] {
        var found = fields == 2 ? [] : ["json_schema has further fields"]
        let name = format["name"] as? String ?? ""
        if name.wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) == nil {
            found.append("the schema's name is “\(name)”")
        }
        found += Set(format.keys).subtracting(["name", "schema", "strict", "description"]).map {
            "unknown field \($0) beside the schema"
        }
        guard let schema = format["schema"] as? [String: Any] else { return found + ["no schema"] }
        if format["strict"] as? Bool == true { found += strict(schema, "schema") }
        return found
    }

    /// What strict structured output demands: all properties required, no others, no keyword that it does not know.
    private func strict(_ schema: [String: Any], _ place: String) -> [String] {
        let known: Set = [
            "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf",
            "description", "title", "$ref", "$defs", "pattern", "format", "minimum", "maximum",
            "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
        ]
        var found = Set(schema.keys).subtracting(known).sorted().map { "\(place): unknown keyword \($0)" }
        if schema["type"] as? String == "object" {
            let properties = schema["properties"] as? [String: Any] ?? [:]
            if schema["additionalProperties"] as? Bool != false {
                found.append("\(place): additionalProperties is not false")
            }
            if Set(schema["required"] as? [String] ?? []) != Set(properties.keys) {
                found.append("\(place): not all properties are required")
            }
            for (name, part) in properties.sorted(by: { $0.key < $1.key }) {
                found += strict(part as? [String: Any] ?? [:], "\(place).\(name)")
            }
        }
        if let items = schema["items"] as? [String: Any] { found += strict(items, "\(place)[]") }
        return found
    }

    private func embeddings() -> [String] {
        let texts = json["input"] as? [String] ?? []
        var found: [String] = []
        if texts.isEmpty || texts.count > 2_048 { found.append("\(texts.count) inputs") }
        if texts.contains("") { found.append("an empty input") }
        if !["float", "base64", nil].contains(json["encoding_format"] as? String) {
            found.append("unknown encoding_format")
        }
        return found
    }
}
