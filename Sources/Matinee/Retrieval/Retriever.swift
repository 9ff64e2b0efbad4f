import Foundation

/// Finds the candidates for a turn: the nearest movies among those that satisfy the constraints.
///
/// Constraints and movies not to be shown are applied before the cut, so that they never cost a place. Where
/// fewer than a full answer is left, the list is filled up, marked, with movies of which a constrained field is
/// unknown, then with movies shown before.
public struct Retriever: Sendable {
    private let catalog: Catalog
    private let movies: EmbeddingMatrix
    private let index: any VectorIndex
    private let fusion: Fusion?
    private let settings: Settings

    package struct Query {
        var taste: Taste
        var constraints: Constraints
        /// Never to be shown: seen, liked, disliked.
        var hidden: Set<String>
        /// Not to be shown again while there are others.
        var shown: Set<String>
        /// What was said in the sitting, for the fusion.
        var dialogue = Dialogue()
        /// The ids of films that the message names without a word more: they come first.
        var asked: Set<String> = []
        /// The words of the wish and their embedding.
        var wish: (words: String, vector: [Float])?
        /// The ids of the films that may be shown; `nil` for all.
        var only: Set<String>?
        /// How many candidates, and how many of them an answer needs at least.
        var limit: Int
        var needed: Int
    }

    init(
        catalog: Catalog,
        movies: EmbeddingMatrix,
        index: any VectorIndex,
        fusion: Fusion? = nil,
        settings: Settings = Settings()
    ) {
        (self.fusion, self.settings) = (fusion, settings)
        self.catalog = catalog
        self.movies = movies
        self.index = index
    }

    var indexName: String { index.name }

    /// The candidates, best first, and what had to be done to fill the list.
    ///
    /// Without any taste, the best known movies.
    /// - Throws: ``VectorIndexError``.
    func candidates(_ query: Query) throws -> (candidates: [Candidate], fallbacks: [Fallback]) {
        let tiers = tiers(query)
        let vector = blended(query.taste)
        var candidates = try ranked(tiers.full, vector, query, limit: query.limit, note: nil)
        var fallbacks: [Fallback] = []
        for (rows, note) in [(tiers.unknown, Candidate.Note.unknownField), (tiers.shown, .shownBefore)] {
            let missing = query.needed - candidates.count
            guard missing > 0 else { break }
            let added = try ranked(rows, vector, query, limit: missing, note: note)
            if !added.isEmpty { fallbacks.append(.filledUp(added.count, note)) }
            candidates += added
        }
        if candidates.count < query.needed { fallbacks.append(.few(candidates.count)) }
        return (candidates, fallbacks)
    }

    private func tiers(_ query: Query) -> (full: RowSet, unknown: RowSet, shown: RowSet) {
        let filter = ConstraintFilter(constraints: query.constraints)
        var full = RowSet(count: catalog.count), unknown = full, shown = full
        let hiddenRows = Set(query.hidden.compactMap(catalog.row)),
            shownRows = Set(query.shown.compactMap(catalog.row))
        let only = query.only.map { Set($0.compactMap(catalog.row)) }
        for row in only?.sorted() ?? Array(catalog.movies.indices) where !hiddenRows.contains(row) {
            let verdict = filter.constraints == Constraints() ? .satisfied : filter.verdict(on: catalog[row])
            switch (verdict, shownRows.contains(row)) {
            case (.satisfied, false): full.insert(row)
            case (.unknown, false): unknown.insert(row)
            case (.satisfied, true): shown.insert(row)
            case (.unknown, true), (.violated, _): break
            }
        }
        return (full, unknown, shown)
    }

    /// λ·e + (1-λ)·u as a unit vector; what is absent drops out.
    private func blended(_ taste: Taste) -> [Float]? {
        let query = taste.query
        guard let present = query.present, let memory = query.memory else {
            return query.present ?? query.memory
        }
        return weightedSum([(settings.presentWeight, present), (1 - settings.presentWeight, memory)]).flatMap(
            normalised
        )
            ?? present
    }

    private func ranked(
        _ rows: RowSet,
        _ vector: [Float]?,
        _ query: Query,
        limit: Int,
        note: Candidate.Note?
    ) throws -> [Candidate] {
        if let fusion {
            let pool = try pool(fusion, rows, vector, query)
            return fused(fusion, pool, vector, query, limit: limit, note: note)
        }
        guard let vector else {
            return bestKnown(rows, limit).map { candidate($0, cosine: nil, query.taste, note) }
        }
        return try index.search(vector, limit: limit, allowed: rows).map {
            candidate($0.row, cosine: Double($0.score), query.taste, note)
        }
    }

