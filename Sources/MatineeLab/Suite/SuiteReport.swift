/// What `matinee eval run` found. Intervals are of 95 %, by bootstrap over conversations.
package struct SuiteReport: Sendable, Codable {
    package struct Variant: Sendable, Codable {
        package var name: String
        /// How many properties hold.
        package var passed: Int
        package var pass_rate: Double
        package var pass_rate_ci95: [Double]
        /// How many conversations hold all of theirs.
        package var conversations_passed: Int
        package var kinds: [Kind]
        /// One minus the mean cosine between the films of a list.
        package var diversity: Double
        package var diversity_ci95: [Double]
        /// One minus the mean popularity of the films shown.
        package var novelty: Double
        package var novelty_ci95: [Double]
        /// The share of the catalogue that was shown.
        package var coverage: Double
        package var ms_p50: Double
        package var ms_p95: Double
        /// How often something could not be done as asked, by kind.
        package var fallbacks: [String: Int]
        package var model_calls: Int?
        package var model_tokens: Int?
        package var cost_usd: Double?
        package var failures: [Failure]
        /// Answers that are wrong whatever was asked: films twice, unknown, or without a reason.
        package var unsound: [Failure]
    }

    /// The conversations that try the same.
    package struct Kind: Sendable, Codable {
        package var name: String
        package var conversations: Int
        package var properties: Int
        package var passed: Int
    }

    package struct Failure: Sendable, Codable {
        package var conversation: String
        /// From 1.
        package var message: Int
        package var said: String
        package var property: String
        /// What was found in place of it.
        package var found: String
    }

    /// How much more of the properties hold with a variant than with the first, in pairs.
    package struct Difference: Sendable, Codable {
        package var variant: String
        package var to: String
        package var pass_rate: Double
        package var pass_rate_ci95: [Double]
    }

    /// A variant that was asked for and could not be tried.
    package struct Skipped: Sendable, Codable {
        package var name: String
        package var reason: String

        package init(name: String, reason: String) { (self.name, self.reason) = (name, reason) }
    }

    package var suite: String
    package var seed: UInt64
    package var conversations: Int
    package var messages: Int
    package var properties: Int
    package var variants: [Variant]
    package var differences: [Difference]
    package var skipped: [Skipped] = []

    private enum CodingKeys: String, CodingKey {
        case suite, seed, conversations, messages, properties, variants, differences, skipped
    }
}
