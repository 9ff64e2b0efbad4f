package import Foundation
import Matinee

/// TMDB's details of a film with credits, keywords and release dates appended.
///
/// Source: https://developer.themoviedb.org/reference/movie-details, and the same for the appended parts.
struct TMDBReply: Decodable {
    /// Reads TMDB's names, such as `release_dates` and `iso_3166_1`.
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    struct Named: Decodable { var name: String? }
    struct Country: Decodable { var iso31661: String? }
    struct Actor: Decodable {
        var name: String?
        var order: Int?
    }
    struct Worker: Decodable {
        var name: String?
        var job: String?
    }
    struct Credits: Decodable {
        var cast: [Actor]?
        var crew: [Worker]?
    }
    struct Keywords: Decodable { var keywords: [Named]? }
    struct Release: Decodable {
        var certification: String?
        /// 1 premiere, 2 limited, 3 in cinemas, 4 digital, 5 on disc, 6 on television.
        var type: Int?
    }
    struct National: Decodable {
        var iso31661: String?
        var releaseDates: [Release]?
    }
    struct Releases: Decodable { var results: [National]? }

    var id: Int
    var overview: String?
    var runtime: Int?
    var originalLanguage: String?
    var productionCountries: [Country]?
    var credits: Credits?
    var keywords: Keywords?
    var releaseDates: Releases?
    var posterPath: String?

    /// The facts, cleaned: printable, of sensible length, and only values that a catalogue may hold.
    var facts: TMDBFacts {
        TMDBFacts(
            id: id,
            overview: texts([overview], longest: 5_000).first,
            keywords: Array(texts((keywords?.keywords ?? []).map(\.name), longest: 100).prefix(40)),
            cast: Array(texts(actors.map(\.name)).prefix(5)),
            directors: Array(texts(directors.map(\.name)).prefix(5)),
            runtime: runtime.flatMap { (1...1_000).contains($0) ? $0 : nil },
            certificate: certificate,
            languages: [originalLanguage ?? ""].filter {
                $0 != "xx" && $0.wholeMatch(of: /[a-z]{2,3}/) != nil
            },
            countries: countries,
            posterPath: posterPath.flatMap {
                $0.wholeMatch(of: /\/[A-Za-z0-9_-]{1,100}\.(jpg|png|webp)/) != nil ? $0 : nil
            }
        )
    }

    private var actors: [Actor] {
        (credits?.cast ?? []).sorted { ($0.order ?? .max) < ($1.order ?? .max) }
    }

    private var directors: [Worker] { (credits?.crew ?? []).filter { $0.job == "Director" } }

    /// The rating in the United States, of the release in cinemas where there is one.
    private var certificate: String? {
        let american = (releaseDates?.results ?? []).filter { $0.iso31661 == "US" }
            .flatMap { $0.releaseDates ?? [] }
        let known = american.filter { ["G", "PG", "PG-13", "R", "NC-17", "NR"].contains($0.certification) }
        return (known.first { $0.type == 3 } ?? known.first)?.certification
    }

    /// TMDB writes XC for Czechoslovakia, which catalogues call CS.
    private var countries: [String] {
        (productionCountries ?? []).compactMap(\.iso31661).map { $0 == "XC" ? "CS" : $0 }
            .filter { $0.wholeMatch(of: /[A-Z]{2}/) != nil }
    }

    /// Printable texts that are neither empty nor too long, each once.
    private func texts(_ raw: [String?], longest: Int = 200) -> [String] {
        var seen: Set<String> = []
        return raw.compactMap { $0.map(printable) }
            .filter { !$0.isEmpty && $0.count <= longest && seen.insert($0).inserted }
    }
}

extension TMDBFacts {
    /// Reads TMDB's details of a film.
    /// - Throws: `DecodingError` for what is not of the form that TMDB documents.
    package init(reply: Data) throws {
        self = try TMDBReply.decoder.decode(TMDBReply.self, from: reply).facts
    }
}

/// TMDB's answer to an IMDb id.
///
/// Source: https://developer.themoviedb.org/reference/find-by-id.
struct TMDBFinding: Decodable {
    struct Film: Decodable { var id: Int }
    var movieResults: [Film]
}
