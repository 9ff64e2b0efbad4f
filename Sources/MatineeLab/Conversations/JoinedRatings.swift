package import Foundation
package import Matinee

/// Ratings of another source, joined to a catalogue.
package struct JoinedRatings: Sendable {
    /// The rows that each user rates at their own middle or above.
    package var liked: [[Int]]
    /// How many rated each row.
    package var counts: [Int32]

    /// - Throws: What ``RatingsFolder`` throws.
    package init(folder: URL, catalog: Catalog) throws {
        let ratings = try RatingsFolder(folder, catalog: catalog)
        counts = Array(repeating: 0, count: catalog.count)
        for rating in ratings.file.ratings {
            if let row = ratings.rows[Int(rating.movie)] { counts[row] += 1 }
        }
        liked = PositiveHistories(ratings.file).map { $0.compactMap { ratings.rows[$0] } }
    }
}
