import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A language model's server on this machine: speaks OpenAI's API as it is documented, notes every request that does not, and
/// misbehaves on demand.
public final class ModelServer: Sendable {
    /// What goes wrong with an answer.
    public enum Fault: Sendable, Hashable, CustomStringConvertible {
        /// 401; the message repeats the key, as some servers do.
        case unauthorized
        /// 429, with a `Retry-After` of so many seconds where given.
        case busy(retryAfter: Int?)
        /// Another status.
        case failing(Int)
        /// The answer begins after so many milliseconds.
        case slow(milliseconds: Int64)
        /// Takes the request and never answers.
        case hanging
        /// Sends half of the answer, then nothing more.
        case stalled
        /// Sends half of the answer and closes the connection.
        case cutOff
        /// Closes the connection without an answer.
        case closing
        /// The body is no JSON.
        case invalidJSON
        /// The reply is JSON, but of another shape than was asked for.
        case wrongSchema
        /// The reply holds no text.
        case empty
        /// The model declines.
        case refusal
        /// 8 MB of text.
        case huge
        /// The reply repeats the key.
        case echo
        /// Sends the client to another address, by 307.
        case redirect(String)

        public var description: String {
            switch self {
            case .unauthorized: "401"
            case .busy(let seconds): "429\(seconds.map { " for \($0) s" } ?? "")"
            case .failing(let status): "\(status)"
            case .slow(let milliseconds): "slow by \(milliseconds) ms"
            case .hanging: "hanging"
            case .stalled: "stalled"
            case .cutOff: "cut off"
            case .closing: "closed"
            case .invalidJSON: "invalid JSON"
            case .wrongSchema: "wrong schema"
            case .empty: "empty"
            case .refusal: "refusal"
            case .huge: "huge"
            case .echo: "the key repeated"
            case .redirect(let place): "redirect to \(place)"
            }
        }
    }

    /// What the server knows; what it does not, it refuses with 400, as it is done.
    public struct Abilities: Sendable {
        public var schemas = true
        public var json = true
        /// Whether it knows schemas in `json_object` alone and answers 500 to others, as llama-cpp-python's server does.
        public var isLlamaCpp = false
        public var logProbabilities = true
        public var streams = true
        public var streamOptions = true
        /// Whether it is a reasoning model, which takes no temperature, log-probabilities or `max_tokens`.
        public var isReasoning = false
        /// Whether the limit may be called `max_completion_tokens`.
        public var completionLimit = true

        public init() {}
    }

    /// How a stream comes.
    public struct Pacing: Sendable {
        /// Milliseconds before each token.
        public var delay: Int64 = 0
        /// How many bytes are sent at once; `nil` for an event at once.
        public var fragment: Int?
        /// What ends lines: `\n`, `\r\n` or `\r`.
        public var lineEnd = "\n"
        /// Whether comments stand between the events.
        public var comments = false

        public init() {}
    }

    /// Everything that can be changed while the server runs.
    public struct Behaviour: Sendable {
        /// Of each chat in turn; the last one stays. `nil` is none.
        public var faults: [Fault?] = []
        public var abilities = Abilities()
        public var pacing = Pacing()
        public var models = ["tiny-chat"]
        /// The key that is asked for; `nil` for none.
        public var key: String?
        /// Further headers of each answer.
        public var headers: [String: String] = [:]
        /// The text of a reply; `nil` for one that fits what was asked.
        public var reply: @Sendable (ModelRequest) -> String? = { _ in nil }
        /// The log-probabilities of the first token; the others have none beside their own.
        public var alternatives = ["4": -0.4, "5": -1.6, "3": -2.4, "2": -3.9, "1": -4.6]

        public init() {}
    }

    final class Shared: Sendable {
        struct State {
            var behaviour: Behaviour
            var requests: [ModelRequest] = []
            var abandoned = 0
        }
        let state: Mutex<State>
        init(_ behaviour: Behaviour) { state = Mutex(State(behaviour: behaviour)) }
    }

    private let channel: any Channel
    private let shared: Shared

    /// What a client names as the base of all addresses.
    public var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/v1" }
    /// Everything that was asked, in order.
    public var requests: [ModelRequest] { shared.state.withLock { $0.requests } }
    /// The chats among it.
    public var chats: [ModelRequest] { requests.filter { $0.path == "/v1/chat/completions" } }
    /// Everything in the requests that the API does not document.
    public var violations: [String] { requests.flatMap(\.violations) }
    /// How many connections were closed by the client before the answer was whole.
    public var abandoned: Int { shared.state.withLock { $0.abandoned } }

    public init(_ behaviour: Behaviour = Behaviour()) async throws {
        let shared = Shared(behaviour)
        self.shared = shared
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // With pipelining, a connection is not read while an answer is under way, and its end not seen.
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withPipeliningAssistance: false
                    )
                    try channel.pipeline.syncOperations.addHandler(ModelServerHandler(shared))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// A server whose chats have faults, one after the other; the last one stays.
    public convenience init(faults: Fault?...) async throws {
        var behaviour = Behaviour()
        behaviour.faults = faults
        try await self.init(behaviour)
    }

    public func change(_ body: (inout Behaviour) -> Void) {
        shared.state.withLock { body(&$0.behaviour) }
    }

    public func stop() async throws { try await channel.close() }
}
