import Foundation
package import Matinee

/// Measures what ways to recommend find of the films that were recommended in real conversations.
package struct ConversationEvaluation: Sendable {
    /// A way to recommend: the score of every row for what was said, higher is better; not a number for rows left out.
    package struct System: Sendable {
        package var name: String
        package var scores: @Sendable (_ turn: Int, Dialogue) async throws -> [Float]

        package init(
            name: String,
            scores: @escaping @Sendable (_ turn: Int, Dialogue) async throws -> [Float]
        ) { (self.name, self.scores) = (name, scores) }
    }

    /// A line of predictions.
    package struct Prediction: Encodable {
        var dialog_id: String
        var turn: Int
        var variant: String
        /// The first hundred, nothing removed.
        var ids: [String]
    }

    private let artifacts: Artifacts
    private let popularity: [Float]
    package var ks = [1, 5, 10, 20, 50]
    package var seed: UInt64 = 1

    package init(_ artifacts: Artifacts) {
        self.artifacts = artifacts
        popularity = priorPopularity(of: artifacts.catalog)
    }

    /// - Parameters:
    ///   - dialogues: of the turns, made of their contexts alone.
    ///   - predictions: called with what each variant recommends in each turn.
    package func report(
        _ turns: [ConversationFile.Turn],
        _ dialogues: [Dialogue],
        systems: [System],
        predictions: (Prediction) throws -> Void = { _ in }
    ) async throws -> ConversationReport {
        var variants: [ConversationReport.Variant] = []
        for system in systems {
            var tally = Tally()
            for (place, turn) in turns.enumerated() {
                let start = ContinuousClock.now
                let scores = try await system.scores(place, dialogues[place])
                tally.milliseconds += (ContinuousClock.now - start) / .milliseconds(1)
                try predictions(prediction(turn, system.name, scores))
                add(turn, scores, to: &tally)
            }
            variants.append(variant(system.name, tally, turns.count))
        }
        return ConversationReport(
            turns: turns.count,
            golds: turns.reduce(0) { $0 + golds($1).count },
            dialogues: Set(turns.map(\.dialogue)).count,
            variants: variants
        )
    }

    private struct Tally {
        var metrics = RankingMetrics()
        var shown: Set<Int> = []
        var popularity = 0.0
        var diversity = 0.0
        var milliseconds = 0.0
    }

    private func golds(_ turn: ConversationFile.Turn) -> [Int] {
        (turn.gold ?? []).compactMap(artifacts.catalog.row)
    }

    private func add(_ turn: ConversationFile.Turn, _ scores: [Float], to tally: inout Tally) {
        let removed = Set((turn.mentioned ?? []).compactMap(artifacts.catalog.row))
        tally.metrics.add(scores, golds: golds(turn), removed: removed, dialogue: turn.dialogue)
        let first = ranked(scores, 10 + removed.count).filter { !removed.contains($0) }.prefix(10)
        tally.shown.formUnion(first)
        let known = first.map { popularity[$0].isNaN ? 0 : Double(popularity[$0]) }
        tally.popularity += known.reduce(0, +) / Double(max(1, known.count))
        tally.diversity += diversity(Array(first))
    }

    /// The first rows, best first, ties by row.
    private func ranked(_ scores: [Float], _ limit: Int) -> [Int] {
        let rows = scores.indices.filter { !scores[$0].isNaN }
        return best(rows.map { scores[$0] }, limit: limit).map { rows[$0] }
    }

    private func prediction(_ turn: ConversationFile.Turn, _ name: String, _ scores: [Float]) -> Prediction {
        let ids = ranked(scores, 100).map { artifacts.catalog[$0].id }
        return Prediction(dialog_id: turn.dialogue, turn: turn.turn, variant: name, ids: ids)
    }

    private func diversity(_ rows: [Int]) -> Double {
        guard rows.count > 1 else { return 0 }
        var sum = 0.0
        for (place, row) in rows.enumerated() {
            for other in rows[..<place] {
                sum += Double(innerProduct(artifacts.movies.view(row), artifacts.movies.view(other)))
            }
        }
        return 1 - sum / Double(rows.count * (rows.count - 1) / 2)
    }

    private func variant(_ name: String, _ tally: Tally, _ turns: Int) -> ConversationReport.Variant {
        func byK<Value>(_ value: (Int) -> Value) -> [String: Value] {
            Dictionary(uniqueKeysWithValues: Set(ks).map { ("\($0)", value($0)) })
        }
        return ConversationReport.Variant(
            name: name,
            recall: byK(tally.metrics.recall),
            recall_ci95: byK { tally.metrics.recallInterval($0, seed: seed) },
            ndcg10: tally.metrics.ndcg10,
            mrr: tally.metrics.mrr,
            coverage: Double(tally.shown.count) / Double(artifacts.catalog.count),
            mean_popularity: tally.popularity / Double(max(1, turns)),
            diversity: tally.diversity / Double(max(1, turns)),
            ms_per_turn: tally.milliseconds / Double(max(1, turns))
        )
    }
}
