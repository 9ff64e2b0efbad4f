/// Scores movies for a dialogue by all signals at once.
package struct Fusion: Sendable {
    package let scorer: SignalScorer
    package let net: FusionNet

    /// The score of each row where nothing was said yet: what the net thinks that people watch anyway.
    let prior: [Float]
    private let telling: Set<Substring>

    package init(scorer: SignalScorer, net: FusionNet) {
        (self.scorer, self.net) = (scorer, net)
        let nothing = Dialogue()
        var table = scorer.table(nothing, rows: Array(0..<scorer.catalog.count))
        net.standardise(&table)
        prior = net.scores(table, context: nothing.context)
        telling = Set(
            scorer.catalog.movies.flatMap(\.keywords).flatMap { folded($0).split(separator: " ") }
                .filter { $0.utf8.count > 2 }
        )
    }

    /// How much the words tell of what a film is to be like, 0...1: n / (n + 1) for n words that are in keywords.
    func informativeness(of wish: String?) -> Float {
        let words = Set(folded(wish ?? "").split(separator: " ")).count(where: telling.contains)
        return Float(words) / Float(words + 1)
    }

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
