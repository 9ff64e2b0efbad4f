/// A catalogue row: one movie, with what is known of it.
///
/// Only `id` and `title` are required; lists are empty and other fields `nil` where nothing is known.
public struct Movie: Sendable, Equatable, Identifiable, Codable {
    /// Unique in the catalogue.
    public var id: String
    public var title: String
    /// Other titles people use: the original one, abbreviations.
    public var aliases: [String]
    /// The year of the first release.
    public var year: Int?
    /// Names out of ``Genre/all``; other sources' names are mapped to these when read.
    public var genres: [String]
    public var directors: [String]
    /// The leading actors, most important first.
    public var cast: [String]
    /// Theme, mood, pace and setting.
    public var keywords: [String]
    public var overview: String?
    /// Minutes.
    public var runtime: Int?
    /// ISO 639-1 codes, lower case.
    public var languages: [String]
    /// ISO 3166-1 alpha-2 codes, upper case; SU, CS and YU for countries that are no more.
    public var countries: [String]
    /// The rating by the Motion Picture Association: G, PG, PG-13, R, NC-17 or NR.
    public var certificate: String?
    /// How commonly people name the movie, 0...1.
    public var popularity: Double?
    public var imdbID: String?
    public var tmdbID: Int?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, title, aliases, year, genres, directors, cast, keywords, overview, runtime, languages,
            countries
        case certificate, popularity
        case imdbID = "imdb_id"
        case tmdbID = "tmdb_id"
    }

    /// A movie of which nothing more is known.
    package init(id: String, title: String) {
        (self.id, self.title) = (id, title)
        (aliases, genres, directors, cast, keywords, languages, countries) = ([], [], [], [], [], [], [])
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        func list(_ key: CodingKeys) throws -> [String] {
            try (row.decodeIfPresent([String].self, forKey: key) ?? []).map(printable).filter { !$0.isEmpty }
        }
        func text(_ key: CodingKeys) throws -> String? {
            try row.decodeIfPresent(String.self, forKey: key).map(printable).flatMap { $0.isEmpty ? nil : $0 }
        }
        id = try row.decode(String.self, forKey: .id)
        title = try printable(row.decode(String.self, forKey: .title))
        aliases = try list(.aliases)
        year = try row.decodeIfPresent(Int.self, forKey: .year)
        genres = try list(.genres).map(Genre.canonical)
        directors = try list(.directors)
        cast = try list(.cast)
        keywords = try list(.keywords)
        overview = try text(.overview)
        runtime = try row.decodeIfPresent(Int.self, forKey: .runtime)
        languages = try list(.languages)
        countries = try list(.countries)
        certificate = try text(.certificate)
        popularity = try row.decodeIfPresent(Double.self, forKey: .popularity)
        imdbID = try text(.imdbID)
        tmdbID = try row.decodeIfPresent(Int.self, forKey: .tmdbID)
        guard !id.isEmpty, id == printable(id), !title.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .id,
                in: row,
                debugDescription: "id and title must hold printable text"
            )
        }
    }

    /// The movie with values that are out of their range drawn to its end.
    var bounded: Movie {
        var movie = self
        movie.popularity = popularity.map { min(1, max(0, $0)) }
        return movie
    }

    /// Everyone named: directors first, then cast.
    public var people: [String] { directors + cast }

    /// The title with its year, as movies are named to users: `Heat (1995)`.
    public var label: String { year.map { "\(title) (\($0))" } ?? title }

    /// The text that is embedded for the movie: what it is like, by `keywords, genres. overview`.
    ///
    /// Title and people are left out, since they draw in films with a word in common (`Heat`, `Body Heat`); wishes
    /// that name them are met by constraints. Only where there is nothing else do they stand for the movie.
    public var text: String {
        let like = (keywords + genres).joined(separator: ", ")
        let parts = [like.isEmpty ? "" : like + ".", overview ?? ""].filter { !$0.isEmpty }
        if overview != nil || !keywords.isEmpty { return parts.joined(separator: " ") }
        let people = people.isEmpty ? "" : people.joined(separator: ", ") + "."
        return ([title + "."] + parts + [people]).filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// The text on one line, without control and other invisible characters that could steer a terminal.
package func printable(_ text: String) -> String {
    if isPlain(text) { return text }
    let visible = text.unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: " "
        case .format where scalar != "\u{200D}": " "
        default: scalar
        }
    }
    return String(String.UnicodeScalarView(visible)).split(separator: " ").joined(separator: " ")
}

/// Whether a text is one of common letters and punctuation with single spaces between the words: nearly all are, and it
/// is soon seen.
private func isPlain(_ text: String) -> Bool {
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 33..<127, 0xA1..<0xAD, 0xAE..<0x250: break  // ASCII and Latin letters, without the soft hyphen
        case 0x2010...0x2027, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: break
        case 0x391...0x3A1, 0x3A3...0x3FF, 0x400...0x482: break  // Greek, Cyrillic
        case 32 where last != " ": break
        default: return false
        }
        last = scalar
    }
    return last != " "
}
