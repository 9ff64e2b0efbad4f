/// What is known of a user before a turn.
public struct Memory: Sendable, Equatable {
    /// The taste by the embedder in use: a unit vector, or `nil` before the first turn.
    public var taste: [Float]?
    /// The name of another embedder that made the user's latest taste, where this one has made none.
    public var otherEmbedder: String?
    /// Movie ids by stance, oldest first; the latest word on a movie counts.
    public var feedback: [Stance: [String]]
    /// The ids of movies shown in the latest ``turnsShown`` turns, oldest first.
    public var shown: [String]
    /// Ratings that the user's histories give, the oldest first.
    public var rated: [RatedMovie]
    /// The ids of movies on the user's watchlist that were not seen.
    public var watchlist: [String]
    /// The latest change of the user's data, 0 before the first; a commit names it, so that two cannot cross.
    public var version: Int64
    /// Whose memory it is; `nil` for nobody.
    package var user: String?
    /// What is known of the others whom the turn is for too.
    package var companions: [Memory] = []

    /// For so many turns a movie that was shown is not shown again while there are others.
    package static let turnsShown = 60

    /// This memory and those of the others.
    package var everybody: [Memory] { [self] + companions }

    public init(
        taste: [Float]? = nil,
        otherEmbedder: String? = nil,
        feedback: [Stance: [String]] = [:],
        shown: [String] = [],
        rated: [RatedMovie] = [],
        watchlist: [String] = [],
        version: Int64 = 0
    ) {
        self.taste = taste
        self.otherEmbedder = otherEmbedder
        self.feedback = feedback
        self.shown = shown
        self.rated = rated
        self.watchlist = watchlist
        self.version = version
    }
}
