package import Foundation
import Matinee

/// Makes a dataset of imported ratings, so that the whole way can be gone without anybody's export.
package struct RatingsDataset {
    private let imported: ImportedRatings
    private let catalog: Catalog
    private let users: RatingUsers

    /// - Parameter folder: what `matinee catalog import` made.
    /// - Throws: ``RatingsFileError``, ``CatalogError``.
    package init(folder: URL) throws {
        let file = folder.appending(path: "catalog.jsonl"), ratings = folder.appending(path: "ratings.npy")
        imported = try ImportedRatings(folder: folder, catalog: file)
        catalog = try Catalog(contentsOf: file)
        users = try RatingUsers(besides: ratings, count: imported.file.users)
    }

    /// Gives each user as a member, with a pseudonym.
    /// - Returns: how many members and ratings there are.
    package func write(to writer: LineWriter, _ pseudonyms: Pseudonyms) throws -> (members: Int, films: Int) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var members = 0
        for ratings in imported.ratings.chunked {
            let films = ratings.map { rating in
                let movie = catalog[Int(rating.movie)]
                return DatasetMember.Film(
                    id: movie.id,
                    title: movie.title,
                    year: movie.year,
                    rating: Double(rating.rating),
                    time: rating.time == 0 ? nil : Int(rating.time)
                )
            }
            let name = pseudonyms.pseudonym(of: "movielens \(users[Int(ratings[0].user)])")
            try writer.write(encoder.encode(DatasetMember(member: name, source: "movielens", films: films)))
            members += 1
        }
        return (members, imported.ratings.count)
    }
}
