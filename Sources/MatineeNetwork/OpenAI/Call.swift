import AsyncHTTPClient
import Foundation
import Matinee
import NIOCore
import Synchronization

/// One chat on its way to a model and back.
struct Call: Sendable {
    let model: OpenAIModel
    let chat: Chat
    let isStreamed: Bool

    private var transport: OpenAITransport { model.transport }

    /// What a call uses up, as far as is known while it goes on.
    final class Meter: Sendable {
        private struct State {
            var prompt = 0
            var bytes = 0
            var counted: TokenUsage?
        }
        private let state = Mutex(State())

        /// A request went out that reads so many tokens.
        func sent(_ tokens: Int) { state.withLock { $0.prompt = tokens } }
        func received(_ text: String) { state.withLock { $0.bytes += text.utf8.count } }
        /// What the server counted, where it did.
        func count(_ usage: TokenUsage?) { if let usage { state.withLock { $0.counted = usage } } }
        var counted: TokenUsage? { state.withLock { $0.counted } }
        /// The server's count, or about as many tokens as the bytes make.
        var usage: TokenUsage {
            state.withLock {
                $0.counted ?? TokenUsage(prompt: $0.prompt, completion: ($0.bytes + 2) / 3)
            }
        }
    }

    /// Does the work within the budget and the time, and counts what it used up, also where it failed.
    func counted<Result: Sendable>(_ work: @escaping @Sendable (Meter) async throws -> Result) async throws
        -> Result
    {
        let request = ChatRequest(chat: chat, model: model.name, abilities: abilities, isStreamed: isStreamed)
        let reservation = try model.spending.reserve(
            TokenUsage(prompt: request.estimatedPromptTokens, completion: request.limit)
        )
        let meter = Meter()
        defer { reservation.settle(meter.usage) }
        do { return try await within(transport.server.timeouts.answer) { try await work(meter) } } catch {
            throw transport.translated((error as? Rejection)?.error ?? error, while: .reading)
        }
    }

    private var abilities: ModelAbilities { model.memory.abilities(of: model.name, at: transport.server) }

    /// The server's answer, to the first form of the request that it takes.
    func response(_ meter: Meter) async throws -> HTTPClientResponse {
        let known = abilities
        var abilities = known
        while true {
            let request = ChatRequest(
                chat: chat,
                model: model.name,
                abilities: abilities,
                isStreamed: isStreamed
            )
            // A request that is given up before its answer begins may have been worked on.
            meter.sent(request.estimatedPromptTokens)
            do {
                let response = try await transport.response("/chat/completions", posting: request.data())
                if abilities != known {
                    model.memory.remember(abilities, of: model.name, at: transport.server)
                }
                return response
            } catch let error as CancellationError { throw error } catch {
                meter.sent(0)
                guard let rejection = error as? Rejection, abilities.concede(to: rejection, of: chat) else {
                    throw error
                }
            }
        }
    }

    /// The reply out of what the server sent.
    func reply(_ completion: ChatCompletion, _ meter: Meter) throws -> ChatReply {
        if let error = completion.error { throw refusal(error) }
        guard let choice = completion.choices.first else {
            throw LanguageModelError.unreadable("it has no choices")
        }
        try checkWillingness(choice, choice.message)
        let content = choice.message?.content ?? ""
        meter.received(content)
        var thoughts = Thoughts()
        let text = transport.redaction(unwrapped(thoughts.add(content) + thoughts.finish()))
        guard !text.allSatisfy(\.isWhitespace) else { throw empty(choice) }
        guard text.utf8.count <= longestText else { throw LanguageModelError.unreadable("it is too long") }
        return ChatReply(
            text,
            alternatives: chat.alternatives == nil ? [] : choice.logprobs?.alternatives ?? [],
            usage: meter.usage
        )
    }

    /// How much text the tokens that were asked for can hold, generously.
    var longestText: Int { max(4_096, min(chat.maximumTokens, 1 << 16) * 64) }

    func refusal(_ error: ServerError) -> LanguageModelError {
        Rejection(status: error.code.flatMap { Int($0) } ?? 500, error, transport.redaction).error
    }

    /// - Throws: ``LanguageModelError/declined``.
    func checkWillingness(_ choice: ChatCompletion.Choice, _ message: ChatCompletion.Message?) throws {
        if choice.finishReason == "content_filter" || !(message?.refusal ?? "").isEmpty {
            throw LanguageModelError.declined
        }
    }

    func empty(_ choice: ChatCompletion.Choice?) -> LanguageModelError {
        .unreadable(
            choice?.finishReason == "length" ? "all its tokens went into thinking" : "it holds no text"
        )
    }

    /// The JSON without the fence that models put around it where no schema held them.
    private func unwrapped(_ text: String) -> String {
        guard chat.schema != nil,
            let fenced = text.wholeMatch(of: /\s*```(?:json|JSON)?\s*\n((?s:.*?))\n?\s*```\s*/)
        else { return text }
        return String(fenced.output.1)
    }
}
