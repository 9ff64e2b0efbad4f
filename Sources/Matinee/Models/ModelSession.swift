import Synchronization

/// A language model as one turn may use it: until a deadline, within a budget, with everything counted.
///
/// Once a call fails for a reason that the next would meet too, there is no next: the turn goes on without the model.
final class ModelSession: Sendable {
    /// What a turn asks a model for, in this order, and the share of the turn's time by whose end it must be done.
    enum Stage: Int, Comparable, Sendable {
        case reading, ranking, explaining

        var share: Double {
            switch self {
            case .reading: 0.25
            case .ranking: 0.6
            case .explaining: 0.98
            }
        }

        static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
    }

    private struct State {
        var usage = TokenUsage()
        var reserved = 0
        var calls = 0
        var open = 0
        var since = ContinuousClock.now
        var time = Duration.zero
        var troubles: [(stage: Stage, error: LanguageModelError)] = []
        var isGivenUp = false
    }

    let options: ModelOptions
    private let model: any LanguageModel
    private let start: ContinuousClock.Instant
    private let state = Mutex(State())

    init(_ model: any LanguageModel, _ options: ModelOptions, since start: ContinuousClock.Instant) {
        (self.model, self.options, self.start) = (model.forOneTurn(), options, start)
    }

    var name: String { model.name }
    /// Whether the model was not given up.
    var isUsable: Bool { !state.withLock { $0.isGivenUp } }
    var usage: TokenUsage { state.withLock { $0.usage } }
    var calls: Int { state.withLock { $0.calls } }
    var cost: Double? { model.cost(of: usage) }
    /// How long at least one call was going on, in milliseconds.
    var milliseconds: Double { (state.withLock { $0.time } / .microseconds(1)).rounded() / 1_000 }

    /// When a stage must be done.
    func deadline(of stage: Stage) -> ContinuousClock.Instant { start + options.deadline * stage.share }

    /// Completes a chat in time.
    /// - Throws: ``LanguageModelError``, or `CancellationError` where the turn was cancelled.
    func complete(_ chat: Chat, for stage: Stage) async throws -> ChatReply {
        let most = try begin(chat)
        do {
            let reply = try await until(deadline(of: stage)) { [model] in try await model.complete(chat) }
            end(most, reply.usage, chat, reply.text)
            return reply
        } catch {
            end(most, TokenUsage(), chat, "")
            throw error
        }
    }

    /// Streams the texts of a chat in time, as ``complete(_:for:)`` does.
    func texts(_ chat: Chat, for stage: Stage) throws -> AsyncThrowingStream<String, any Error> {
        let most = try begin(chat)
        return streamed(until: deadline(of: stage)) { [self, model] send in
            var usage = TokenUsage(), written = ""
            defer { end(most, usage, chat, written) }
            for try await piece in model.stream(chat) {
                switch piece {
                case .text(let text):
                    written += text
                    send(text)
                case .usage(let counted): usage = counted
                }
            }
        }
    }

    /// What `body` gives, or `nil` where the model fails it or was given up; the trouble is noted.
    /// - Throws: `CancellationError` where the turn was cancelled.
    func attempt<Result>(_ stage: Stage, _ body: () async throws -> Result) async throws -> Result? {
        guard isUsable else { return nil }
        do { return try await body() } catch {
            try Task.checkCancellation()
            note(error, stage)
            return nil
        }
    }

    /// Whether a further call of that size has room in the budget.
    func affords(_ chat: Chat) -> Bool {
        state.withLock { $0.usage.total + $0.reserved + chat.mostTokens <= options.tokensPerTurn }
    }

    /// Notes what went wrong.
    func note(_ error: any Error, _ stage: Stage) {
        let trouble = error as? LanguageModelError ?? .unreachable("\(type(of: error))")
        state.withLock { state in
            state.troubles.append((stage, trouble))
            state.isGivenUp = state.isGivenUp || trouble.isLasting
        }
    }

    /// What went wrong, a line for each stage at most.
    var fallbacks: [Fallback] {
        state.withLock { $0.troubles }.reduce(into: [(stage: Stage, error: LanguageModelError)]()) {
            told,
            one in
            if !told.contains(where: { $0.stage == one.stage }) { told.append(one) }
        }.map { Fallback($0.error, in: $0.stage) }
    }

    private func begin(_ chat: Chat) throws -> Int {
        let most = chat.mostTokens
        try state.withLock { state in
            guard state.usage.total + state.reserved + most <= options.tokensPerTurn else {
                throw LanguageModelError.overBudget
            }
            state.reserved += most
            state.calls += 1
            if state.open == 0 { state.since = .now }
            state.open += 1
        }
        return most
    }

    private func end(_ most: Int, _ counted: TokenUsage, _ chat: Chat, _ text: String) {
        let usage =
            counted.total > 0 || text.isEmpty
            ? counted : TokenUsage(prompt: chat.promptTokens, completion: tokenEstimate(text))
        state.withLock { state in
            state.reserved -= most
            state.usage = state.usage + usage
            state.open -= 1
            if state.open == 0 { state.time += .now - state.since }
        }
    }
}

extension TokenUsage {
    var total: Int { prompt + completion }
}

extension Chat {
    /// How many tokens it may take at most.
    var mostTokens: Int { promptTokens + maximumTokens }
}

extension LanguageModelError {
    /// Whether the next call would fail as this one did; else only the reply was at fault.
    package var isLasting: Bool {
        switch self {
        case .unreachable, .unauthorized, .rateLimited, .refused, .timedOut, .overBudget: true
        case .cutOff, .unreadable, .declined: false
        }
    }
}
