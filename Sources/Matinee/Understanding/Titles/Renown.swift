/// How well known the movies of a catalogue are: 0...1.
///
/// The popularity where it is given; else by how much is known of the movie, by whether it is among the
/// newest, which people talk of most, and by how many films of the catalogue its people made.
func renown(of catalog: Catalog) -> [Float] {
    var films: [String: Int] = [:]
    let isKnown = catalog.movies.allSatisfy { $0.popularity != nil }
    if !isKnown {
        for movie in catalog.movies {
            for person in movie.people.prefix(6) { films[person, default: 0] += 1 }
        }
    }
    let newest = catalog.movies.compactMap(\.year).max() ?? 0
    return catalog.movies.map { movie in
        if let popularity = movie.popularity { return Float(popularity) }
        let known = [
            movie.overview != nil, !movie.cast.isEmpty, !movie.genres.isEmpty, !movie.keywords.isEmpty,
            movie.runtime != nil, movie.imdbID != nil, movie.tmdbID != nil,
        ].count(where: \.self)
        let work = movie.people.prefix(6).map { films[$0] ?? 0 }.reduce(0, +)
        let age = movie.year.map { min(10, max(0, $0 - newest + 10)) } ?? 0
        return Float(known) / 24 + Float(min(work, 60)) / 1_000 + Float(age) / 100
    }
}
