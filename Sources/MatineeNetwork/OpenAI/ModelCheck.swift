public import Matinee

/// What a model at a server can do, found out by one short request each.
public struct ModelCheck: Sendable, Codable {
    /// How one request went.
    public struct Trial: Sendable, Codable {
        public var works: Bool
        public var milliseconds: Double
        /// What came, or what went wrong, in a few words.
        public var note: String
    }

    public var model: String
    public var server: String
    /// How many models the server lists; absent where it lists none.
    public var models: Int?
    /// When the model will be gone, where the server says so.
    public var shutdownDate: String?
    public var plain: Trial
    public var stream: Trial
    /// Milliseconds to the first piece of the stream.
    public var firstPiece: Double?
    /// Tokens a second after the first piece.
    public var tokensPerSecond: Double?
    public var schema: Trial
    /// How a reply's shape is asked for: `json_schema`, `json_object with a schema`, `json_object`, or `words`.
    public var structure: String
    public var logProbabilities: Trial
    public var usage: TokenUsage
    /// In US dollars, where the price is known.
    public var cost: Double?

    private enum CodingKeys: String, CodingKey {
        case model, server, models, plain, stream, schema, structure, usage
        case shutdownDate = "shutdown_date"
        case firstPiece = "first_piece_ms"
        case tokensPerSecond = "tokens_per_second"
        case logProbabilities = "log_probabilities"
        case cost = "cost_usd"
    }
}

extension OpenAIModel {
    /// Tries the model; what its server was thought not to know is tried anew.
    /// - Throws: `CancellationError`. What goes wrong is in the result.
    public func check() async throws -> ModelCheck {
        memory.forget(name, at: transport.server)
        var checker = ModelChecker(model: self)
        return try await checker.check()
    }
}

/// A check while it goes on.
private struct ModelChecker {
    let model: OpenAIModel
    private var usage = TokenUsage()
    private let clock = ContinuousClock()

    init(model: OpenAIModel) { self.model = model }

    private static let question = Chat.Message(
        .user,
        "In one sentence of about twenty words: why do people watch films?"
    )
    private static let schema = Chat.Schema(
        name: "colour",
        json:
            #"{"type":"object","properties":{"colour":{"type":"string","enum":["red","green"]}},"required":["colour"],"additionalProperties":false}"#
    )

    mutating func check() async throws -> ModelCheck {
        let listed = try? await model.transport.models()
        let plain = try await trial { try await $0.plain() }
        var speed: Speed?
        let stream = try await trial { checker in
            speed = try await checker.streamed()
            return "\(speed?.pieces ?? 0) pieces"
        }
        let schema = try await trial { try await $0.structured() }
        let logProbabilities = try await trial { try await $0.rated() }
        let abilities = model.memory.abilities(of: model.name, at: model.transport.server)
        return ModelCheck(
            model: model.name,
            server: model.transport.server.base,
            models: listed?.count,
            shutdownDate: listed?.first { $0.id == model.name }?.shutdownDate,
            plain: plain,
            stream: stream,
            firstPiece: speed?.first,
            tokensPerSecond: speed?.tokensPerSecond,
            schema: schema,
            structure: abilities.structure.name,
            logProbabilities: logProbabilities,
            usage: usage,
            cost: model.cost(of: usage)
        )
    }

    private mutating func trial(_ body: (inout ModelChecker) async throws -> String) async throws
        -> ModelCheck.Trial
    {
        let start = clock.now
        func took() -> Double { milliseconds(clock.now - start) }
        do {
            let note = try await body(&self)
            return ModelCheck.Trial(works: true, milliseconds: took(), note: note)
        } catch let error as CancellationError { throw error } catch {
            return ModelCheck.Trial(works: false, milliseconds: took(), note: "\(error)")
        }
    }

    private func milliseconds(_ duration: Duration) -> Double {
        (duration / .microseconds(100)).rounded() / 10
    }

    private mutating func plain() async throws -> String {
        let reply = try await model.complete(Chat([Self.question], maximumTokens: 40))
        usage = usage + reply.usage
        return excerpt(reply.text)
    }

    private func excerpt(_ text: String) -> String {
        let line = printable(text)
        return line.count > 60 ? line.prefix(60) + "…" : line
    }

    private struct Speed {
        var pieces = 0
        var first: Double?
        var tokensPerSecond: Double?
    }

    private mutating func streamed() async throws -> Speed {
        var speed = Speed(), bytes = 0, counted: TokenUsage?
        let start = clock.now
        var begun = start
        for try await piece in model.stream(Chat([Self.question], maximumTokens: 40)) {
            switch piece {
            case .usage(let usage): counted = usage
            case .text(let text):
                if speed.pieces == 0 { begun = clock.now }
                (speed.pieces, bytes) = (speed.pieces + 1, bytes + text.utf8.count)
            }
        }
        try Task.checkCancellation()
        usage = usage + (counted ?? TokenUsage(completion: bytes / 3))
        speed.first = milliseconds(begun - start)
        let written = Double((counted?.completion ?? bytes / 3) - 1), time = (clock.now - begun) / .seconds(1)
        if speed.pieces > 1, written > 0, time > 0 {
            speed.tokensPerSecond = (written / time * 10).rounded() / 10
        }
        return speed
    }

    private mutating func structured() async throws -> String {
        let chat = Chat(
            [Chat.Message(.user, "Which colour has grass? Answer in JSON.")],
            schema: Self.schema,
            maximumTokens: 30
        )
        let reply = try await model.complete(chat)
        usage = usage + reply.usage
        guard reply.text.wholeMatch(of: /\s*\{\s*"colour"\s*:\s*"(red|green)"\s*\}\s*/) != nil else {
            throw LanguageModelError.unreadable("it is not of the schema: \(excerpt(reply.text))")
        }
        return excerpt(reply.text)
    }

    private mutating func rated() async throws -> String {
        let chat = Chat(
            [Chat.Message(.user, "How good is bread, from 1 to 5? Answer with the number alone.")],
            maximumTokens: 1,
            alternatives: 5
        )
        let reply = try await model.complete(chat)
        usage = usage + reply.usage
        guard let first = reply.alternatives.first, first.count > 1 else {
            throw LanguageModelError.unreadable("it has no log-probabilities")
        }
        return "\(first.count) alternatives"
    }
}

extension ModelAbilities.Structure {
    fileprivate var name: String {
        switch self {
        case .schema: "json_schema"
        case .jsonWithSchema: "json_object with a schema"
        case .json: "json_object"
        case .words: "words"
        }
    }
}
