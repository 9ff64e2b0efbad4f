package import Foundation
package import Matinee
import MatineeFormats

/// Ratings of another source, joined to a catalogue: by IMDb or TMDB id, else by title and year.
package struct JoinedRatings: Sendable {
    /// The rows that each user rates at their own middle or above.
    package var liked: [[Int]] = []
    /// How many rated each row.
    package var counts: [Int32]

    /// - Parameter folder: what `matinee catalog import` made, or what it can import (a MovieLens folder).
    /// - Throws: ``FormatError``, ``CatalogError`` or ``RatingsFileError`` of that folder; ``EvaluationError`` where no
    ///   rated film is in the catalogue.
    package init(folder: URL, catalog: Catalog) throws {
        counts = Array(repeating: 0, count: catalog.count)
        let isImported = FileManager.default.fileExists(atPath: folder.appending(path: "ratings.npy").path)
        let scratch = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        if !isImported { _ = try CatalogImporter(map: ColumnMap([])).run(folder, into: scratch) }
        try join(isImported ? folder : scratch, catalog)
        guard counts.contains(where: { $0 > 0 }) else {
            throw EvaluationError(
                "No film rated in \(folder.path) is in the catalogue: they are joined by imdb_id, tmdb_id, or title and year."
            )
        }
    }

    private mutating func join(_ folder: URL, _ catalog: Catalog) throws {
        let rated = try Catalog(contentsOf: folder.appending(path: "catalog.jsonl"))
        let file = try RatingsFile(contentsOf: folder.appending(path: "ratings.npy"), movies: rated.count)
        var rows: [String: Int] = [:]
        for (row, movie) in catalog.movies.enumerated() {
            for key in Self.keys(movie) where rows[key] == nil { rows[key] = row }
        }
        let joined = rated.movies.map { movie in Self.keys(movie).lazy.compactMap { rows[$0] }.first }
        for rating in file.ratings { if let row = joined[Int(rating.movie)] { counts[row] += 1 } }
        liked = PositiveHistories(file).map { $0.compactMap { joined[$0] } }
    }

    private static func keys(_ movie: Movie) -> [String] {
        [
            movie.imdbID, movie.tmdbID.map { "tmdb \($0)" },
            movie.year.map { "\(folded(movie.title)) \($0)" },
        ].compactMap(\.self)
    }
}
