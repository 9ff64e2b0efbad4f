/// How well known the movies of a catalogue are: 0...1.
///
/// The popularity where it is given; else by how much is known of the movie, and by whether it is among the newest,
/// which people talk of most.
func renown(of catalog: Catalog) -> [Float] {
    let newest = catalog.movies.compactMap(\.year).max() ?? 0
    return catalog.movies.map { movie in
        if let popularity = movie.popularity { return Float(popularity) }
        let known = [
            movie.overview != nil, !movie.cast.isEmpty, !movie.genres.isEmpty, !movie.keywords.isEmpty,
            movie.runtime != nil, movie.imdbID != nil, movie.tmdbID != nil,
        ].count(where: \.self)
        let age = movie.year.map { min(10, max(0, $0 - newest + 10)) } ?? 0
        return Float(known) / 24 + Float(age) / 100
    }
}
