package import Matinee

/// What TMDB knows of a film, as far as a catalogue row has a place for it.
package struct TMDBFacts: Codable, Sendable, Equatable {
    package var id: Int
    var overview: String?
    var keywords: [String]
    var cast: [String]
    var directors: [String]
    var runtime: Int?
    var certificate: String?
    var languages: [String]
    var countries: [String]
    /// The file of the poster, such as `/abc.jpg`.
    var posterPath: String?

    /// Whether a row lacks something that TMDB may know.
    static func areWanted(by movie: Movie) -> Bool {
        movie.overview == nil || movie.runtime == nil || movie.certificate == nil
            || [movie.keywords, movie.cast, movie.directors, movie.languages, movie.countries]
                .contains { $0.isEmpty }
    }

    /// The row with what it lacked; nothing that it had is changed.
    package func filling(_ movie: Movie) -> Movie {
        func first(_ one: [String], _ other: [String]) -> [String] { one.isEmpty ? other : one }
        var movie = movie
        movie.tmdbID = movie.tmdbID ?? id
        movie.overview = movie.overview ?? overview
        movie.runtime = movie.runtime ?? runtime
        movie.certificate = movie.certificate ?? certificate
        movie.keywords = first(movie.keywords, keywords)
        movie.cast = first(movie.cast, cast)
        movie.directors = first(movie.directors, directors)
        movie.languages = first(movie.languages, languages)
        movie.countries = first(movie.countries, countries)
        return movie
    }
}
