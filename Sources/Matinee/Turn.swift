/// One turn of the conversation, as `matinee recommend --json` prints it.
public struct Turn: Sendable, Equatable, Codable {
    /// The user's name, or `nil` where the turn is not remembered.
    public var user: String?
    /// The number of the turn, from 1 for each user.
    public var turn: Int?
    public var request: Request
    /// Best first, as the retriever found them.
    public var candidates: [Candidate]
    public var picks: [Pick]
    public var reply: String
    public var models: ModelNames
    public var fallbacks: [Fallback]
    public var timings: Timings
    /// What a language model did; `nil` without one.
    public var languageModel: LanguageModelUse?

    enum CodingKeys: String, CodingKey {
        case user, turn, request, candidates, picks, reply, models, fallbacks
        case timings = "timings_ms"
        case languageModel = "language_model"
    }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(user, forKey: .user)
        try row.encode(turn, forKey: .turn)
        try row.encode(request, forKey: .request)
        try row.encode(candidates, forKey: .candidates)
        try row.encode(picks, forKey: .picks)
        try row.encode(reply, forKey: .reply)
        try row.encode(models, forKey: .models)
        try row.encode(fallbacks, forKey: .fallbacks)
        try row.encode(timings, forKey: .timings)
        try row.encodeIfPresent(languageModel, forKey: .languageModel)
    }
}

/// A movie that was recommended.
public struct Pick: Sendable, Equatable, Codable {
    /// From 1, best first.
    public var rank: Int
    public var id: String
    public var title: String
    public var year: Int?
    public var genres: [String]
    /// Minutes.
    public var runtime: Int?
    public var directors: [String]
    /// The score that ordered the picks, 0...1.
    public var score: Double
    /// What the movie is and why it fits, in facts of catalogue and request. A reason in a language model's words may
    /// hold the user's own.
    public var reason: String
    /// The facts behind the reason.
    public var evidence: [Evidence]
}

/// Which models and methods made a turn.
public struct ModelNames: Sendable, Equatable, Codable {
    public var embedder: String
    public var index: String
    public var reranker: String
    public var explainer: String
    /// The language model that was asked; `nil` without one.
    public var languageModel: String?

    private enum CodingKeys: String, CodingKey {
        case embedder, index, reranker, explainer
        case languageModel = "language_model"
    }
}

/// A turn in the log, with the vectors that made it.
public struct LoggedTurn: Sendable, Equatable, Codable {
    public var record: Turn
    /// The taste of the message alone, a unit vector, or `nil` where it said nothing.
    public var present: [Float]?
    /// The taste after the turn.
    public var taste: [Float]?
    public var alpha: Float
    /// ISO 8601, UTC.
    public var created: String
    /// Whether the user took the turn back.
    public var undone: Bool

    enum CodingKeys: String, CodingKey {
        case alpha, created, undone
        case present = "e_t"
        case taste = "u_t"
    }

    public init(record: Turn, present: [Float]?, taste: [Float]?, alpha: Float, created: String, undone: Bool)
    {
        self.record = record
        self.present = present
        self.taste = taste
        self.alpha = alpha
        self.created = created
        self.undone = undone
    }

    public init(from decoder: any Decoder) throws {
        record = try Turn(from: decoder)
        let row = try decoder.container(keyedBy: CodingKeys.self)
        present = try row.decodeIfPresent([Float].self, forKey: .present)
        taste = try row.decodeIfPresent([Float].self, forKey: .taste)
        alpha = try row.decode(Float.self, forKey: .alpha)
        created = try row.decode(String.self, forKey: .created)
        undone = try row.decode(Bool.self, forKey: .undone)
    }

    public func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(present, forKey: .present)
        try row.encode(taste, forKey: .taste)
        try row.encode(alpha, forKey: .alpha)
        try row.encode(created, forKey: .created)
        try row.encode(undone, forKey: .undone)
    }
}
