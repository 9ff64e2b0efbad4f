/// Scores movies for a dialogue by all signals at once.
package struct Fusion: Sendable {
    package let scorer: SignalScorer
    package let net: FusionNet

    /// The score of each row where nothing was said yet: what the net thinks that people watch anyway.
    let prior: [Float]
    /// The rows by that score, best first.
    let byPrior: [Int]
    private let telling: Set<Substring>

    package init(scorer: SignalScorer, net: FusionNet) {
        (self.scorer, self.net) = (scorer, net)
        let nothing = Dialogue()
        var table = scorer.table(nothing, rows: Array(0..<scorer.catalog.count))
        net.standardise(&table)
        let prior = net.scores(table, context: nothing.context)
        self.prior = prior
        byPrior = best(prior, limit: prior.count)
        telling = Set(
            scorer.catalog.movies.flatMap(\.keywords).flatMap { folded($0).split(separator: " ") }
                .filter { $0.utf8.count > 2 }
        )
    }

    /// How much the words of a wish tell of what a film is to be like, 0...1: of n of its m words that occur in keywords,
    /// `(n - 1) / m`; 0 where films are named, which tell more.
    func informativeness(of wish: String?, _ dialogue: Dialogue) -> Float {
        let words = folded(wish ?? "").split(separator: " ")
        let telling = Set(words).count { self.telling.contains($0) }
        guard telling > 1, dialogue.films.isEmpty else { return 0 }
        return Float(telling - 1) / Float(words.count)
    }

    /// How little conversations know of the films named, 0...1: (k / (k + n))² where they are named n times in the
    /// mean, k = 5; 0 where no film is named.
    func unfamiliarity(of dialogue: Dialogue) -> Float {
        let films = dialogue.films
        guard !films.isEmpty else { return 0 }
        let named = films.reduce(0) { $0 + Float(scorer.counts?.named[$1] ?? 0) } / Float(films.count)
        return 25 / ((5 + named) * (5 + named))
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
