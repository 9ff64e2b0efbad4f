/// How commonly people name each movie of a catalogue, 0...1: by its own row, else by the starter catalogue's row of the
/// same IMDb id or of the same title and year. Not a number where neither knows.
package func priorPopularity(of catalog: Catalog) -> [Float] {
    let missing = catalog.movies.contains { $0.popularity == nil }
    let starter = missing ? (try? StarterCatalog.url()).flatMap { try? Catalog(contentsOf: $0) } : nil
    var known: [String: Float] = [:]
    for movie in starter?.movies ?? [] {
        guard let popularity = movie.popularity else { continue }
        for key in keys(movie) where known[key] == nil { known[key] = Float(popularity) }
    }
    return catalog.movies.map { movie in
        movie.popularity.map(Float.init) ?? keys(movie).lazy.compactMap { known[$0] }.first ?? .nan
    }
}

private func keys(_ movie: Movie) -> [String] {
    [movie.imdbID, movie.year.map { "\(folded(movie.title)) \($0)" }].compactMap(\.self)
}
