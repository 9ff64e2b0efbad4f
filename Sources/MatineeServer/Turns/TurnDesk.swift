import Foundation
import HTTPTypes
import Matinee

/// A message to be answered.
struct Wish: Sendable {
    var message: String
    var conversation: String
    var liked: [Movie] = []
    var limit: Int
    /// Who watches beside the user.
    var companions: [String] = []
    /// Parts of the latest message, which is answered again without them.
    var without: Set<String>?
}

/// A turn with what a page needs besides.
struct Answer: Sendable, Encodable {
    var conversation: String
    var turn: Turn
    var understood: [Understood]

    private enum CodingKeys: String, CodingKey { case conversation, understood }

    func encode(to encoder: any Encoder) throws {
        try turn.encode(to: encoder)
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(conversation, forKey: .conversation)
        try row.encode(understood, forKey: .understood)
    }
}

/// Answers messages: a few at once, those of a conversation one after the other.
struct TurnDesk: Sendable {
    let sittings: Sittings
    let line: Line
    let metrics: Metrics
    let longestTurn: Duration

    /// Answers a message of a user in a conversation.
    func answer(
        _ wish: Wish,
        of user: String,
        by engine: Engine,
        onEvent: @escaping @Sendable (TurnEvent) async -> Void = { _ in }
    ) async throws -> Answer {
        guard wish.without == nil || sittings.found(wish.conversation, of: user) != nil else {
            throw Self.nothing
        }
        let sitting = sittings.joined(wish.conversation, of: user)
        return try await sitting.line.run {
            try await working {
                try await Talk(engine: engine, user: user, sitting: sitting).answer(wish, onEvent: onEvent)
            }
        }
    }

    static let nothing = Problem(
        .notFound,
        "no-message",
        "There is no message in this conversation that could be answered again."
    )

    /// Does the work of a turn when there is room for it, measured and within the time that a turn may take.
    func working<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws
        -> Result
    {
        let asked = ContinuousClock.now
        do {
            let result = try await line.run { try await within(longestTurn, work) }
            metrics.turn(seconds: (ContinuousClock.now - asked) / .seconds(1))
            return result
        } catch {
            if error is CancellationError { metrics.count(.cancelled) }
            throw error
        }
    }
}

/// Does some work, which is cancelled after a time.
/// - Throws: ``Problem`` 504 where it took too long.
func within<Result: Sendable>(
    _ time: Duration,
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask(operation: work)
        group.addTask {
            try await Task.sleep(for: time)
            throw Problem(.gatewayTimeout, "too-slow", "The answer took too long. Try again.")
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}

/// A user's next message in a conversation.
private struct Talk {
    let engine: Engine
    let user: String
    let sitting: Sitting

    func answer(_ wish: Wish, onEvent: @Sendable (TurnEvent) async -> Void) async throws -> Answer {
        var wish = wish, withheld: Set<String> = []
        var conversation = sitting.now.conversation
        if let without = wish.without {
            let last = try replaced()
            (wish.message, withheld) = (last.message, last.withheld.union(without))
            try takeBack(last)
            conversation.add(Request(act: .undo))
        }
        try correct(wish.message, in: conversation)
        conversation.withheld = withheld
        let everybody = [user] + wish.companions, before = try versions(everybody)
        let turn = try await engine.recommender.turn(
            wish.message,
            user: user,
            with: wish.companions,
            liked: wish.liked,
            limit: wish.limit,
            conversation: conversation,
            onEvent: onEvent
        )
        if wish.without != nil { sitting.takeBack(keeping: false) }
        if turn.request.act == .undo { sitting.takeBack(keeping: true) }
        let after = try versions(everybody).filter { name, version in version == (before[name] ?? 0) + 1 }
        return finish(turn, wish, withheld, turn.turn == nil ? [:] : after)
    }

    /// The latest answer, which another is to replace.
    private func replaced() throws -> Exchange {
        guard let last = sitting.now.exchanges.last, last.hasFilms, !last.isUndone else {
            throw TurnDesk.nothing
        }
        return last
    }

    /// What a message corrects was misread, and is not to be remembered.
    private func correct(_ message: String, in conversation: Conversation) throws {
        let heard = engine.recommender.interpreter.interpret(message, in: conversation)
        guard !heard.corrected.isEmpty, let last = sitting.now.exchanges.last(where: \.hasFilms),
            !last.isUndone
        else { return }
        try takeBack(last)
    }

    private func finish(
        _ turn: Turn,
        _ wish: Wish,
        _ withheld: Set<String>,
        _ versions: [String: Int64]
    ) -> Answer {
        var conversation = sitting.now.conversation
        if turn.request.act != .undo { conversation.add(turn) }
        let understood = turn.request.act.isAnswered ? [] : turn.request.understood
        let exchange = Exchange(
            message: wish.message,
            turn: turn.brief,
            understood: understood,
            withheld: withheld,
            versions: versions
        )
        sitting.add(exchange, conversation)
        return Answer(conversation: wish.conversation, turn: turn, understood: understood)
    }

    private func versions(_ users: [String]) throws -> [String: Int64] {
        try Dictionary(users.map { ($0, try engine.store.version(of: $0)) }, uniquingKeysWith: { $1 })
    }

    /// Takes the turn of an exchange out of everybody's memory in which nothing was remembered since.
    private func takeBack(_ exchange: Exchange) throws {
        for (name, version) in exchange.versions where try engine.store.version(of: name) == version {
            _ = try engine.store.undo(name)
        }
    }
}

extension Turn {
    /// The turn with the candidates that were picked alone, as conversations keep it.
    var brief: Turn {
        var copy = self
        let picked = Set(picks.map(\.id))
        copy.candidates.removeAll { !picked.contains($0.id) }
        copy.request.utterance = nil
        return copy
    }
}
