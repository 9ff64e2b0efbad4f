/// What `matinee eval judge` found. Intervals are of 95 %, by bootstrap over conversations.
package struct JudgeReport: Sendable, Codable {
    package struct Criterion: Sendable, Codable {
        package var name: String
        /// How many conversations have a score.
        package var conversations: Int
        /// Of the conversations' scores, each the mean of its repetitions, 1 to 5.
        package var mean: Double
        package var mean_ci95: [Double]
        /// How often 1, 2, 3, 4 and 5 were given.
        package var counts: [Int]
        /// Krippendorff's ordinal alpha between the repetitions; absent without any.
        package var alpha: Double?
        /// The other system's mean where it was judged too, and how much better the first is, in pairs.
        package var other_mean: Double?
        package var difference: Double?
        package var difference_ci95: [Double]?
    }

    /// How conversations that were made worse fared on the criterion on which they must be.
    package struct Control: Sendable, Codable {
        package var name: String
        package var criterion: String
        package var conversations: Int
        package var mean: Double
        package var worse_mean: Double
        /// How much lower the worse ones were scored, in pairs.
        package var difference: Double
        package var difference_ci95: [Double]
        /// Whether the interval lies above 0.
        package var holds: Bool
    }

    /// Which of two was better, asked in both orders; where the answers differ, it counts as a tie.
    package struct Comparison: Sendable, Codable {
        package var with: String
        package var pairs: Int
        package var wins: Int
        package var losses: Int
        package var ties: Int
        /// Pairs in which the answer changed with the order.
        package var disagreements: Int
        /// Wins and half of the ties.
        package var win_rate: Double
        package var win_rate_ci95: [Double]
        /// Of the answers that name one, how many name what stands first.
        package var first_share: Double
        package var first_share_ci95: [Double]
    }

    /// How often what stands first is preferred, by how much higher it was scored.
    package struct Preference: Sendable, Codable {
        /// Mean score of the first less that of the second, rounded.
        package var gap: Int
        package var answers: Int
        package var first_share: Double
        package var first_share_ci95: [Double]
    }

    package var model: String
    package var seed: UInt64
    package var conversations: Int
    package var repeats: Int
    /// How many conversations were too long to be shown whole.
    package var shortened: Int
    package var questions: Int
    /// How many of the replies came from an earlier run.
    package var known: Int
    /// Replies that were no judgement, and questions without a reply, by reason; no score is made of these.
    package var broken: Int
    package var failures: [String: Int]
    package var tokens: Int
    /// US dollars, earlier runs included; absent where the price is not known.
    package var cost_usd: Double?
    /// Why not all questions were put; absent where they were.
    package var stopped: String?
    package var criteria: [Criterion]
    package var controls: [Control]
    package var comparisons: [Comparison]
    package var preferences: [Preference]
    /// Why this judge cannot be trusted; empty where nothing speaks against it.
    package var doubts: [String]

    package var isTrustworthy: Bool { doubts.isEmpty }
}
