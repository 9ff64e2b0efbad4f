/// Completes chats: OpenAI's models, or those of any server that speaks its API.
public protocol LanguageModel: Sendable {
    /// The model's name at its server, for example `gpt-4o-mini-2024-07-18`.
    var name: String { get }

    /// Completes a chat.
    /// - Throws: ``LanguageModelError``, or `CancellationError` where the task was cancelled; then the connection is closed.
    func complete(_ chat: Chat) async throws -> ChatReply

    /// Completes a chat piece by piece: text as it comes, last what it used. Ending the iteration closes the connection.
    ///
    /// The stream throws as ``complete(_:)`` does; one that ends early throws ``LanguageModelError/cutOff``.
    func stream(_ chat: Chat) -> AsyncThrowingStream<ChatPiece, any Error>

    /// The same model for the calls of one turn, which share a budget; by default the model itself.
    func forOneTurn() -> any LanguageModel

    /// What tokens cost in US dollars; by default, and where no price is known, `nil`.
    func cost(of usage: TokenUsage) -> Double?
}

extension LanguageModel {
    public func forOneTurn() -> any LanguageModel { self }
    public func cost(of usage: TokenUsage) -> Double? { nil }
}

/// What a language model is asked.
public struct Chat: Sendable, Equatable {
    public struct Message: Sendable, Equatable {
        public enum Role: String, Sendable, Codable { case system, user, assistant }

        public var role: Role
        public var text: String

        public init(_ role: Role, _ text: String) {
            self.role = role
            self.text = text
        }
    }

    /// The shape that a reply must have.
    public struct Schema: Sendable, Equatable {
        /// At most 64 letters, digits, `_` and `-`.
        public var name: String
        /// A JSON Schema, as JSON text, in the subset that strict structured output takes.
        public var json: String

        public init(name: String, json: String) {
            self.name = name
            self.json = json
        }
    }

    public var messages: [Message]
    /// `nil` for free text. A server that knows no schemas is asked for JSON alone; who asks checks what comes.
    public var schema: Schema?
    /// At most so many tokens are written.
    public var maximumTokens: Int
    /// 0...2; `nil` is the server's choice. Left out for models that take none.
    public var temperature: Double?
    /// How many alternatives, 0...20, are wanted with each token; `nil` for no log-probabilities.
    public var alternatives: Int?

    public init(
        _ messages: [Message],
        schema: Schema? = nil,
        maximumTokens: Int,
        temperature: Double? = 0,
        alternatives: Int? = nil
    ) {
        self.messages = messages
        self.schema = schema
        self.maximumTokens = maximumTokens
        self.temperature = temperature
        self.alternatives = alternatives
    }
}

/// What a language model answers.
public struct ChatReply: Sendable, Equatable {
    /// A token that was written or could have been, and the natural logarithm of its probability.
    public struct Token: Sendable, Equatable {
        public var text: String
        public var logProbability: Double

        public init(_ text: String, logProbability: Double) {
            self.text = text
            self.logProbability = logProbability
        }
    }

    public var text: String
    /// Of each token that was written, the likeliest alternatives; empty where the server gives none.
    public var alternatives: [[Token]]
    public var usage: TokenUsage

    public init(_ text: String, alternatives: [[Token]] = [], usage: TokenUsage = TokenUsage()) {
        self.text = text
        self.alternatives = alternatives
        self.usage = usage
    }
}

/// A part of a streamed reply.
public enum ChatPiece: Sendable, Equatable {
    case text(String)
    /// Comes last, where the server counts.
    case usage(TokenUsage)
}

/// How many tokens were read and written.
public struct TokenUsage: Sendable, Equatable, Codable {
    public var prompt: Int
    public var completion: Int

    public init(prompt: Int = 0, completion: Int = 0) {
        self.prompt = prompt
        self.completion = completion
    }

    public static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
        TokenUsage(prompt: a.prompt + b.prompt, completion: a.completion + b.completion)
    }
}

/// Why a language model gave no reply. No case holds a key, or what was asked.
public enum LanguageModelError: Error, Sendable, Equatable {
    /// No connection; the sentence says why.
    case unreachable(String)
    /// The key is missing, wrong, or has no right to the model.
    case unauthorized
    /// Too many requests, or the quota is used up.
    case rateLimited
    /// Any other status that is no success, with what the server says, shortened.
    case refused(status: Int, String)
    /// It took longer than allowed.
    case timedOut
    /// The reply ended before it was whole.
    case cutOff
    /// The reply is not what the API documents.
    case unreadable(String)
    /// The model itself declined.
    case declined
    /// The budget of the turn or of the day is spent.
    case overBudget
}

extension LanguageModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let reason): "the language model cannot be reached: \(reason)"
        case .unauthorized: "the language model's server does not accept the key"
        case .rateLimited: "the language model's server takes no more requests for now"
        case .refused(let status, let words): "the language model's server answered \(status): \(words)"
        case .timedOut: "the language model took too long"
        case .cutOff: "the language model's reply broke off"
        case .unreadable(let reason): "the language model's reply could not be read: \(reason)"
        case .declined: "the language model declined to answer"
        case .overBudget: "the budget for the language model is spent"
        }
    }
}
