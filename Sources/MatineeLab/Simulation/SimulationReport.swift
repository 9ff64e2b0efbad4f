/// What `matinee eval simulate` found. Intervals are of 95 %, by bootstrap over people.
package struct SimulationReport: Sendable, Codable {
    package struct Variant: Sendable, Codable {
        package var name: String
        /// For each number of messages from 1, the share of people who were shown a film that they look for by then.
        package var success: [Double]
        package var success_ci95: [[Double]]
        /// How many people were shown one at all.
        package var found: Int
        /// Of these, after how many messages; absent where there are none.
        package var turns_to_hit: Double?
        package var turns_to_hit_ci95: [Double]?
        /// The share of the films shown that had been shown or named before.
        package var repeated: Double
        package var ms_p50: Double
        package var ms_p95: Double
    }

    /// How many more people find something than with the first variant, as a share, in pairs.
    package struct Difference: Sendable, Codable {
        package var variant: String
        package var to: String
        package var success: Double
        package var success_ci95: [Double]
    }

    /// Where the ratings come from.
    package var source: String
    package var seed: UInt64
    package var users: Int
    package var turns: Int
    /// How many films there are, and how many a person looks for, on average.
    package var movies: Int
    package var targets: Double
    package var variants: [Variant]
    package var differences: [Difference]
    package var skipped: [SuiteReport.Skipped] = []

    private enum CodingKeys: String, CodingKey {
        case source, seed, users, turns, movies, targets, variants, differences, skipped
    }
}
