/// What a language model did in a turn, as the record keeps it; counts, and none of its words.
public struct LanguageModelUse: Sendable, Equatable, Codable {
    /// How the model's reading of the message compared with that by rules.
    public struct Reading: Sendable, Equatable, Codable {
        /// The fields of the request in which the two differ.
        public var disagreements: [String] = []
        /// How many things the model read that the message does not bear out; they were left out.
        public var unsupported = 0
    }

    /// How the candidates were put in order by number.
    public struct Ranking: Sendable, Equatable, Codable {
        /// How many films were shown.
        public var films = 0
        /// In how many orders they were shown, and how many of the replies could not be used.
        public var permutations = 0
        public var failed = 0
        /// Kendall's tau between the replies, -1...1, the mean over their pairs; absent of fewer than two.
        public var agreement: Double?
        /// Numbers in the replies that stand for no film, that came again, and that were not there.
        public var unknown = 0
        public var repeated = 0
        public var missing = 0
    }

    /// How many ratings the model was asked for, how many were known from before, and how many could not be read.
    public struct Ratings: Sendable, Equatable, Codable {
        public var asked = 0
        public var cached = 0
        public var failed = 0
    }

    /// How the model's sentences fared.
    public struct Explanation: Sendable, Equatable, Codable {
        public var sentences = 0
        /// How many were found true and told.
        public var kept = 0
        /// How many were not, by the first fault that was found.
        public var dropped: [String: Int] = [:]
        /// How many picks have a reason composed of facts instead.
        public var builtIn = 0

        private enum CodingKeys: String, CodingKey {
            case sentences, kept, dropped
            case builtIn = "built_in"
        }
    }

    public var name: String
    public var calls: Int
    /// Tokens, as the server counts them, else as estimated.
    public var usage: TokenUsage
    /// In US dollars, where the prices are known.
    public var cost: Double?
    public var reading: Reading?
    public var ranking: Ranking?
    public var ratings: Ratings?
    public var explanation: Explanation?

    private enum CodingKeys: String, CodingKey {
        case name, calls, usage, reading, ranking, ratings, explanation
        case cost = "cost_usd"
    }
}
