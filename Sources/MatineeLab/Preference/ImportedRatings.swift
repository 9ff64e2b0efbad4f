package import Foundation
package import Matinee

/// The ratings of an imported folder, of the catalogue that lies beside them.
package struct ImportedRatings {
    package let file: RatingsFile

    /// User after user, in the order of time, on a scale of 0.5...5.
    package let ratings: [RatingsFile.Rating]

    /// - Parameters:
    ///   - folder: what `matinee catalog import` made.
    ///   - catalog: the catalogue in use, whose rows the ratings must count.
    /// - Throws: ``RatingsFileError`` where they are missing, damaged, of another catalogue or scale; ``CatalogError``.
    package init(folder: URL, catalog: URL) throws {
        let url = folder.appending(path: "ratings.npy"), own = folder.appending(path: "catalog.jsonl")
        guard try Catalog.checksum(of: own) == Catalog.checksum(of: catalog) else {
            throw RatingsFileError.damaged(
                url,
                "they are of the catalogue \(own.path), so name that with --catalog"
            )
        }
        try self.init(RatingsFile(contentsOf: url, movies: Catalog(contentsOf: catalog).count), url)
    }

    package init(_ file: RatingsFile, _ url: URL) throws {
        self.file = file
        let bounds = file.ratings.reduce((Float.infinity, -Float.infinity)) {
            (min($0.0, $1.rating), max($0.1, $1.rating))
        }
        guard file.count > 0, bounds.0 >= 0, bounds.1 <= 10 else {
            throw RatingsFileError.damaged(
                url,
                "there are no ratings, or they are not on a scale up to 5 or 10"
            )
        }
        // Scales of ten steps (IMDb, Trakt) are halved.
        let factor: Float = bounds.1 > 5 ? 0.5 : 1
        ratings = file.ratings.map {
            RatingsFile.Rating(user: $0.user, movie: $0.movie, rating: factor * $0.rating, time: $0.time)
        }
    }
}
