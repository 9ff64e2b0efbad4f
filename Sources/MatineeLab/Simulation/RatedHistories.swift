package import Foundation
package import Matinee

/// What people rated, oldest first, each film once.
package struct RatedHistories: Sendable {
    package struct Rated: Sendable, Equatable {
        package var row: Int
        /// 0.5...5.
        package var rating: Float

        package init(row: Int, rating: Float) { (self.row, self.rating) = (row, rating) }
    }

    package var people: [[Rated]]
    /// Where they come from, for the report.
    package var source: String

    package init(_ people: [[Rated]], source: String) { (self.people, self.source) = (people, source) }

    /// Ratings of another source, joined to a catalogue; of a film rated again the last rating counts.
    /// - Throws: What ``RatingsFolder`` throws.
    package init(folder: URL, catalog: Catalog) throws {
        let ratings = try RatingsFolder(folder, catalog: catalog), file = ratings.file
        // Scales of ten steps are halved.
        let factor: Float = file.ratings.contains { $0.rating > 5 } ? 0.5 : 1
        people = (0..<file.users).map { user in
            var last: [Int: (place: Int, rating: Float)] = [:]
            for (place, rating) in file.ratings(of: user).enumerated() {
                if let row = ratings.rows[Int(rating.movie)] { last[row] = (place, factor * rating.rating) }
            }
            return last.sorted { $0.value.place < $1.value.place }.map {
                Rated(row: $0.key, rating: $0.value.rating)
            }
        }
        source = folder.lastPathComponent
    }
}
