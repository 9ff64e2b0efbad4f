public import Matinee
import Synchronization

/// A language model that does what a test says: it ranks, rates, reads and explains by functions, or fails.
///
/// Without further words it ranks films as they are shown, rates each 3, reads nothing, and explains with each film's
/// director, genres and keywords.
public final class ScriptedModel: LanguageModel {
    /// How a model fails.
    public enum Trouble: Sendable {
        case error(LanguageModelError)
        /// An error that is no ``LanguageModelError``.
        case strange
        /// It never answers, and heeds no cancellation.
        case silence
        /// It says that, whatever it is asked.
        case text(String)
        /// It says the first so many characters of its answer, and then throws.
        case broken(after: Int, LanguageModelError)
    }

    public let name = "scripted"
    /// The numbers of films, best first, from their lines as they are shown.
    public let rank: @Sendable ([String]) -> [Int]
    /// The text on the films that are to be explained.
    public let explain: @Sendable ([ScriptedFilm]) -> String
    /// The reply to the question for a rating of the film of a line.
    public let rate: @Sendable (String) -> ChatReply
    /// The JSON that a message is read as.
    public let read: @Sendable (String) -> String
    /// What fails, for each kind of question; what is not there works.
    public let troubles: [Question: Trouble]
    /// How long each answer takes to begin, and each piece of a stream to follow.
    public let delay: Duration

    public enum Question: String, Sendable, CaseIterable { case reading, ranking, rating, explaining }

    private let asked = Mutex<[Chat]>([])

    public init(
        rank: @escaping @Sendable ([String]) -> [Int] = { Array(1...max(1, $0.count)) },
        explain: @escaping @Sendable ([ScriptedFilm]) -> String = ScriptedFilm.plainText,
        rate: @escaping @Sendable (String) -> ChatReply = { _ in ChatReply("3") },
        read: @escaping @Sendable (String) -> String = { _ in "{}" },
        troubles: [Question: Trouble] = [:],
        delay: Duration = .zero
    ) {
        (self.rank, self.explain, self.rate, self.read) = (rank, explain, rate, read)
        (self.troubles, self.delay) = (troubles, delay)
    }

    /// Fails whatever it is asked.
    public convenience init(failing trouble: Trouble) {
        self.init(troubles: Dictionary(uniqueKeysWithValues: Question.allCases.map { ($0, trouble) }))
    }

    /// Everything it was asked, in order.
    public var chats: [Chat] { asked.withLock { $0 } }

    /// How often it was asked such a question.
    public func count(of question: Question) -> Int { chats.count { Self.question($0) == question } }

    public func complete(_ chat: Chat) async throws -> ChatReply {
        asked.withLock { $0.append(chat) }
        if delay > .zero { try await Task.sleep(for: delay) }
        let question = Self.question(chat)
        switch troubles[question] {
        case .error(let error): throw error
        case .strange: throw CancellationError()
        case .silence:
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            throw LanguageModelError.timedOut
        case .text(let text): return ChatReply(text)
        case .broken(_, let error): throw error
        case nil: return answer(chat, question)
        }
    }

    public func stream(_ chat: Chat) -> AsyncThrowingStream<ChatPiece, any Error> {
        AsyncThrowingStream { continuation in
            let work = Task {
                do {
                    try await send(chat) { continuation.yield($0) }
                    continuation.finish()
                } catch { continuation.finish(throwing: error) }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }

    private func send(_ chat: Chat, _ send: @Sendable (ChatPiece) -> Void) async throws {
        guard case .broken(let count, let error)? = troubles[Self.question(chat)] else {
            let reply = try await complete(chat)
            try await pieces(reply.text, send)
            return send(.usage(reply.usage))
        }
        asked.withLock { $0.append(chat) }
        try await pieces(String(answer(chat, Self.question(chat)).text.prefix(count)), send)
        throw error
    }

    /// Sends a text in pieces of a few characters, as tokens come.
    private func pieces(_ text: String, _ send: @Sendable (ChatPiece) -> Void) async throws {
        var rest = text[...]
        while !rest.isEmpty {
            send(.text(String(rest.prefix(5))))
            rest = rest.dropFirst(5)
            if delay > .zero { try await Task.sleep(for: delay) }
        }
    }

    private func answer(_ chat: Chat, _ question: Question) -> ChatReply {
        let data = ScriptedData(chat)
        let text =
            switch question {
            case .ranking: "{\"order\":\(rank(data.lines))}"
            case .reading: read(data.message)
            case .explaining: explain(data.films)
            case .rating: ""
            }
        var reply = question == .rating ? rate(data.line) : ChatReply(text)
        reply.usage = TokenUsage(prompt: 100, completion: 10)
        return reply
    }

    public static func question(_ chat: Chat) -> Question {
        switch (chat.schema?.name, chat.alternatives) {
        case ("film_order"?, _): .ranking
        case ("request"?, _): .reading
        case (_, .some): .rating
        default: .explaining
        }
    }
}
