import Foundation
import Matinee

/// The body of `POST /chat/completions`.
struct ChatRequest {
    let chat: Chat
    let model: String
    let abilities: ModelAbilities
    let isStreamed: Bool

    private struct Body: Encodable {
        struct Message: Encodable {
            var role: Chat.Message.Role
            var content: String
        }
        struct StreamOptions: Encodable { var include_usage = true }

        var model: String
        var messages: [Message]
        var max_completion_tokens: Int?
        var max_tokens: Int?
        var temperature: Double?
        var logprobs: Bool?
        var top_logprobs: Int?
        var reasoning_effort: String?
        var stream: Bool?
        var stream_options: StreamOptions?
    }

    /// How many tokens may be written, those for thought included.
    var limit: Int { max(1, chat.maximumTokens) + abilities.tokensForThought }

    /// About as many tokens as are read: a token has three bytes or more in nearly all text.
    var estimatedPromptTokens: Int {
        messages.reduce((chat.schema?.json.utf8.count ?? 0) / 3) { $0 + $1.text.utf8.count / 3 + 8 }
    }

    /// The body as JSON. The schema stands in it as it was given, since models write keys in its order.
    func data() throws -> Data {
        // Log-probabilities of a stream have nowhere to go.
        let alternatives =
            abilities.hasLogProbabilities && !isStreamed ? chat.alternatives.map { min(max($0, 0), 20) } : nil
        let body = Body(
            model: model,
            messages: messages.map { Body.Message(role: $0.role, content: $0.text) },
            max_completion_tokens: abilities.hasCompletionLimit ? limit : nil,
            max_tokens: abilities.hasCompletionLimit ? nil : limit,
            temperature: abilities.hasTemperature ? chat.temperature.map { min(max($0, 0), 2) } : nil,
            logprobs: alternatives.map { _ in true },
            top_logprobs: alternatives,
            reasoning_effort: abilities.effort,
            stream: isStreamed ? true : nil,
            stream_options: isStreamed && abilities.countsStreams ? Body.StreamOptions() : nil
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(body)
        guard let format else { return data }
        return data.dropLast() + Data(",\"response_format\":\(format)}".utf8)
    }

    private var format: String? {
        guard let schema = chat.schema else { return nil }
        return switch abilities.structure {
        case .schema:
            #"{"type":"json_schema","json_schema":{"name":"\#(name(schema))","schema":\#(schema.json),"strict":true}}"#
        case .jsonWithSchema: #"{"type":"json_object","schema":\#(schema.json)}"#
        case .json: #"{"type":"json_object"}"#
        case .words: nil
        }
    }

    private func name(_ schema: Chat.Schema) -> String {
        let letters = schema.name.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
        }
        return letters.isEmpty ? "reply" : String(letters.prefix(64))
    }

    /// The messages; the schema is told behind the first of the system where the server knows none.
    private var messages: [Chat.Message] {
        guard let schema = chat.schema, [.json, .words].contains(abilities.structure) else {
            return chat.messages
        }
        let words =
            "Answer with one JSON value and nothing else: no text around it, no Markdown. It must satisfy this JSON Schema: \(schema.json)"
        guard let first = chat.messages.firstIndex(where: { $0.role == .system }) else {
            return [Chat.Message(.system, words)] + chat.messages
        }
        var messages = chat.messages
        messages[first].text += "\n\n" + words
        return messages
    }
}
