/// Chooses the film that a phrase means where several have the title.
struct TitleChoice {
    private let catalog: Catalog
    private let words: Set<String>
    private let renown: [Float]

    init(_ catalog: Catalog, _ renown: [Float], _ message: Message) {
        (self.catalog, self.renown) = (catalog, renown)
        words = Set(message.words.map(\.folded))
    }

    /// The rows that may be meant, the likeliest first, and by how much the first leads.
    func ranked(_ names: [TitleIndex.Name], article: TitleForms.Article) -> (rows: [Int], lead: Double) {
        guard names.count > 1 else { return (names.map { Int($0.row) }, 1) }
        var scores: [Int: Double] = [:]
        for name in names.prefix(200) {
            let row = Int(name.row)
            scores[row] = max(scores[row] ?? -9, score(name, article))
        }
        let rows = scores.keys.sorted {
            (scores[$0] ?? 0, -(catalog[$0].year ?? 9999), $1) > (
                scores[$1] ?? 0, -(catalog[$1].year ?? 9999), $0
            )
        }
        let lead = rows.count > 1 ? (scores[rows[0]] ?? 0) - (scores[rows[1]] ?? 0) : 1
        return (rows, lead)
    }

    private func score(_ name: TitleIndex.Name, _ article: TitleForms.Article) -> Double {
        let movie = catalog[Int(name.row)]
        var score = Double(renown[Int(name.row)])
        switch name.form {
        case .title: score += 0.4
        case .alias: score += 0.25
        default: break
        }
        if article != name.article { score -= article == .definite ? 0.3 : 0.1 }
        return score + (isWithPeople(movie) ? 1 : 0) + age(movie) + genres(movie)
    }

    /// Whether somebody who made the movie is in the message.
    func isWithPeople(row: Int) -> Bool { isWithPeople(catalog[row]) }

    private func isWithPeople(_ movie: Movie) -> Bool {
        movie.people.prefix(20).contains { person in
            person.split(separator: " ").last.map { words.contains(folded(String($0))) } ?? false
        }
    }

    /// `the original`, `the new one`.
    private func age(_ movie: Movie) -> Double {
        let years = Double(movie.year ?? 1990) / 1_000
        if !words.isDisjoint(with: ["original", "older", "classic"]) { return -20 * years }
        return words.isDisjoint(with: ["remake", "new", "newer", "latest", "reboot"]) ? 0 : 20 * years
    }

    private func genres(_ movie: Movie) -> Double {
        movie.genres.contains { words.contains(folded($0)) } ? 0.1 : 0
    }
}
