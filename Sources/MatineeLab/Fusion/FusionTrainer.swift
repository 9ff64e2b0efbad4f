import Foundation
package import Matinee

/// Trains a fusion on conversations: counts, and a net whose signals leave the turn's own dialogue out of the counts, as a
/// signal that has seen the answer would be trusted too much.
package struct FusionTrainer: Sendable {
    private let seed: UInt64
    private let epochs: Int

    package init(seed: UInt64 = 1, epochs: Int = 4) { (self.seed, self.epochs) = (seed, epochs) }

    /// - Parameters:
    ///   - turns: of the training conversations, with their golds.
    ///   - dialogues: of the same turns.
    ///   - scorer: knows ratings where there are any; its counts are replaced.
    ///   - progress: called with how many of how many turns are done.
    package func train(
        _ turns: [ConversationFile.Turn],
        _ dialogues: [Dialogue],
        scorer: SignalScorer,
        embedder: any Embedder,
        source: String,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> FusionModel {
        let examples = try examples(turns, dialogues, scorer.catalog)
        let counted = Self.counted(turns, dialogues, scorer.catalog)
        var scorer = scorer, counts = MentionCounts(movies: scorer.catalog.count)
        for dialogue in counted { counts.add(dialogue) }
        scorer.counts = counts
        let rows = Array(0..<scorer.catalog.count)
        let nets = NetTrainer(epochs: epochs, seed: seed).train(
            examples,
            table: { [scorer] example in
                var own = scorer
                own.counts?.add(counted[example.dialogueNumber], times: -1)
                return own.table(example.dialogue, rows: rows)
            },
            progress: progress
        )
        return FusionModel(
            embedder: embedder.name,
            dimension: embedder.dimension,
            source: source,
            nets: nets,
            mentions: MentionFile(counts, scorer.catalog.movies)
        )
    }

    private func examples(
        _ turns: [ConversationFile.Turn],
        _ dialogues: [Dialogue],
        _ catalog: Catalog
    ) throws -> [FusionExample] {
        let numbers = Self.numbers(turns)
        let examples = zip(turns, dialogues).compactMap { turn, dialogue -> FusionExample? in
            let golds = (turn.gold ?? []).compactMap(catalog.row)
            guard !golds.isEmpty, let number = numbers[turn.dialogue] else { return nil }
            let named = Set((turn.mentioned ?? []).compactMap(catalog.row) + dialogue.films).subtracting(
                golds
            )
            return FusionExample(dialogueNumber: number, dialogue: dialogue, golds: golds, named: named)
        }
        guard examples.count >= 50 else {
            throw EvaluationError(
                "Only \(examples.count) turns recommend a film of the catalogue, and training needs 50: name conversations about these films."
            )
        }
        return examples
    }

    /// The numbers of the dialogues, in the order of their first turn.
    private static func numbers(_ turns: [ConversationFile.Turn]) -> [String: Int] {
        turns.reduce(into: [:]) { numbers, turn in
            if numbers[turn.dialogue] == nil { numbers[turn.dialogue] = numbers.count }
        }
    }

    /// What each dialogue adds to the counts.
    private static func counted(
        _ turns: [ConversationFile.Turn],
        _ dialogues: [Dialogue],
        _ catalog: Catalog
    ) -> [MentionCounts.Counted] {
        let numbers = numbers(turns)
        var named = [Set<Int>](repeating: [], count: numbers.count), recommended = named, asked = named
        for (turn, dialogue) in zip(turns, dialogues) {
            guard let number = numbers[turn.dialogue] else { continue }
            let golds = (turn.gold ?? []).compactMap(catalog.row)
            recommended[number].formUnion(golds)
            named[number].formUnion(golds + (turn.mentioned ?? []).compactMap(catalog.row) + dialogue.films)
            for utterance in dialogue.utterances where utterance.role == .user {
                asked[number].formUnion(utterance.films)
            }
        }
        return numbers.values.sorted().map {
            MentionCounts.Counted(named: named[$0], recommended: recommended[$0], asked: asked[$0])
        }
    }
}
