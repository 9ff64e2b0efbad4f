import Foundation
import Matinee

/// One import on its way.
struct ImportJob {
    let map: ColumnMap
    let maxBad: Double
    let progress: @Sendable (String, Int, Int) -> Void
    /// Where files are written.
    let draft: URL

    var report = ImportReport()
    private var movies: [Movie] = []
    private var columns: Set<String> = []
    private var users: [String]?

    init(
        map: ColumnMap,
        maxBad: Double,
        progress: @escaping @Sendable (String, Int, Int) -> Void,
        draft: URL
    ) {
        (self.map, self.maxBad, self.progress, self.draft) = (map, maxBad, progress, draft)
    }

    /// A file and what it holds.
    private typealias Found = (file: SourceFiles.File, kind: FileKind)

    /// Reads the films of a source, and all it knows of them.
    mutating func readSource(_ source: SourceFiles) throws {
        let found = try recognised(source)
        if let films = largest(.movies, found), map.columns.isEmpty {
            try readMovieLens(films, found)
        } else if let films = found.filter({ $0.kind.content == .rows || $0.kind.content == .objects })
            .max(by: { fields($0) < fields($1) })
        {
            try readRows(films)
            for other in found
            where other.file.name != films.file.name && other.kind.content == films.kind.content {
                try join(other)
            }
        } else {
            throw FormatError.noMovies(source.name)
        }
        if movies.isEmpty { throw FormatError.noMovies(source.name) }
    }

    /// How many fields of a catalogue row a file has.
    private func fields(_ found: Found) -> Int { map.fields(of: Set(found.kind.columns.keys)).count }

    private func recognised(_ source: SourceFiles) throws -> [Found] {
        try source.files.compactMap { file in
            let start = try file.stream().prefix(min(file.size, RecordReader.longest))
            return FileKind(start, mapped: map.columns).map { (file, $0) }
        }
    }

    /// The largest file that holds it: 100k has its ratings once whole and several times in parts.
    private func largest(_ content: FileKind.Content, _ found: [Found]) -> Found? {
        found.filter { $0.kind.content == content }.max { $0.file.size < $1.file.size }
    }

    private func stream(_ file: SourceFiles.File) throws -> ByteStream {
        let (name, size, progress) = (file.name, file.size, progress)
        return try file.stream().reporting { progress(name, min($0, size), size) }
    }

    /// Opens a table, reads it, and stops where too much of it is malformed.
    private mutating func read(_ found: Found, _ body: (Table) throws -> Void) throws {
        let table = try Table(name: found.file.name, kind: found.kind, stream: stream(found.file))
        try body(table)
        try close(found.file.name, table.tally)
    }

    private mutating func close(_ name: String, _ tally: Tally) throws {
        try tally.check(name, share: maxBad)
        report.files.append(.init(name, tally))
    }
}

extension ImportJob {
    private mutating func readMovieLens(_ films: Found, _ found: [Found]) throws {
        var list = MovieLensMovies(), tags = TagCounter(), genome = TagGenome()
        try read(films) { try list.readMovies($0) }
        if let links = largest(.links, found) { try read(links) { try list.readLinks($0) } }
        if let file = largest(.tags, found) { try read(file) { try tags.read($0, list.ids) } }
        if let names = largest(.genomeTags, found), let scores = largest(.genomeScores, found) {
            try read(names) { try genome.readTags($0) }
            try read(scores) { try genome.readScores($0, list.ids) }
        }
        for keywords in [genome.keywords(), tags.keywords()] {
            for (row, names) in keywords {
                list.movies[row].keywords = unique(list.movies[row].keywords + names)
            }
        }
        if let ratings = largest(.ratings, found) { try readRatings(ratings, &list) }
        movies = list.movies
    }