    /// The rows with the most for them: the fusion of all signals, less a part of what it thinks of them anyway; nearness
    /// to the wish, the more the wish tells; and nearness to the films named, the less conversations know of them. Each is
    /// in its standard deviations over these rows; the relevance is the logistic of half the sum.
    private func fused(
        _ fusion: Fusion,
        _ allowed: [Int],
        _ vector: [Float]?,
        _ query: Query,
        limit: Int,
        note: Candidate.Note?
    ) -> [Candidate] {
        guard !allowed.isEmpty, limit > 0 else { return [] }
        let told = fusion.informativeness(of: query.wish?.words, query.dialogue)
        let pull = query.dialogue.isEmpty ? 0 : settings.popularityPull * (1 + 12 * told)
        let fused = zip(allowed, fusion.scores(query.dialogue, rows: allowed)).map { row, score in
            score - pull * fusion.prior[row]
        }
        var scores = standardised(fused)
        for (vector, weight) in [
            (query.wish?.vector, told),
            (mean(query.dialogue.films.map { movies[$0] }), fusion.unfamiliarity(of: query.dialogue) / 3),
        ] {
            guard let vector, weight > 0 else { continue }
            let nearness = standardised(cosines(vector, allowed))
            for place in scores.indices { scores[place] += settings.wishWeight * weight * nearness[place] }
        }
        let nearness = vector.map { cosines($0, allowed) }
        let highest = scores.max() ?? 0
        for row in query.asked.compactMap(catalog.row) {
            guard let place = allowed.firstIndex(of: row) else { continue }
            scores[place] = highest + 1
        }
        return best(scores, limit: limit).map { place in
            candidate(
                allowed[place],
                cosine: nearness.map { Double($0[place]) },
                relevance: 1 / (1 + exp(-Double(scores[place]) / 2)),
                query.taste,
                note
            )
        }
    }

    /// Of catalogues up to this size, every film is weighed.
    private static let largestPool = 20_000

    /// The rows that are weighed, in order: all that are allowed or, of a large catalogue, those that any signal is likely
    /// to speak for: the best by what people watch anyway, the nearest to wish, query and films named, and those named or
    /// liked together with these.
    private func pool(_ fusion: Fusion, _ rows: RowSet, _ vector: [Float]?, _ query: Query) throws -> [Int] {
        guard rows.size > Self.largestPool else { return (0..<catalog.count).filter(rows.contains) }
        let films = query.dialogue.films
        var pool = Set(fusion.byPrior.lazy.filter(rows.contains).prefix(4_000))
        let vectors =
            [vector, query.wish?.vector, mean(films.map { movies[$0] })] + films.suffix(2).map { movies[$0] }
        for vector in vectors.compactMap(\.self) {
            pool.formUnion(try index.search(vector, limit: 1_500, allowed: rows).map(\.row))
        }
        pool.formUnion(films.flatMap { fusion.scorer.companions(of: $0) }.filter(rows.contains))
        return pool.sorted()
    }

    private func cosines(_ vector: [Float], _ rows: [Int]) -> [Float] {
        vector.withUnsafeBufferPointer { vector in rows.map { innerProduct(vector, movies.view($0)) } }
    }

    private func bestKnown(_ rows: RowSet, _ limit: Int) -> [Int] {
        let allowed = catalog.movies.indices.filter(rows.contains)
        return best(allowed.map { catalog[$0].popularity ?? 0 }, limit: limit).map { allowed[$0] }
    }

    private func candidate(
        _ row: Int,
        cosine: Double?,
        relevance: Double? = nil,
        _ taste: Taste,
        _ note: Candidate.Note?
    ) -> Candidate {
        func cosineWith(_ vector: [Float]?) -> Double? {
            vector.map { vector in
                vector.withUnsafeBufferPointer { Double(innerProduct($0, movies.view(row))) }
            }
        }
        let movie = catalog[row]
        let relevance = relevance ?? cosine.map { min(1, max(0, (1 + $0) / 2)) } ?? movie.popularity ?? 0
        let scores = Candidate.Scores(
            cosine: cosine,
            present: cosine == nil ? nil : cosineWith(taste.present),
            taste: cosine == nil ? nil : cosineWith(taste.memory),
            final: relevance
        )
        return Candidate(id: movie.id, title: movie.title, year: movie.year, scores: scores, note: note)
    }
}

/// The numbers in standard deviations from their mean; zeros where they are all the same.
private func standardised(_ numbers: [Float]) -> [Float] {
    let mean = numbers.reduce(0, +) / Float(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(numbers.count)
    let factor = variance > 1e-12 ? 1 / variance.squareRoot() : 0
    return numbers.map { ($0 - mean) * factor }
}

extension Fallback {
    fileprivate static func filledUp(_ count: Int, _ note: Candidate.Note) -> Fallback {
        let films = count == 1 ? "1 film" : "\(count) films"
        return switch note {
        case .unknownField:
            Fallback(
                .unknownFields,
                "\(films) of the list may not fit: the catalogue does not know all that you asked for."
            )
        case .shownBefore:
            Fallback(
                .repeated,
                "\(films) of the list I have shown you before: no others fit what you asked for."
            )
        }
    }

    fileprivate static func few(_ count: Int) -> Fallback {
        let found =
            count == 0
            ? "No film in the catalogue fits" : count == 1 ? "Only 1 film fits" : "Only \(count) films fit"
        return Fallback(.fewMovies, "\(found) all that you asked for; drop a condition to see more.")
    }
}
