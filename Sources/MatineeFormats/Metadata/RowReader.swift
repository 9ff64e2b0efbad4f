import Foundation
import Matinee

/// Makes catalogue rows of the rows and objects of other sources.
package struct RowReader {
    /// A film as a source has it.
    struct Row {
        var movie: Movie
        /// How many people voted, where the source says.
        var votes: Int?
    }

    private let kind: FileKind
    private let map: ColumnMap

    /// How many actors are taken: the leading ones.
    static let longestCast = 10

    init(_ kind: FileKind, _ map: ColumnMap) { (self.kind, self.map) = (kind, map) }

    /// Reads all rows and counts them.
    /// - Parameter body: takes a film; returns what is wrong with it, or `nil`.
    /// - Returns: the columns that the file has.
    func forEach(_ stream: ByteStream, _ tally: inout Tally, _ body: (Row) throws -> String?) throws -> Set<
        String
    > {
        var seen: Set<String> = []
        func take(_ values: [String: Any]) throws -> String? {
            guard let row = row(values, map.fields(of: Set(values.keys))) else { return "it has no title" }
            return try body(row)
        }
        guard kind.content == .objects else {
            try forEachRecord(stream, &tally, take)
            return Set(kind.columns.keys)
        }
        try JSONRows(stream, isArray: kind.isArray).forEach(&tally) { object in
            let pairs = object.map { (FileKind.plain($0), $1) }
            seen.formUnion(pairs.map(\.0))
            return try take(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        }
        return seen
    }

    private func forEachRecord(
        _ stream: ByteStream,
        _ tally: inout Tally,
        _ body: ([String: Any]) throws -> String?
    )
        throws
    {
        let reader = RecordReader(stream, kind.separation), most = kind.columns.values.max() ?? 0
        if kind.hasHeader { _ = try reader.next() }
        try reader.forEach(&tally) { record in
            guard record.count > most else {
                return "it has \(record.count) fields, but the first line has more"
            }
            return try body(kind.columns.mapValues { record.text($0) })
        }
    }

    private func row(_ values: [String: Any], _ columns: [Field: String]) -> Row? {
        func value(_ field: Field) -> Any? { columns[field].flatMap { values[$0] } }
        let written = Values.text(value(.title)), year = Values.year(value(.year))
        // A year in the title is only believed where the title is all there is.
        let parsed = year == nil ? TitleParser(written) : nil
        let title = parsed?.title ?? TitleParser.inReadingOrder(printable(written))
        guard !title.isEmpty else { return nil }
        var movie = Movie(id: Values.text(value(.id)), title: title)
        movie.year = year ?? parsed?.year
        let others = (parsed?.aliases ?? []) + Values.list(value(.aliases)).map(TitleParser.inReadingOrder)
        movie.aliases = unique(others.filter { folded($0) != folded(title) })
        (movie.genres, movie.keywords) = Values.genres(Values.list(value(.genres)))
        movie.keywords = unique(movie.keywords + Values.list(value(.keywords)).map { $0.lowercased() })
        movie.directors = unique(Values.directors(value(.directors)))
        movie.cast = Array(unique(Values.list(value(.cast))).prefix(Self.longestCast))
        movie.languages = unique(Values.list(value(.languages)).compactMap(Place.languageCode))
        movie.countries = unique(Values.list(value(.countries)).compactMap(Place.countryCode))
        fillNumbers(&movie, value)
        return Row(movie: movie, votes: Values.number(value(.votes)))
    }

    private func fillNumbers(_ movie: inout Movie, _ value: (Field) -> Any?) {
        let overview = printable(Values.text(value(.overview)))
        movie.overview = overview.isEmpty ? nil : overview
        movie.runtime = Values.number(value(.runtime)).flatMap { (1...1_000).contains($0) ? $0 : nil }
        let certificate = Values.text(value(.certificate)).uppercased()
        movie.certificate = ["G", "PG", "PG-13", "R", "NC-17", "NR"].first { $0 == certificate }
        // Beside a number of votes stands a popularity of another scale (TMDB's).
        let isOurs = Values.number(value(.votes)) == nil
        movie.popularity = Double(Values.text(value(.popularity))).flatMap {
            isOurs && (0...1).contains($0) ? $0 : nil
        }
        movie.imdbID = Values.imdbID(Values.text(value(.imdbID)))
        movie.tmdbID = Values.number(value(.tmdbID)).flatMap { $0 > 0 ? $0 : nil }
    }
}

/// The values without those that came before, case and accents aside.
func unique(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.map(printable).filter { !$0.isEmpty && seen.insert(folded($0)).inserted }
}
