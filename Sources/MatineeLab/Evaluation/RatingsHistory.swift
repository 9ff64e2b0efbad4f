package import Matinee

/// A user's ratings, the last of which are held back.
package struct RatingsHistory: Sendable {
    /// Oldest first; what a recommender may know.
    package var known: [(row: Int, rating: Float)]

    /// The film that comes next; it is not among the known ones.
    package var next: Int

    /// Each user's ratings without the last `held` films; a film that was rated again counts where it was last rated.
    /// Users with fewer than three films left are passed over.
    package static func split(_ users: [[RatingsFile.Rating]], held: Int) -> [RatingsHistory] {
        users.compactMap { ratings in
            var last: [UInt32: Int] = [:]
            for (place, rating) in ratings.enumerated() { last[rating.movie] = place }
            let films = last.values.sorted().map { (row: Int(ratings[$0].movie), rating: ratings[$0].rating) }
            guard films.count >= held + 3 else { return nil }
            let cut = films.count - held
            return RatingsHistory(known: Array(films[..<cut]), next: films[cut].row)
        }
    }

    /// The ratings of users one after the other.
    package static func ratings(_ histories: [RatingsHistory]) -> [RatingsFile.Rating] {
        histories.enumerated().flatMap { user, history in
            history.known.enumerated().map { time, rated in
                .init(user: UInt32(user), movie: UInt32(rated.row), rating: rated.rating, time: UInt32(time))
            }
        }
    }
}
