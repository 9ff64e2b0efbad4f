import Matinee

/// Finds a film at TMDB by the ids of its row, and keeps every answer.
struct TMDBLookup: Sendable {
    enum Outcome: Sendable {
        case facts(TMDBFacts)
        case notFound
        case unreadable
        case failed(String)

        /// Where the poster lies, if there is one.
        var posterPath: String? { if case .facts(let facts) = self { facts.posterPath } else { nil } }

        func apply(to movie: inout Movie, _ report: inout TMDBEnricher.Report) {
            switch self {
            case .facts(let facts):
                let filled = facts.filling(movie)
                if filled != movie { report.filled += 1 }
                movie = filled
            case .notFound: report.notFound += 1
            case .unreadable: report.unreadable += 1
            case .failed: report.failed += 1
            }
        }
    }

    let client: TMDBClient
    let cache: TMDBCache

    /// A name for the film by its ids, or `nil`.
    static func name(of movie: Movie) -> String? { tmdbID(movie).map { "\($0)" } ?? imdbID(movie) }

    /// Whether a row has an id by which TMDB can know it.
    static func isKnowable(_ movie: Movie) -> Bool { name(of: movie) != nil }

    /// What was answered for a row before, or `nil` where something must be asked.
    static func kept(_ movie: Movie, in cache: TMDBCache) -> Outcome? {
        var id = tmdbID(movie)
        if id == nil, let imdbID = imdbID(movie) {
            guard let entry = cache.entry("imdb-\(imdbID)", of: Int.self) else { return nil }
            guard let found = entry.value else { return .notFound }
            id = found
        }
        guard let id, let entry = cache.entry("movie-\(id)", of: TMDBFacts.self) else { return nil }
        return entry.value.map { .facts($0) } ?? .notFound
    }

    /// Asks for a row's film.
    /// - Throws: ``TMDBError``, or `CancellationError`.
    func ask(_ movie: Movie) async throws -> Outcome {
        do {
            guard let id = try await id(of: movie) else { return .notFound }
            let facts = try await client.facts(id)
            try cache.keep(facts, as: "movie-\(id)")
            return facts.map { .facts($0) } ?? .notFound
        } catch TMDBClient.Trouble.unreadable { return .unreadable } catch TMDBClient.Trouble.failed(let why)
        {
            return .failed(why)
        }
    }

    private func id(of movie: Movie) async throws -> Int? {
        if let id = Self.tmdbID(movie) { return id }
        guard let imdbID = Self.imdbID(movie) else { return nil }
        if let entry = cache.entry("imdb-\(imdbID)", of: Int.self) { return entry.value }
        let found = try await client.id(of: imdbID)
        try cache.keep(found, as: "imdb-\(imdbID)")
        return found
    }

    private static func tmdbID(_ movie: Movie) -> Int? { movie.tmdbID.flatMap { $0 > 0 ? $0 : nil } }

    private static func imdbID(_ movie: Movie) -> String? {
        movie.imdbID.flatMap { $0.wholeMatch(of: /tt[0-9]{7,10}/) != nil ? $0 : nil }
    }
}
