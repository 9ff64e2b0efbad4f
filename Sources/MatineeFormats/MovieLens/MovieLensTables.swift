import Foundation
import Matinee

/// The films of a MovieLens data set, and the number of each by its id: the row in the catalogue.
struct MovieLensMovies {
    var movies: [Movie] = []
    private(set) var ids = IDTable()

    /// The genres of 100k, by the place of their flag.
    private static let flags = [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
        "Drama",
        "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War",
        "Western",
    ]

    /// Reads `movies.csv`, `movies.dat`, `u.item` or `ml-100k.item`.
    mutating func readMovies(_ table: Table) throws {
        let (id, title) = (table["movieid"], table["title"])
        let (genres, flags) = (table["genres"], table["flags"])
        let date = table["releaseyear"] ?? table["releasedate"]
        try table.forEach { record in
            let parsed = TitleParser(record.text(title))
            guard !parsed.title.isEmpty else { return "it has no title" }
            guard let id, let row = ids.number(adding: record[id]) else { return "it has no movieId" }
            guard row.isNew else { return "its movieId is also in an earlier line" }
            var movie = Movie(id: "ml-" + ids.ids[row.number], title: parsed.title)
            movie.aliases = parsed.aliases
            movie.year = parsed.year ?? Values.year(record.text(date))
            let names =
                flags.map { first in
                    zip(record.fields[first...], Self.flags).filter { $0.0.elementsEqual([49]) }.map(\.1)
                } ?? record.text(genres).split { $0 == "|" || table.hasTabs && $0 == " " }.map(String.init)
            (movie.genres, movie.keywords) = Values.genres(names)
            movies.append(movie)
            return nil
        }
    }

    static let isNoFilm = "its film is not in the list of films"

    /// Reads `links.csv`.
    mutating func readLinks(_ table: Table) throws {
        guard let id = table["movieid"], let imdb = table["imdbid"], let tmdb = table["tmdbid"] else {
            return
        }
        try table.forEach { record in
            guard let row = ids.number(of: record[id]) else { return Self.isNoFilm }
            movies[row].imdbID = Values.imdbID(record.text(imdb))
            movies[row].tmdbID = record[tmdb].wholeNumber
            return nil
        }
    }
}

/// A table of a source, opened, with the count of its rows.
final class Table {
    let name: String
    private(set) var tally = Tally()
    private let kind: FileKind
    private let stream: ByteStream

    init(name: String, kind: FileKind, stream: ByteStream) {
        (self.name, self.kind, self.stream) = (name, kind, stream)
    }

    /// The place of a column, by its name without case and punctuation.
    subscript(column: String) -> Int? { kind.columns[column] }

    /// Whether lists within fields are set apart by spaces, as recbole does in its tables with tabs.
    var hasTabs: Bool { kind.separation == .tabs }

    /// Reads all rows that have as many fields as there are columns.
    /// - Parameter body: takes a row; returns what is wrong with it, or `nil`.
    func forEach(_ body: (Record) throws -> String?) throws {
        let reader = RecordReader(stream, kind.separation)
        if kind.hasHeader { _ = try reader.next() }
        let most = kind.columns.values.max() ?? 0
        try reader.forEach(&tally) { $0.count > most ? try body($0) : "it has too few fields" }
    }
}
