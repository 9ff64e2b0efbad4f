/// Scores movies for a dialogue by all signals at once.
package struct Fusion: Sendable {
    package let scorer: SignalScorer
    package let nets: FusionEnsemble

    /// The score of each row where nothing was said yet: what the nets think that people watch anyway.
    let prior: [Float]
    /// The rows by that score, best first.
    let byPrior: [Int]
    private let telling: Set<UInt64>
    /// The embedder that the nets were trained for, where it is another than the one in use.
    private(set) var trainedFor: String?

    package init(scorer: SignalScorer, nets: FusionEnsemble) {
        (self.scorer, self.nets) = (scorer, nets)
        let nothing = Dialogue()
        var table = scorer.table(nothing, rows: Array(0..<scorer.catalog.count))
        let prior = nets.scores(&table, context: nothing.context)
        self.prior = prior
        byPrior = best(prior, limit: prior.count)
        telling = Self.telling(of: scorer.catalog)
    }

    /// The words of three letters or more that occur in keywords.
    private static func telling(of catalog: Catalog) -> Set<UInt64> {
        var words: Set<UInt64> = [], seen: Set<UInt64> = []
        for keyword in catalog.movies.lazy.flatMap(\.keywords) where seen.insert(textHash(keyword)).inserted {
            words.formUnion(wordHashes(in: folded(keyword), least: 3))
        }
        return words
    }

    /// How many words of a wish occur in keywords.
    func tellingWords(of wish: String?) -> Int {
        Set(wordHashes(in: folded(wish ?? ""))).count { telling.contains($0) }
    }

    /// How much the words of a wish tell of what a film is to be like, 0...1: of n of its m words that occur in keywords,
    /// `(n - 1) / m` or, of those that are not words of everyday talk, half the share that occurs, if that is more; 0.5 where
    /// the catalogue knows none of them, so that only the embedder can guess; 0 where films are named, which tell more.
    func informativeness(of wish: String?, _ dialogue: Dialogue) -> Float {
        let telling = tellingWords(of: wish)
        guard dialogue.films.isEmpty else { return 0 }
        if let wish, !scorer.knowsAnyWord(of: wish) { return 0.5 }
        let words = folded(wish ?? "").split(separator: " ").map(String.init)
        let special = words.filter { !isEverydayWord($0) }
        let known = special.count { wordHashes(in: $0).contains(where: self.telling.contains) }
        return max(
            Float(max(0, telling - 1)) / Float(max(1, words.count)),
            0.5 * Float(known) / Float(max(1, special.count))
        )
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
        let isOwn = model.embedder == artifacts.manifest.embedder
        self.init(scorer: scorer, nets: isOwn ? model.nets : model.nets.adapted(to: artifacts))
        if !isOwn { trainedFor = model.embedder }
    }

    /// The score of each row; higher is better, and only differences within a dialogue mean something.
    /// - Parameter group: signals to leave out, for evaluation.
    package func scores(_ dialogue: Dialogue, rows: [Int], without group: String? = nil) -> [Float] {
        var table = scorer.table(dialogue, rows: rows)
        return nets.scores(&table, context: dialogue.context, without: group)
    }
}
