/// A movie that the retriever found, with every score it was given.
public struct Candidate: Sendable, Equatable, Codable {
    /// Scores by name; higher is better, an absent one was not computed.
    public struct Scores: Sendable, Equatable, Codable {
        /// Cosine with the query, in which the present wish and the long-term taste are blended, -1...1.
        public var cosine: Double?
        /// Cosine with the taste of this message alone, e.
        public var present: Double?
        /// Cosine with the long-term taste, u.
        public var taste: Double?
        /// The rating that the user would give, 1...5, and its standard deviation.
        public var rating: Double?
        public var deviation: Double?
        /// The share of the points that a language model's orders gave it, 0...1.
        public var listwise: Double?
        /// What ordered the list, 0...1.
        public var final: Double
    }

    /// Why a movie is in the list although it would not be by the rules alone.
    public enum Note: String, Sendable, Codable {
        /// A field that the request constrains is unknown.
        case unknownField = "unknown_field"
        /// It does not fit all that was asked for; no movie does.
        case nearMiss = "near_miss"
        /// It was shown before; nothing else was left.
        case shownBefore = "shown_before"
    }

    public var id: String
    public var title: String
    public var year: Int?
    public var scores: Scores
    public var note: Note?
}
