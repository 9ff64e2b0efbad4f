import Foundation

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

extension SuiteReport {
    /// The figures as tables, then what failed.
    package var text: String {
        let title =
            "\(suite): \(conversations) conversations, \(messages) messages, \(properties) properties, seed \(seed)"
        let sections =
            [[title], figures, byKind, paired, skipped.map { "\($0.name): \($0.reason)" }] + failed
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var figures: [String] {
        let head = row(
            "variant",
            ["pass rate", "95 %", "whole", "diversity", "novelty", "coverage", "ms p50", "p95"]
        )
        return [head]
            + variants.map {
                row(
                    $0.name,
                    [
                        number($0.pass_rate), interval($0.pass_rate_ci95),
                        "\($0.conversations_passed)/\(conversations)", number($0.diversity),
                        number($0.novelty),
                        number($0.coverage), String(format: "%.1f", $0.ms_p50),
                        String(format: "%.1f", $0.ms_p95),
                    ]
                )
            }
    }

    private var byKind: [String] {
        guard let first = variants.first else { return [] }
        return [row("kind", variants.map(\.name))]
            + first.kinds.indices.map { place in
                row(
                    first.kinds[place].name,
                    variants.map { "\($0.kinds[place].passed)/\($0.kinds[place].properties)" }
                )
            }
    }

    private var paired: [String] {
        differences.map {
            "\($0.variant) against \($0.to), in pairs: \(String(format: "%+.3f", $0.pass_rate)) (\(interval($0.pass_rate_ci95)))"
        }
    }

    private var failed: [[String]] {
        variants.filter { !$0.failures.isEmpty || !$0.unsound.isEmpty }.map { variant in
            ["\(variant.name) fails:"]
                + (variant.unsound + variant.failures).map {
                    "  \($0.conversation), message \($0.message) “\($0.said.prefix(80))”: \($0.property): \($0.found)"
                }
        }
    }

    private func number(_ value: Double) -> String { String(format: "%.3f", value) }

    private func interval(_ ends: [Double]) -> String { ends.map(number).joined(separator: "-") }

    private func row(_ name: String, _ cells: [String]) -> String {
        let cells = cells.map { $0.padding(toLength: max(13, $0.count + 1), withPad: " ", startingAt: 0) }
        return name.padding(toLength: 18, withPad: " ", startingAt: 0) + cells.joined()
    }
}
