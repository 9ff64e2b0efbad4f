import Foundation

/// Computes the signals of movies for a dialogue.
package struct SignalScorer: Sendable {
    package let catalog: Catalog
    package let movies: EmbeddingMatrix
    /// How often films were named in conversations; `nil` leaves those signals unknown.
    package var counts: MentionCounts?
    /// Films liked together, from ratings, and how many rated each.
    package var neighbors: Neighbors?
    package var ratings: [Int32]?

    let facts: MovieFacts
    private let words: LexicalIndex
    private let popularity: [Float]
    private let completeness: [Float]
    /// Not a number where the year is not known.
    private let years: [Float]

    /// - Parameter renown: how commonly people name each movie, 0...1, not a number where that is not known.
    package init(catalog: Catalog, movies: EmbeddingMatrix, renown: [Float]) {
        (self.catalog, self.movies, popularity) = (catalog, movies, renown)
        (facts, words) = atOnce({ MovieFacts(catalog) }, { LexicalIndex(catalog) })
        completeness = catalog.movies.map(\.completeness)
        years = catalog.movies.map { $0.year.map(Float.init) ?? .nan }
    }

    /// The signals of the rows.
    package func table(_ dialogue: Dialogue, rows: [Int]) -> SignalTable {
        var table = SignalTable(rows: rows)
        addNearness(dialogue, to: &table)
        addTitles(dialogue, to: &table)
        addRated(dialogue, to: &table)
        addSaid(dialogue, to: &table)
        addFacts(dialogue, to: &table)
        addWords(dialogue, to: &table)
        addPriors(to: &table)
        return table
    }

    /// The rows that were named, or liked, together with a film.
    func companions(of row: Int) -> [Int] {
        (counts?.together[row].keys.map { Int($0) } ?? [])
            + (neighbors.map { $0.neighbors(of: row).rows.map { Int($0) } } ?? [])
    }

    /// The sum of the weights from all films to each row, where there are ratings.
    func rated(_ films: [Int], _ rows: [Int]) -> [Float]? {
        guard let neighbors, !films.isEmpty else { return nil }
        var scores = [Float](repeating: 0, count: catalog.count)
        for film in films { neighbors.add(film, to: &scores) }
        return rows.map { scores[$0] }
    }

    /// Whether any word of the wish, but the most common ones, occurs in the catalogue.
    func knowsAnyWord(of wish: String) -> Bool { words.knowsAny(of: wish) }

    /// Of each row, whether its texts have a telling word of these, in singular or plural.
    func rows(saying text: String) -> [Bool] {
        let telling = folded(text).split(separator: " ").map(String.init).filter {
            !WishReader.filler.contains($0)
        }
        let scores = words.scores(telling.flatMap(numberForms).joined(separator: " "), count: catalog.count)
        return scores.map { $0.map { $0 > 0 } } ?? [Bool](repeating: false, count: catalog.count)
    }

    // MARK: Histories

    private func addRated(_ dialogue: Dialogue, to table: inout SignalTable) {
        let films = dialogue.films
        guard let neighbors, !films.isEmpty else { return }
        var sum: [Int: Float] = [:], largest: [Int: Float] = [:]
        for film in films {
            let (rows, weights) = neighbors.neighbors(of: film)
            for (row, weight) in zip(rows, weights) {
                sum[Int(row), default: 0] += weight
                largest[Int(row)] = max(largest[Int(row)] ?? 0, weight)
            }
        }
        let scale = 10 / Float(films.count).squareRoot()
        table.set(.ratedSum) { (sum[$0] ?? 0) * scale }
        table.set(.ratedMax) { (largest[$0] ?? 0) * 10 }
    }

    private func addSaid(_ dialogue: Dialogue, to table: inout SignalTable) {
        let films = dialogue.films
        guard let counts, let last = films.last else { return }
        let said = SaidTogether(films, counts)
        table.set(.saidShare) { said.share[$0] ?? 0 }
        table.set(.saidRecommended) { said.recommended[$0] ?? 0 }
        table.set(.saidMax) { said.largest[$0] ?? 0 }
        table.set(.saidSum) { said.sum[$0] ?? 0 }
        table.set(.saidSurprise) { said.surprise($0) }
        let lastCounts = counts.together[last]
        table.set(.saidLast) { said.cosine(last, $0, lastCounts[Int32($0)] ?? 0) }
    }

    // MARK: Facts

    private func addFacts(_ dialogue: Dialogue, to table: inout SignalTable) {
        let films = dialogue.films
        addGenres(dialogue, to: &table)
        guard !films.isEmpty else { return }
        for (signal, people, movies) in [
            (Signal.peopleCast, facts.cast, facts.castMovies),
            (.peopleDirectors, facts.directors, facts.directorMovies),
        ] {
            var common: [Int32: Float] = [:]
            for film in films {
                for person in people[film] {
                    for row in movies[Int(person)] { common[row, default: 0] += 1 }
                }
            }
            table.set(signal) { common[Int32($0)] ?? 0 }
        }
        let known = films.map { years[$0] }.filter { !$0.isNaN }
        guard let last = known.last else { return }
        let mean = known.reduce(0, +) / Float(known.count)
        table.set(.yearMean) { years[$0].isNaN ? -0.5 : -abs(years[$0] - mean) / 20 }
        table.set(.yearLast) { years[$0].isNaN ? -0.5 : -abs(years[$0] - last) / 20 }
    }

    private func addGenres(_ dialogue: Dialogue, to table: inout SignalTable) {
        let named = dialogue.utterances.reduce(into: Set<Int32>()) { genres, utterance in
            genres.formUnion(facts.genresNamed(in: folded(utterance.words).split(separator: " ")))
        }
        table.set(.genreWords) { row in
            let genres = facts.genres[row]
            return Float(genres.count(where: named.contains)) / max(1, Float(genres.count).squareRoot())
        }
        let films = dialogue.films
        guard !films.isEmpty else { return }
        var shares = [Float](repeating: 0, count: facts.genreNumbers.count)
        for film in films {
            for genre in facts.genres[film] { shares[Int(genre)] += 1 / Float(films.count) }
        }
        table.set(.genreFilms) { row in
            let genres = facts.genres[row]
            return genres.reduce(0) { $0 + shares[Int($1)] } / max(1, Float(genres.count).squareRoot())
        }
    }

    private func addWords(_ dialogue: Dialogue, to table: inout SignalTable) {
        let users = dialogue.users.map(\.words)
        if let scores = words.scores(users.joined(separator: " "), count: catalog.count) {
            table.set(.wordsUser) { scores[$0] / 10 }
        }
        if let last = users.last, let scores = words.scores(last, count: catalog.count) {
            table.set(.wordsLast) { scores[$0] / 10 }
        }
        let all = dialogue.utterances.map(\.words).joined(separator: " ")
        let named = facts.named(in: folded(all).split(separator: " "))
        table.set(.peopleWords) { named[Int32($0)] ?? 0 }
    }

    private func addPriors(to table: inout SignalTable) {
        if let counts {
            table.set(.saidMentions) { log1p(Float(counts.named[$0])) }
            table.set(.saidRecommendations) { log1p(Float(counts.recommended[$0])) }
            table.set(.saidAsked) { log1p(Float(counts.asked[$0])) }
        }
        if let ratings { table.set(.ratedCount) { log1p(Float(ratings[$0])) } }
        table.set(.priorPopularity) { popularity[$0].isNaN ? 0 : popularity[$0] }
        table.set(.priorKnown) { popularity[$0].isNaN ? 0 : 1 }
        table.set(.priorYear) { years[$0].isNaN ? 0 : (years[$0] - 2000) / 15 }
        table.set(.priorRecent) { years[$0].isNaN ? 0 : min(1, max(0, (years[$0] - 2008) / 10)) }
        table.set(.priorComplete) { completeness[$0] }
    }
}

extension Movie {
    /// The share of eight fields of which something is known, 0...1.
    fileprivate var completeness: Float {
        let known = [
            year != nil, !genres.isEmpty, !directors.isEmpty, !cast.isEmpty, !keywords.isEmpty,
            overview != nil,
            imdbID != nil, tmdbID != nil,
        ]
        return Float(known.count { $0 }) / Float(known.count)
    }
}
