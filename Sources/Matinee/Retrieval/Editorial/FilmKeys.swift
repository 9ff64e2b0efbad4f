/// Finds a catalogue's rows of films that are known by IMDb id or, where they have none, by title and year.
package struct FilmKeys {
    private var rows: [String: Int] = [:]

    package init(_ catalog: Catalog) {
        rows.reserveCapacity(2 * catalog.count)
        for (row, movie) in catalog.movies.enumerated() {
            for key in [movie.imdbID, Self.key(title: movie.title, movie.year)].compactMap(\.self)
            where rows[key] == nil { rows[key] = row }
        }
    }

    /// The first row of any of the keys.
    func row(_ keys: String...) -> Int? { keys.lazy.compactMap { rows[$0] }.first }

    static func key(title: String, _ year: Int?) -> String {
        "\(folded(title)) \(year.map(String.init) ?? "")"
    }

    /// What a film is found by in other catalogues.
    static func key(_ movie: Movie) -> String { movie.imdbID ?? key(title: movie.title, movie.year) }
}
