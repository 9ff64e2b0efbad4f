import Matinee

/// Joins what other sources know to the films of a catalogue: by IMDb or TMDB id, else by title and year.
struct MetadataJoiner {
    private(set) var movies: [Movie]
    private var byIMDb: [String: [Int]] = [:]
    private var byTMDB: [Int: [Int]] = [:]
    /// By folded title or alias.
    private var byTitle: [String: [Int]] = [:]

    /// How many keywords a film may have.
    static let mostKeywords = 20

    /// How well a row fits a film: the higher the better.
    private enum Fit: Int { case nearYear, year, id }

    /// The row that fits a film best so far, and how many fit it as well.
    private struct Candidate {
        var fit: Fit
        var movie: Movie
        var rows = 1
    }

    private var candidates: [Int: Candidate] = [:]
    private var counts = ImportReport.Joined()

    init(_ movies: [Movie]) {
        self.movies = movies
        for (row, movie) in movies.enumerated() {
            if let id = movie.imdbID { byIMDb[id, default: []].append(row) }
            if let id = movie.tmdbID { byTMDB[id, default: []].append(row) }
            for title in Set(([movie.title] + movie.aliases).map(folded)) where !title.isEmpty {
                byTitle[title, default: []].append(row)
            }
        }
    }

    /// Takes a row of the file that is being read.
    mutating func take(_ movie: Movie) {
        counts.rows += 1
        let (fit, rows) = films(for: movie)
        guard let fit else { return counts.unmatched += 1 }
        guard rows.count == 1, let row = rows.first else { return counts.ambiguous += 1 }
        guard let other = candidates[row] else { return candidates[row] = Candidate(fit: fit, movie: movie) }
        if fit.rawValue > other.fit.rawValue {
            counts.unmatched += other.rows
            candidates[row] = Candidate(fit: fit, movie: movie)
        } else if fit == other.fit, fit != .id {
            candidates[row]?.rows += 1
        } else {
            counts.unmatched += 1
        }
    }

    /// The films that a row fits best.
    private func films(for movie: Movie) -> (Fit?, [Int]) {
        let byID = movie.imdbID.flatMap { byIMDb[$0] } ?? movie.tmdbID.flatMap { byTMDB[$0] } ?? []
        if !byID.isEmpty { return (.id, byID) }
        guard let year = movie.year else { return (nil, []) }
        let titles = Set(([movie.title] + movie.aliases).map(folded))
        let named = Set(titles.flatMap { byTitle[$0] ?? [] }).filter { !contradicts(movies[$0], movie) }
        for (fit, distance) in [(Fit.year, 0), (.nearYear, 1)] {
            let found = named.filter { movies[$0].year.map { abs($0 - year) <= distance } ?? false }
            if !found.isEmpty { return (fit, found.sorted()) }
        }
        return (nil, [])
    }

    /// Whether two rows have ids of the same kind that differ.
    private func contradicts(_ a: Movie, _ b: Movie) -> Bool {
        if let id = a.imdbID, let other = b.imdbID { return id != other }
        if let id = a.tmdbID, let other = b.tmdbID { return id != other }
        return false
    }

    /// Joins what was taken, at the end of a file.
    mutating func finish() -> ImportReport.Joined {
        for (row, candidate) in candidates {
            guard candidate.rows == 1 else {
                counts.ambiguous += candidate.rows
                continue
            }
            if candidate.fit == .id { counts.byID += 1 } else { counts.byTitle += 1 }
            if movies[row].overview == nil, candidate.movie.overview != nil { counts.overviews += 1 }
            fill(row, candidate.movie)
        }
        defer { (candidates, counts) = ([:], .init()) }
        return counts
    }

    /// Takes over what the film lacks, ids too, so that later files can be joined by them.
    private mutating func fill(_ row: Int, _ other: Movie) {
        var movie = movies[row]
        if movie.imdbID == nil, let id = other.imdbID { byIMDb[id, default: []].append(row) }
        if movie.tmdbID == nil, let id = other.tmdbID { byTMDB[id, default: []].append(row) }
        movie.imdbID = movie.imdbID ?? other.imdbID
        movie.tmdbID = movie.tmdbID ?? other.tmdbID
        movie.year = movie.year ?? other.year
        movie.overview = movie.overview ?? other.overview
        movie.runtime = movie.runtime ?? other.runtime
        movie.certificate = movie.certificate ?? other.certificate
        movie.popularity = movie.popularity ?? other.popularity
        for list in [\Movie.genres, \.directors, \.cast, \.languages, \.countries]
        where movie[keyPath: list].isEmpty {
            movie[keyPath: list] = other[keyPath: list]
        }
        let titles = unique(movie.aliases + [other.title] + other.aliases)
        movie.aliases = titles.filter { folded($0) != folded(movie.title) }
        movie.keywords = unique(movie.keywords + other.keywords)
        movies[row] = movie
    }

    /// The keywords that say something about the film which its other fields do not, at most ``mostKeywords``.
    static func keywords(of movie: Movie) -> [String] {
        let known = Set((movie.people + movie.genres + [movie.title]).map(folded))
        let others = unique(movie.keywords).filter {
            !known.contains(folded($0)) && !Genre.all.contains(Genre.canonical($0))
        }
        return Array(others.prefix(mostKeywords))
    }
}
