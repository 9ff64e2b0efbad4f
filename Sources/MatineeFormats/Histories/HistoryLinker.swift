package import Matinee

/// Links the films of histories to those of a catalogue: by IMDb or TMDB id, else by title and year.
///
/// Titles are compared without case, accents, punctuation and a leading article, numbers in digits; the year may be one
/// off, unless another film of the history fits better. Where the year is the same, a title may also lack its subtitle.
package struct HistoryLinker: Sendable {
    /// What came of one film of a history.
    package enum Link: Sendable, Equatable {
        case row(Int)
        /// Several films of the catalogue fit as well.
        case ambiguous
        case unknown
    }

    /// How well a title fits, the best first.
    private enum Fit: Int { case id, title, nearYear }

    private let catalog: Catalog
    private var byIMDb: [String: [Int]] = [:]
    private var byTMDB: [Int: [Int]] = [:]
    /// Rows by title: whole, or without article, spaces and punctuation, aliases among them.
    private var whole: [String: [Int]] = [:]
    private var loose: [String: [Int]] = [:]
    /// Rows by titles without their subtitles.
    private var short: [String: [Int]] = [:]

    package init(_ catalog: Catalog) {
        self.catalog = catalog
        for (row, movie) in catalog.movies.enumerated() {
            if let id = movie.imdbID { byIMDb[id, default: []].append(row) }
            if let id = movie.tmdbID { byTMDB[id, default: []].append(row) }
            for (place, title) in ([movie.title] + movie.aliases).enumerated() {
                if place == 0 { add(row, Self.whole(title), to: \.whole) }
                for (words, form) in TitleForms.of(title, isAlias: place > 0) {
                    if form <= .alias { add(row, words.joined(), to: \.loose) }
                    if form == .short { add(row, words.joined(), to: \.short) }
                }
            }
        }
    }

    private mutating func add(
        _ row: Int,
        _ key: String,
        to table: WritableKeyPath<HistoryLinker, [String: [Int]]>
    ) {
        guard !key.isEmpty, self[keyPath: table][key]?.last != row else { return }
        self[keyPath: table][key, default: []].append(row)
    }

    private static func whole(_ title: String) -> String {
        folded(title.contains("&") ? title.replacing("&", with: " and ") : title)
    }

    /// What each of the films is.
    package func links(_ films: [HistoryRecord]) -> [Link] {
        let found = films.map(link)
        // A film that is one year off gives way to one that is not.
        var taken: [Int: Fit] = [:]
        for case (.row(let row), let fit) in found {
            taken[row] = taken[row].map { $0.rawValue < fit.rawValue ? $0 : fit } ?? fit
        }
        return found.map { link, fit in
            guard case .row(let row) = link, fit == .nearYear, taken[row] != .nearYear else { return link }
            return .unknown
        }
    }

    private func link(_ film: HistoryRecord) -> (Link, Fit) {
        let byID = film.imdbID.flatMap { byIMDb[$0] } ?? film.tmdbID.flatMap { byTMDB[$0] } ?? []
        if byID.count == 1 { return (.row(byID[0]), .id) }
        if byID.count > 1 { return (.ambiguous, .id) }
        let title = TitleParser.inReadingOrder(film.title)
        let (forms, key) = (TitleForms.of(title, isAlias: false), Self.whole(title))
        let loose = forms.filter { $0.form <= .alias }.flatMap { self.loose[$0.words.joined()] ?? [] }
        let whole = self.whole[key] ?? []
        guard let year = film.year else { return (one(fitting(whole, film, within: nil)), .title) }
        for rows in [whole, loose] {
            let found = fitting(rows, film, within: year...year)
            if !found.isEmpty { return (one(found), .title) }
        }
        for rows in [whole, loose] {
            let found = fitting(rows, film, within: year - 1...year + 1)
            if !found.isEmpty { return (one(found), .nearYear) }
        }
        let full = forms.filter { $0.form <= .alias }.flatMap { short[$0.words.joined()] ?? [] }
        let cut = forms.filter { $0.form == .short }.flatMap { self.loose[$0.words.joined()] ?? [] }
        let found = fitting(full.isEmpty ? cut : full, film, within: year...year)
        return found.count == 1 ? (.row(found[0]), .title) : (.unknown, .title)
    }

    private func one(_ rows: [Int]) -> Link {
        rows.count == 1 ? .row(rows[0]) : rows.isEmpty ? .unknown : .ambiguous
    }

    /// The rows of those years that have no other id than the film.
    private func fitting(_ rows: [Int], _ film: HistoryRecord, within years: ClosedRange<Int>?) -> [Int] {
        Set(rows).sorted().filter { row in
            let movie = catalog[row]
            if let id = film.imdbID, let other = movie.imdbID, id != other { return false }
            if let id = film.tmdbID, let other = movie.tmdbID, id != other { return false }
            return years.map { years in movie.year.map(years.contains) ?? false } ?? true
        }
    }
}
