/// Scores movies for a dialogue by all signals at once.
package struct Fusion: Sendable {
    package let scorer: SignalScorer
    package let net: FusionNet

    package init(scorer: SignalScorer, net: FusionNet) { (self.scorer, self.net) = (scorer, net) }

    /// A trained fusion for a catalogue.
    package init(_ model: FusionModel, artifacts: Artifacts, renown: [Float]) {
        var scorer = SignalScorer(catalog: artifacts.catalog, movies: artifacts.movies, renown: renown)
        scorer.counts = model.mentions.counts(for: artifacts.catalog)
        scorer.neighbors = artifacts.neighbors
        self.init(scorer: scorer, net: model.net)
    }

    /// The score of each row; higher is better, and only differences within a dialogue mean something.
    /// - Parameter group: signals to leave out, for evaluation.
    package func scores(_ dialogue: Dialogue, rows: [Int], without group: String? = nil) -> [Float] {
        var table = scorer.table(dialogue, rows: rows)
        net.standardise(&table, without: group)
        return net.scores(table, context: dialogue.context)
    }
}
