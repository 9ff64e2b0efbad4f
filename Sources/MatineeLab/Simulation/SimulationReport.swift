import Foundation

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

    /// The figures as tables.
    package var text: String {
        let title = """
            \(users) simulated people (\(source)), up to \(turns) messages each, seed \(seed); each looks for \
            \(String(format: "%.1f", targets)) of \(movies) films and names none of them.
            """
        let head = row(
            "variant",
            (1...turns).map { "success@\($0)" } + ["95 %", "turns to hit", "again", "ms p50"]
        )
        let lines = variants.map { variant in
            row(
                variant.name,
                variant.success.map(number) + [
                    interval(variant.success_ci95.last ?? []), hit(variant), number(variant.repeated),
                    String(format: "%.1f", variant.ms_p50),
                ]
            )
        }
        let pairs = differences.map {
            "\($0.variant) against \($0.to), in pairs: \(String(format: "%+.3f", $0.success)) (\(interval($0.success_ci95)))"
        }
        let sections = [[title], [head] + lines, pairs, skipped.map { "\($0.name): \($0.reason)" }]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private func hit(_ variant: Variant) -> String {
        guard let mean = variant.turns_to_hit, let ends = variant.turns_to_hit_ci95 else { return "-" }
        return String(format: "%.2f (%.2f-%.2f)", mean, ends[0], ends[1])
    }

    private func number(_ value: Double) -> String { String(format: "%.3f", value) }

    private func interval(_ ends: [Double]) -> String { ends.map(number).joined(separator: "-") }

    private func row(_ name: String, _ cells: [String]) -> String {
        let cells = cells.map { $0.padding(toLength: max(13, $0.count + 2), withPad: " ", startingAt: 0) }
        return name.padding(toLength: 14, withPad: " ", startingAt: 0) + cells.joined()
    }
}
