import Foundation

/// Finds the candidates for a turn: the nearest movies among those that satisfy the constraints.
///
/// Constraints and movies not to be shown are applied before the cut, so that they never cost a place. Where
/// fewer than a full answer is left, the list is filled up, marked, with movies of which a constrained field is
/// unknown, then with movies shown before.
public struct Retriever: Sendable {
    let catalog: Catalog
    let movies: EmbeddingMatrix
    let index: any VectorIndex
    let fusion: Fusion?
    let settings: Settings

    package struct Query {
        var taste: Taste
        var constraints: Constraints
        /// Never to be shown: seen, liked, disliked.
        var hidden: Set<String>
        /// Not to be shown again while there are others.
        var shown: Set<String>
        /// What was said in the sitting, for the fusion.
        var dialogue = Dialogue()
        /// Whom the films are for.
        var people: [Person] = []
        /// The ids of films that the message names without a word more: they come first.
        var asked: Set<String> = []
        /// Whether the wish tells what the picks are to be, and not only shades films that the message names: none is named,
        /// or the picks are to be like them but for the wish.
        var isWishAlone = true
        /// The words of the wish and their embedding.
        var wish: (words: String, vector: [Float])?
        /// The same of what is not wanted: `without ghosts`.
        var unwanted: (words: String, vector: [Float])?
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
        let tiers = Tiers(query, catalog)
        let vector = blended(query.taste)
        var candidates = try ranked(tiers.full, vector, query, limit: query.limit, note: nil)
        var fallbacks: [Fallback] = []
        let rest: [(RowSet, Candidate.Note, (Int) -> Fallback)] = [
            (tiers.unknown, .unknownField, Fallback.unknown), (tiers.shown, .shownBefore, Fallback.repeated),
        ]
        for (rows, note, fallback) in rest {
            let missing = query.needed - candidates.count
            guard missing > 0 else { break }
            let added = try ranked(rows, vector, query, limit: missing, note: note)
            if !added.isEmpty { fallbacks.append(fallback(added.count)) }
            candidates += added
        }
        if candidates.isEmpty, let nearest = try nearMisses(vector, query) { return nearest }
        if candidates.count < query.needed { fallbacks.append(.few(candidates.count)) }
        return (candidates, fallbacks)
    }

    /// Movies for all that the query asks but one thing, the first that leaves any; never what it rules out.
    private func nearMisses(_ vector: [Float]?, _ query: Query) throws -> ([Candidate], [Fallback])? {
        for (what, relaxed) in query.constraints.relaxed {
            var query = query
            query.constraints = relaxed
            let tiers = Tiers(query, catalog)
            let found = try ranked(tiers.full, vector, query, limit: query.needed, note: .nearMiss)
            let note = "No film in the catalogue fits all that you asked for; these fit but for \(what)."
            if !found.isEmpty { return (found, [Fallback(.nearMisses, note)]) }
        }
        return nil
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
            return fused(fusion, pool, vector, query, limit: limit).map {
                candidate($0.row, cosine: $0.cosine, relevance: $0.relevance, query.taste, note)
            }
        }
        guard let vector else {
            return bestKnown(rows, limit).map { candidate($0, cosine: nil, query.taste, note) }
        }
        return try index.search(vector, limit: limit, allowed: rows).map {
            candidate($0.row, cosine: Double($0.score), query.taste, note)
        }
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

extension Fallback {
    fileprivate static func unknown(_ count: Int) -> Fallback {
        let note = "of the list may not fit: the catalogue does not know all that you asked for."
        return Fallback(.unknownFields, "\(films(count)) \(note)")
    }

    fileprivate static func repeated(_ count: Int) -> Fallback {
        let note = "of the list I have shown you before: no others fit what you asked for."
        return Fallback(.repeated, "\(films(count)) \(note)")
    }

    private static func films(_ count: Int) -> String { count == 1 ? "1 film" : "\(count) films" }

    fileprivate static func few(_ count: Int) -> Fallback {
        let found =
            count == 0
            ? "No film in the catalogue fits" : count == 1 ? "Only 1 film fits" : "Only \(count) films fit"
        return Fallback(.fewMovies, "\(found) all that you asked for; drop a condition to see more.")
    }
}
