import Foundation
import Matinee
import MatineeTesting

extension TemporaryFolder {
    /// Writes `ratings.npy`: of each user the movies and ratings, a second apart.
    func ratings(_ users: [[(movie: Int, rating: Float)]]) throws -> URL {
        let records = users.enumerated().flatMap { user, ratings in
            ratings.enumerated().map { time, rated in
                RatingsFile.Rating(
                    user: UInt32(user),
                    movie: UInt32(rated.movie),
                    rating: rated.rating,
                    time: UInt32(time)
                )
            }
        }
        var data = NumPyHeader(description: RatingsFile.fields, shape: [records.count]).bytes
        records.withUnsafeBytes { data.append(contentsOf: $0) }
        let file = url.appending(path: "ratings.npy")
        try data.write(to: file)
        return file
    }
}