    private mutating func readRatings(_ found: Found, _ list: inout MovieLensMovies) throws {
        let writer = try RatingsWriter(draft.appending(path: ImportFolder.ratingsFile)), ids = list.ids
        var reader = RatingsReader(movies: list.movies.count)
        try read(found) { try reader.read($0, ids, writer) }
        report.ratings = try writer.finish()
        report.users = reader.users.count
        users = reader.users.ids
        for (row, popularity) in RatingsReader.popularity(reader.counts).enumerated() {
            list.movies[row].popularity = popularity
        }
    }

    /// Reads a file of films with columns of any names.
    private mutating func readRows(_ found: Found) throws {
        var tally = Tally(), ids: Set<String> = [], votes: [Int] = []
        let rows = RowReader(found.kind, map)
        let seen = try rows.forEach(stream(found.file), &tally) { row in
            var movie = row.movie
            movie.id = printable(movie.id)
            if movie.id.isEmpty { movie.id = Self.id(movie, ids) }
            guard ids.insert(movie.id).inserted else { return "its id is also in an earlier line" }
            movies.append(movie)
            votes.append(row.votes ?? 0)
            return nil
        }
        columns.formUnion(seen)
        try close(found.file.name, tally)
        guard votes.contains(where: { $0 > 0 }) else { return }
        for (row, popularity) in RatingsReader.popularity(votes.map { max(0, $0) }).enumerated() {
            movies[row].popularity = popularity
        }
    }

    /// An id for a film that has none: its title and year, numbered where that is taken.
    private static func id(_ movie: Movie, _ taken: Set<String>) -> String {
        let words = folded(movie.title) + (movie.year.map { " \($0)" } ?? "")
        let id = words.isEmpty ? "film" : words.replacing(" ", with: "-")
        guard taken.contains(id) else { return id }
        return (2...).lazy.map { "\(id)-\($0)" }.first { !taken.contains($0) } ?? id
    }

    /// Joins what other sources know to the films.
    mutating func join(_ sources: [SourceFiles]) throws {
        var all: [Found] = []
        for source in sources {
            let found = try recognised(source).filter { [.rows, .objects].contains($0.kind.content) }
            if found.isEmpty { throw FormatError.unknownFile(source.name) }
            all += found
        }
        // Files with more fields first: TMDB's credits can be joined by the ids that its films bring.
        for found in all.sorted(by: { fields($0) > fields($1) }) { try join(found) }
        let generic = columns.union(all.flatMap(\.kind.columns.keys))
        try map.check(against: generic)
    }

    private mutating func join(_ found: Found) throws {
        var tally = Tally(), joiner = MetadataJoiner(movies)
        let seen = try RowReader(found.kind, map).forEach(stream(found.file), &tally) { row in
            joiner.take(row.movie)
            return nil
        }
        columns.formUnion(seen)
        try close(found.file.name, tally)
        var joined = joiner.finish()
        joined.name = found.file.name
        report.metadata.append(joined)
        movies = joiner.movies
    }
}

extension ImportJob {
    /// Writes all files but the ratings, and the report.
    mutating func write() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let catalog = try OutputFile(draft.appending(path: ImportFolder.catalogFile))
        for var movie in movies {
            movie.keywords = MetadataJoiner.keywords(of: movie)
            report.withOverview += movie.overview == nil ? 0 : 1
            report.withKeywords += movie.keywords.isEmpty ? 0 : 1
            try catalog.write(encoder.encode(movie) + Data("\n".utf8))
        }
        report.movies = movies.count
        try catalog.synchronize()
        if let users {
            let file = try OutputFile(draft.appending(path: ImportFolder.usersFile))
            for user in users { try file.write(encoder.encode(["id": user]) + Data("\n".utf8)) }
            try file.synchronize()
        }
        let file = try OutputFile(draft.appending(path: ImportFolder.reportFile))
        encoder.outputFormatting.insert(.prettyPrinted)
        try file.write(encoder.encode(report) + Data("\n".utf8))
        try file.synchronize()
    }
}
