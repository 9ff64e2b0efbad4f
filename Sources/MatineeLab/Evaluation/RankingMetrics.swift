import Foundation

/// Where the films that were recommended in truth stand in a system's ranking.
///
/// It knows scores and answers alone, nothing of how the scores were made.
struct RankingMetrics {
    /// The places of the golds, from 1, a list a turn; a film as good as the gold counts as before it.
    private(set) var places: [[Int]] = []
    private var dialogues: [String] = []

    /// - Parameters:
    ///   - scores: of every row, higher is better; not a number where the system does not rank the row at all.
    ///   - removed: rows that are no answer: films named before.
    mutating func add(_ scores: [Float], golds: [Int], removed: Set<Int>, dialogue: String) {
        dialogues.append(dialogue)
        places.append(
            golds.map { gold in
                guard !scores[gold].isNaN else { return .max }
                return scores.indices.count { row in
                    row == gold || !removed.contains(row) && scores[row] >= scores[gold]
                }
            }
        )
    }

    /// The share of golds that stand among the first k.
    func recall(_ k: Int) -> Double { mean { $0 <= k ? 1 : 0 } }

    /// Mean of 1 / log₂(place + 1) within the first ten: the gain of one right film (Järvelin and Kekäläinen 2002).
    var ndcg10: Double { mean { $0 <= 10 ? 1 / log2(Double($0) + 1) : 0 } }

    /// Mean reciprocal rank.
    var mrr: Double { mean { $0 == .max ? 0 : 1 / Double($0) } }

    /// The middle 95 % of the recall over dialogues drawn with replacement.
    func recallInterval(_ k: Int, seed: UInt64) -> [Double] {
        var units: [String: (sum: Double, weight: Double)] = [:]
        for (dialogue, golds) in zip(dialogues, places) {
            let before = units[dialogue] ?? (0, 0)
            units[dialogue] = (
                before.sum + Double(golds.count { $0 <= k }), before.weight + Double(golds.count)
            )
        }
        var bootstrap = Bootstrap()
        bootstrap.seed = seed
        return bootstrap.interval(units.sorted { $0.key < $1.key }.map(\.value))
    }

    private func mean(_ value: (Int) -> Double) -> Double {
        let all = places.joined()
        return all.isEmpty ? 0 : all.reduce(0) { $0 + value($1) } / Double(all.count)
    }
}
