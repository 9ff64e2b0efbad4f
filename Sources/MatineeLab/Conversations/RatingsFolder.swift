import Foundation
import Matinee
import MatineeFormats

/// A folder of ratings and which rows of a catalogue their films are: by IMDb or TMDB id, else by title and year.
struct RatingsFolder {
    let file: RatingsFile
    /// For each film of the ratings, its row in the catalogue.
    let rows: [Int?]

    /// - Parameter folder: what `matinee catalog import` made, or what it can import (a MovieLens folder).
    /// - Throws: ``FormatError``, ``CatalogError`` or ``RatingsFileError`` of that folder; ``EvaluationError`` where no
    ///   rated film is in the catalogue.
    init(_ folder: URL, catalog: Catalog) throws {
        let isImported = FileManager.default.fileExists(atPath: folder.appending(path: "ratings.npy").path)
        let scratch = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID().uuidString)")
        // What is mapped into memory stays readable without its name.
        defer { try? FileManager.default.removeItem(at: scratch) }
        if !isImported { _ = try CatalogImporter(map: ColumnMap([])).run(folder, into: scratch) }
        let source = isImported ? folder : scratch
        let rated = try Catalog(contentsOf: source.appending(path: "catalog.jsonl"))
        file = try RatingsFile(contentsOf: source.appending(path: "ratings.npy"), movies: rated.count)
        var known: [String: Int] = [:]
        for (row, movie) in catalog.movies.enumerated() {
            for key in Self.keys(movie) where known[key] == nil { known[key] = row }
        }
        rows = rated.movies.map { movie in Self.keys(movie).lazy.compactMap { known[$0] }.first }
        guard file.ratings.contains(where: { rows[Int($0.movie)] != nil }) else {
            throw EvaluationError(
                "No film rated in \(folder.path) is in the catalogue: they are joined by imdb_id, tmdb_id, or title and year."
            )
        }
    }

    private static func keys(_ movie: Movie) -> [String] {
        [
            movie.imdbID, movie.tmdbID.map { "tmdb \($0)" },
            movie.year.map { "\(folded(movie.title)) \($0)" },
        ].compactMap(\.self)
    }
}
