import Foundation
import Hummingbird
import Matinee

/// A request of OpenAI's chat completions, as far as it matters here.
struct CompletionRequest: Decodable, Sendable {
    struct Message: Decodable, Sendable {
        var role: String
        /// A text, or parts of which the texts are read.
        var content: JSONValue?

        var text: String {
            content?.string
                ?? (content?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
        }
    }

    struct StreamOptions: Decodable, Sendable { var include_usage: Bool? }

    var messages: [Message]
    var stream: Bool?
    var stream_options: StreamOptions?

    /// What the user said, the oldest first.
    var wishes: [String] { messages.filter { $0.role == "user" }.map(\.text) }
}

/// Answers chat completions: the conversation that is sent is gone through again, as nothing of it is kept.
struct Completions: Sendable {
    static let model = "matinee"
    /// Of a long conversation the latest messages count.
    private static let longest = 10

    let engine: Engine
    let desk: TurnDesk
    /// Whose taste is used and moved; `nil` for nobody's.
    let user: String?

    /// The turn for the last message.
    func turn(_ request: CompletionRequest, onEvent: @escaping @Sendable (TurnEvent) async -> Void)
        async throws -> Turn
    {
        guard let wish = request.wishes.last else { throw Problem.bad("“messages” has none of the user.") }
        let before = request.wishes.dropLast().suffix(Self.longest)
        return try await desk.working {
            var conversation = Conversation()
            for earlier in before {
                let turn = try await engine.recommender.turn(
                    earlier,
                    limit: engine.limit,
                    conversation: conversation
                )
                conversation.add(turn)
            }
            return try await engine.recommender.turn(
                wish,
                user: user,
                limit: engine.limit,
                conversation: conversation,
                onEvent: onEvent
            )
        }
    }

    /// What follows the reply.
    static func list(_ turn: Turn) -> String {
        turn.request.act.isAnswered || turn.picks.isEmpty ? "" : "\n\n" + turn.list(isMarkdown: true)
    }
}

/// The objects of OpenAI's API.
struct CompletionForm: Sendable {
    let id = "chatcmpl-" + UUID().uuidString.replacing("-", with: "").lowercased()
    let created = Int(Date().timeIntervalSince1970)

    /// No language model is used, so none of its tokens.
    private static let usage: JSONValue = ["prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0]

    func whole(_ text: String) -> JSONValue {
        let message: JSONValue = ["role": "assistant", "content": .string(text), "refusal": .null]
        return form(
            "chat.completion",
            [["index": 0, "message": message, "logprobs": .null, "finish_reason": "stop"]],
            Self.usage
        )
    }

    func chunk(_ delta: JSONValue, isLast: Bool = false) -> JSONValue {
        let choice: JSONValue = [
            "index": 0, "delta": delta, "logprobs": .null, "finish_reason": isLast ? "stop" : .null,
        ]
        return form("chat.completion.chunk", [choice], nil)
    }

    var usageChunk: JSONValue { form("chat.completion.chunk", [], Self.usage) }

    private func form(_ object: JSONValue, _ choices: JSONValue, _ usage: JSONValue?) -> JSONValue {
        var form: [String: JSONValue] = [
            "id": .string(id), "object": object, "created": .number(Double(created)),
            "model": .string(Completions.model), "choices": choices,
        ]
        form["usage"] = usage
        return .object(form)
    }
}
