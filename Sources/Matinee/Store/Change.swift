/// What one turn or one word of feedback changes in the memory of a user; stored as a whole or not at all.
public struct Change: Sendable {
    public var user: String
    /// The version of the memory that the change was made from.
    public var version: Int64
    public var embedder: String
    /// The taste of the message alone, e, and the taste after it, u; unit vectors or `nil`.
    public var present: [Float]?
    public var taste: [Float]?
    public var alpha: Float
    public var feedback: [NamedMovie]
    /// The turn, or `nil` for feedback alone.
    public var turn: Turn?
    /// Where a history came from: `letterboxd`, `imdb`, ...; `nil` for anything else.
    public var source: String?
    /// The films of a history, each with all that is known of it.
    public var history: [HistoryFilm]

    public init(
        user: String,
        version: Int64,
        embedder: String,
        present: [Float]?,
        taste: [Float]?,
        alpha: Float,
        feedback: [NamedMovie] = [],
        turn: Turn? = nil,
        source: String? = nil,
        history: [HistoryFilm] = []
    ) {
        self.user = user
        self.version = version
        self.embedder = embedder
        self.present = present
        self.taste = taste
        self.alpha = alpha
        self.feedback = feedback
        self.turn = turn
        self.source = source
        self.history = history
    }
}
