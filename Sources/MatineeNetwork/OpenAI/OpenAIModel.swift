import AsyncHTTPClient
import Foundation
public import Matinee
import NIOCore

/// A chat model of OpenAI, or of a server that speaks its API.
///
/// What a server turns out not to know (JSON schemas, log-probabilities and more) is left out and not asked for again.
public struct OpenAIModel: LanguageModel {
    public let name: String
    let transport: OpenAITransport
    let memory: AbilityMemory
    let spending: Spending

    /// How many bytes a reply may have.
    static let longestReply = 4 << 20

    /// - Parameters:
    ///   - name: the model's, at its server.
    ///   - price: `nil` for OpenAI's list price at OpenAI, and none elsewhere.
    ///   - limits: of which `turnTokens` holds for each ``forOneTurn()``.
    ///   - ledger: counts the day; without one, the day has no limit.
    ///   - memory: of what servers know; may be shared.
    public init(
        name: String,
        server: OpenAIServer,
        price: Price? = nil,
        limits: SpendingLimits = SpendingLimits(),
        ledger: SpendingLedger? = nil,
        memory: AbilityMemory = AbilityMemory()
    ) {
        self.init(
            name: name,
            server: server,
            price: price,
            limits: limits,
            ledger: ledger,
            memory: memory,
            backoff: Backoff(),
            time: .real
        )
    }

    package init(
        name: String,
        server: OpenAIServer,
        price: Price? = nil,
        limits: SpendingLimits = SpendingLimits(),
        ledger: SpendingLedger? = nil,
        memory: AbilityMemory = AbilityMemory(),
        backoff: Backoff,
        time: Pace.Time
    ) {
        self.init(
            name: name,
            transport: OpenAITransport(server, backoff: backoff, time: time),
            spending: Spending(
                limits: limits,
                ledger: ledger,
                price: price ?? (server.isOpenAI ? Price.openAI(name) : nil)
            ),
            memory: memory
        )
    }

    init(name: String, transport: OpenAITransport, spending: Spending, memory: AbilityMemory) {
        (self.name, self.transport, self.spending, self.memory) = (name, transport, spending, memory)
    }

    public func forOneTurn() -> any LanguageModel {
        OpenAIModel(name: name, transport: transport, spending: spending.inNewTurn(), memory: memory)
    }

    public func cost(of usage: TokenUsage) -> Double? { spending.price?.cost(of: usage) }

    public func complete(_ chat: Chat) async throws -> ChatReply {
        let call = Call(model: self, chat: chat, isStreamed: false)
        return try await call.counted { meter in
            let response = try await call.response(meter)
            let body = try await transport.body(of: response, upTo: Self.longestReply)
            let completion = try ChatCompletion.read(body)
            meter.count(completion.usage)
            return try call.reply(completion, meter)
        }
    }

    public func stream(_ chat: Chat) -> AsyncThrowingStream<ChatPiece, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                let call = Call(model: self, chat: chat, isStreamed: true)
                do {
                    try await call.counted { meter in
                        try await call.pieces(meter) { continuation.yield($0) }
                    }
                    continuation.finish()
                } catch { continuation.finish(throwing: error) }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

extension OpenAITransport {
    /// A whole body.
    /// - Throws: ``LanguageModelError``, `CancellationError`.
    func body(of response: HTTPClientResponse, upTo limit: Int) async throws -> Data {
        do { return try await Data(response.body.collect(upTo: limit).readableBytesView) } catch {
            throw translated(error, while: .reading)
        }
    }
}
