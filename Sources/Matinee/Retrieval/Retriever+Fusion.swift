import Foundation

/// What is known of somebody whom films are for, from before.
struct Person: Sendable {
    /// The films liked, oldest first.
    var liked: [Int] = []
    /// The latest of the films liked and disliked.
    var past = Dialogue()
    /// The long-term taste u before the message, a unit vector.
    var taste: [Float]?

    /// Each of these costs a pass over the catalogue.
    private static let mostFilms = 20

    init(liked: [Int], disliked: [Int], taste: [Float]?) {
        (self.liked, self.taste) = (liked, taste)
        guard !liked.isEmpty || !disliked.isEmpty else { return }
        let films = (
            liked: Array(liked.suffix(Self.mostFilms)), disliked: Array(disliked.suffix(Self.mostFilms))
        )
        past = Dialogue([Dialogue.Utterance(.user, "", films: films.liked, disliked: films.disliked)])
    }
}

/// Ranking by a trained fusion of all signals.
extension Retriever {
    /// The rows with the most for them, best first, with the cosine to the query.
    ///
    /// What speaks for a row is, each in its standard deviations over the rows: the fusion of all signals, less a part of
    /// what it thinks of the row anyway; nearness to the wish, the more the wish tells; the lists of the themes that it names;
    /// against it, nearness to what is not wanted, and its words; and what is known of the people from before, the less the
    /// message tells. The relevance is the logistic of half the sum.
    func fused(_ fusion: Fusion, _ rows: [Int], _ vector: [Float]?, _ query: Query, limit: Int)
        -> [(row: Int, cosine: Double?, relevance: Double)]
    {
        guard !rows.isEmpty, limit > 0 else { return [] }
        let films = query.dialogue.films
        var scores = standardised(present(fusion, rows, query.dialogue))
        func add(_ weight: Float, _ parts: [Float]) {
            for place in scores.indices { scores[place] += weight * parts[place] }
        }
        if let wish = query.wish, query.isWishAlone {
            let told = fusion.informativeness(of: wish.words)
            if told > 0 { add(settings.wishWeight * told, nearness(wish.vector, rows)) }
            add(settings.wishWeight, fusion.scorer.themed(wish.words, rows))
        }
        if let unwanted = query.unwanted {
            let telling = fusion.informativeness(of: unwanted.words)
            add(-settings.wishWeight * Self.aversion * telling, nearness(unwanted.vector, rows))
            let says = fusion.scorer.rows(saying: unwanted.words)
            for place in scores.indices where says.contains(Int32(rows[place])) {
                scores[place] -= Self.rejection
            }
        }
        let telling = Float(1 + fusion.tellingWords(of: query.wish?.words).count)
        let open = (films.isEmpty ? 1 : 0.3) / (telling * telling)
        if let known = personal(fusion, rows, query.people) { add(settings.historyWeight * open, known) }
        lift(query.asked, rows, &scores)
        let places = best(scores, limit: limit),
            cosines = vector.map { self.cosines($0, places.map { rows[$0] }) }
        return places.enumerated().map { rank, place in
            (rows[place], cosines.map { Double($0[rank]) }, 1 / (1 + exp(-Double(scores[place]) / 2)))
        }
    }

    /// How much nearness to what is not wanted counts, the more the more it tells, and how much a row loses that says it, in
    /// standard deviations.
    private static let aversion: Float = 1.2, rejection: Float = 4

    /// What the sitting says of the rows.
    private func present(_ fusion: Fusion, _ rows: [Int], _ dialogue: Dialogue) -> [Float] {
        let pull = dialogue.isEmpty ? 0 : settings.popularityPull
        return zip(rows, fusion.scores(dialogue, rows: rows)).map { row, score in
            score - pull * fusion.prior[row]
        }
    }

    /// What is known of the people says of the rows; `nil` where nothing is known of any.
    ///
    /// Of each: what the fusion makes of the films liked and disliked, over what it thinks of the row anyway; what ratings
    /// say of these films; and nearness to the long-term taste. Of several people, the one counts who would like the film
    /// least, or the mean.
    private func personal(_ fusion: Fusion, _ rows: [Int], _ people: [Person]) -> [Float]? {
        let each = people.compactMap { personal(fusion, rows, $0) }
        guard each.count > 1 else { return each.first }
        return standardised(rows.indices.map { place in settings.together.joined(each.map { $0[place] }) })
    }

    private func personal(_ fusion: Fusion, _ rows: [Int], _ person: Person) -> [Float]? {
        let films = person.past.utterances.isEmpty ? nil : fusion.scores(person.past, rows: rows)
        let parts: [(weight: Float, scores: [Float]?)] = [
            (2, films.map { zip(rows, $0).map { row, score in score - fusion.prior[row] } }),
            (2, fusion.scorer.rated(person.liked, rows)),
            (1, person.taste.map { cosines($0, rows) }),
        ]
        let known = parts.compactMap { part in part.scores.map { (part.weight, standardised($0)) } }
        return weightedSum(known).map(standardised)
    }

    /// Puts rows that the message names without a word more before all others.
    private func lift(_ ids: Set<String>, _ rows: [Int], _ scores: inout [Float]) {
        let highest = scores.max() ?? 0
        for row in ids.compactMap(catalog.row) {
            if let place = rows.firstIndex(of: row) { scores[place] = highest + 1 }
        }
    }

    private func nearness(_ vector: [Float], _ rows: [Int]) -> [Float] { standardised(cosines(vector, rows)) }

    private func cosines(_ vector: [Float], _ rows: [Int]) -> [Float] {
        movies.products([vector], rows)[0]
    }

    /// Of catalogues up to this size, every film is weighed.
    private static let largestPool = 20_000

    /// The rows that are weighed, in order: all that are allowed or, of a large catalogue, those that any signal is likely
    /// to speak for: the best by what people watch anyway, the nearest to wish, tastes and films named (to the query, where
    /// neither was said), and those named, liked or listed together with these or for what was asked.
    func pool(_ fusion: Fusion, _ rows: RowSet, _ vector: [Float]?, _ query: Query) throws -> [Int] {
        guard rows.size > Self.largestPool else { return rows.members }
        let films = query.dialogue.films, past = query.people.flatMap { $0.past.films.suffix(5) }
        var pool = RowSet(count: rows.count)
        for row in fusion.byPrior.lazy.filter(rows.contains).prefix(1_500) { pool.insert(row) }
        let named = mean(films.map { movies[$0] })
        var vectors = [query.wish?.vector ?? (named == nil ? vector : nil), named].compactMap(\.self)
        vectors += films.suffix(2).map { movies[$0] } + query.people.compactMap(\.taste)
        for vector in Set(vectors) {
            for near in try index.search(vector, limit: 500, allowed: rows) { pool.insert(near.row) }
        }
        let near = (films + past).flatMap(fusion.scorer.companions) + fusion.scorer.themed(query.dialogue)
        for row in near where rows.contains(row) { pool.insert(row) }
        return pool.members
    }
}

/// The numbers in standard deviations from their mean; zeros where they are all the same.
private func standardised(_ numbers: [Float]) -> [Float] {
    let mean = numbers.reduce(0, +) / Float(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(numbers.count)
    let factor = variance > 1e-12 ? 1 / variance.squareRoot() : 0
    return numbers.map { ($0 - mean) * factor }
}
