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
    let editorial: Editorial
    private let words: LexicalIndex
    private let completeness: [Float]
    /// Not a number where the year is not known.
    private let years: [Float]

    package init(catalog: Catalog, movies: EmbeddingMatrix, editorial: Editorial) {
        (self.catalog, self.movies, self.editorial) = (catalog, movies, editorial)
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
        addAlike(dialogue, to: &table)
        addThemes(dialogue, to: &table)
        addFacts(dialogue, to: &table)
        addWords(dialogue, to: &table)
        addPriors(to: &table)
        return table
    }

    /// The rows that were named, liked, or listed together with a film.
    func companions(of row: Int) -> [Int] {
        (counts?.together[row].keys.map { Int($0) } ?? [])
            + (neighbors.map { $0.neighbors(of: row).rows.map { Int($0) } } ?? [])
            + editorial.alike.lists[row].map { Int($0.row) }
    }

    /// The rows in the lists of the themes that the user's words name.
    func themed(_ dialogue: Dialogue) -> [Int] {
        let words = dialogue.users.map(\.words).joined(separator: " ")
        return themes(in: words).flatMap { editorial.themes.films[$0] }.map { Int($0.row) }
    }

    /// The weights of rows in the lists of the themes that a text names; zeros where it names none.
    func themed(_ text: String, _ rows: [Int]) -> [Float] {
        let weights = editorial.themes.weights(of: themes(in: text)).sum
        return rows.map { weights[Int32($0)] ?? 0 }
    }

    private func themes(in text: String) -> Set<Int> {
        editorial.themes.named(in: folded(text).split(separator: " "))
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

    /// The rows whose texts have all words of any of the things, which commas set apart, each in singular or plural, or
    /// that are listed for a theme that it names; a word that no text has is let pass.
    func rows(saying things: String) -> Set<Int32> {
        things.split(separator: ",").reduce(into: []) { rows, thing in
            rows.formUnion(themes(in: String(thing)).lazy.flatMap { editorial.themes.films[$0] }.map(\.row))
            let known = folded(String(thing)).split(separator: " ").compactMap { word in
                words.rows(withAny: numberForms(String(word)))
            }
            guard let first = known.first else { return }
            rows.formUnion(known.dropFirst().reduce(first) { $0.intersection($1) })
        }
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

    private func addAlike(_ dialogue: Dialogue, to table: inout SignalTable) {
        let films = dialogue.films, alike = editorial.alike
        guard let last = films.last else { return }
        let scale = 1 / Float(films.count).squareRoot()
        for (signal, weights, scale) in [
            (Signal.alikeListed, alike.listed(by: films), scale),
            (.alikeListing, alike.listing(films), scale),
            (.alikeCommon, alike.common(with: films), scale),
            (.alikeLast, alike.listed(by: [last]).merging(alike.listing([last]), uniquingKeysWith: +), 1),
        ] {
            table.set(signal) { (weights[Int32($0)] ?? 0) * scale }
        }
    }

    private func addThemes(_ dialogue: Dialogue, to table: inout SignalTable) {
        let themes = editorial.themes
        let named = dialogue.users.map { self.themes(in: $0.words) }
        guard let last = named.last else { return }
        let all = themes.weights(of: named.reduce(last) { $0.union($1) }), latest = themes.weights(of: last)
        table.set(.themeSum) { all.sum[Int32($0)] ?? 0 }
        table.set(.themeMax) { all.largest[Int32($0)] ?? 0 }
        table.set(.themeLast) { latest.sum[Int32($0)] ?? 0 }
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
        let popularity = editorial.popularity
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
