import Foundation

/// What `matinee eval conversations` found.
package struct ConversationReport: Sendable, Codable {
    package struct Variant: Sendable, Codable {
        package var name: String
        /// By k: the share of films recommended in truth that are among the first k.
        package var recall: [String: Double]
        /// By k: their 95 % intervals, by bootstrap over dialogues.
        package var recall_ci95: [String: [Double]]
        package var ndcg10: Double
        package var mrr: Double
        /// The share of the catalogue that is among the first ten of some turn.
        package var coverage: Double
        /// The mean popularity of the first ten, 0...1; films of unknown popularity count as 0.
        package var mean_popularity: Double
        /// One minus the mean cosine between the first ten.
        package var diversity: Double
        package var ms_per_turn: Double
    }

    package var turns: Int
    package var golds: Int
    package var dialogues: Int
    package var variants: [Variant]

    /// The figures as a table of columns.
    package var table: String {
        let ks = variants.first.map { $0.recall.keys.compactMap { Int($0) }.sorted() } ?? []
        let head = row("variant", ks.map { "R@\($0)" } + ["R@10 95 %", "NDCG@10", "MRR", "ms"])
        let rows = variants.map { variant in
            let interval = variant.recall_ci95["10"] ?? []
            return row(
                variant.name,
                ks.map { number(variant.recall["\($0)"] ?? 0) } + [
                    interval.map(number).joined(separator: "-"), number(variant.ndcg10), number(variant.mrr),
                    String(format: "%.1f", variant.ms_per_turn),
                ]
            )
        }
        let title = "\(turns) turns of \(dialogues) dialogues, \(golds) films to find"
        return ([title, "", head] + rows).joined(separator: "\n")
    }

    private func number(_ value: Double) -> String { String(format: "%.3f", value) }

    private func row(_ name: String, _ cells: [String]) -> String {
        name.padding(toLength: 24, withPad: " ", startingAt: 0)
            + cells.map { $0.padding(toLength: 13, withPad: " ", startingAt: 0) }.joined()
    }
}
