/// The fields that columns of other sources are mapped to: those of a catalogue row, and how many people voted.
package enum Field: String, CaseIterable, Sendable {
    case id, title, aliases, year, genres, directors, cast, keywords, overview, runtime, languages, countries
    case certificate, popularity, votes
    case imdbID = "imdb_id"
    case tmdbID = "tmdb_id"

    /// The names under which sources have the field, without case and punctuation; the first that a file has is taken.
    var names: [String] {
        let other: [String] =
            switch self {
            case .title: ["name", "movietitle", "primarytitle", "film"]
            case .aliases: ["originaltitle", "alsoknownas"]
            case .year: ["releaseyear", "startyear", "releasedate", "released"]
            case .genres: ["genre"]
            case .directors: ["director", "crew"]
            case .cast: ["actors", "stars"]
            case .keywords: ["tags", "plotkeywords"]
            case .overview: ["plot", "description", "synopsis", "summary", "extract"]
            case .runtime: ["runtimeminutes", "runtimemins", "duration"]
            case .languages: ["language", "originallanguage", "spokenlanguages"]
            case .countries: ["country", "productioncountries"]
            case .certificate: ["rated", "mpaarating", "contentrating"]
            case .votes: ["votecount", "numvotes", "imdbvotes"]
            case .imdbID: ["tconst", "const"]
            default: []
            }
        return [FileKind.plain(rawValue)] + other
    }
}
