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

    /// The words of a wish that tell what the film is to be like: those of keywords, but for what everybody says who looks
    /// for a film, and for genres, which are understood as such.
    package func tellingWords(of wish: String?) -> Set<String> {
        Self.content(of: Self.words(of: wish)).filter { wordHashes(in: $0).contains(where: telling.contains) }
    }

    private static func words(of wish: String?) -> [String] {
        folded(wish ?? "").split(separator: " ").map(String.init)
    }

    private static func content(of words: [String]) -> Set<String> {
        Set(words).filter { !WishReader.filler.contains($0) && !GenreWords.isGenre($0) }
    }

    /// How much the words of a wish tell of what a film is to be like, 0...1: of n telling words among all m, `(n - 1) / m`
    /// or, of those that are not words of everyday talk, half the share that tells, if that is more; a quarter of the share
    /// where all are; 0.5 where the catalogue knows no word of it, so that only the embedder can guess.
    package func informativeness(of wish: String?) -> Float {
        let words = Self.words(of: wish), content = Self.content(of: words)
        guard scorer.knowsAnyWord(of: content.joined(separator: " ")) else { return 0.5 }
        let telling = tellingWords(of: wish), special = content.filter { !isEverydayWord($0) }
        if special.isEmpty { return 0.25 * Float(telling.count) / Float(max(1, content.count)) }
        return max(
            Float(max(0, telling.count - 1)) / Float(words.count),
            0.5 * Float(special.count(where: telling.contains)) / Float(special.count)
        )
    }

    /// A trained fusion for a catalogue.
    package init(_ model: FusionModel, artifacts: Artifacts, editorial: Editorial) {
        var scorer = SignalScorer(catalog: artifacts.catalog, movies: artifacts.movies, editorial: editorial)
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
