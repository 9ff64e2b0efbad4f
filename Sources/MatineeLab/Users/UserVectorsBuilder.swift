import Dispatch
package import Matinee

/// Makes the vectors of users from their ratings, from what they wrote, or from both: `m·ratings + (1-m)·text`,
/// normalised, for users who have both.
package struct UserVectorsBuilder: Sendable {
    package var taste = RatingsTaste()

    /// m, 0...1.
    package var ratingsWeight: Float = 0.7

    package init() {}

    /// A user's ratings are of one who goes by this name in the messages.
    package typealias Name = @Sendable (_ user: Int) -> String

    /// - Parameters:
    ///   - ratings: of rows of `movies`; `nil` for none.
    ///   - name: the ids of the ratings' users.
    ///   - texts: the tastes of speakers by id; see ``SpeakerMessages/tastes(by:)``.
    ///   - messages: how many messages each speaker wrote.
    /// - Returns: the users with a taste: first those who rate, in their order, then those who only write, by id.
    package func build(
        ratings: RatingsFile?,
        name: Name,
        texts: [String: [Float]],
        messages: [String: Int],
        movies: EmbeddingMatrix
    ) -> UserVectors {
        let raters = raters(ratings, name, messages)
        let names = Set(raters.map(\.user.id))
        let writers = texts.keys.filter { !names.contains($0) }.sorted()
        let users = raters.map(\.user) + writers.map { .init(id: $0, messages: messages[$0, default: 0]) }
        let vectors = EmbeddingMatrix(count: users.count, dimension: movies.dimension) { numbers in
            // Safe without a lock: every row is written by one iteration alone.
            nonisolated(unsafe) let numbers = numbers
            inParts(users.count) { row in
                let vector = UnsafeMutableBufferPointer(
                    rebasing: numbers[row * movies.dimension..<(row + 1) * movies.dimension]
                )
                if let ratings, row < raters.count { write(raters[row], ratings, movies, to: vector) }
                if let text = texts[users[row].id] { mix(text, into: vector, isAlone: row >= raters.count) }
            }
        }
        return UserVectors(users: users, vectors: vectors)
    }

    /// A user who has a taste by ratings.
    private struct Rater {
        var number: Int
        var centre: Float
        var user: UserVectors.User
    }

    private func raters(_ ratings: RatingsFile?, _ name: Name, _ messages: [String: Int]) -> [Rater] {
        guard let ratings, ratings.count > 0 else { return [] }
        let mean = ratings.ratings.reduce(0.0) { $0 + Double($1.rating) } / Double(ratings.count)
        return (0..<ratings.users).compactMap { number in
            let own = ratings.ratings(of: number), centre = taste.centre(of: own, mean: mean)
            let liked = own.count { $0.rating > centre }
            guard liked >= taste.leastLiked else { return nil }
            let id = name(number)
            let user = UserVectors.User(
                id: id,
                ratings: own.count,
                liked: liked,
                messages: messages[id, default: 0]
            )
            return Rater(number: number, centre: centre, user: user)
        }
    }

    private func write(
        _ rater: Rater,
        _ ratings: RatingsFile,
        _ movies: EmbeddingMatrix,
        to vector: UnsafeMutableBufferPointer<Float>
    ) {
        taste.write(ratings.ratings(of: rater.number), centre: rater.centre, movies: movies, to: vector)
    }

    private func mix(_ text: [Float], into vector: UnsafeMutableBufferPointer<Float>, isAlone: Bool) {
        let weight = isAlone ? 0 : ratingsWeight
        let mixed = zip(vector, text).map { weight * $0 + (1 - weight) * $1 }
        _ = vector.update(from: normalised(mixed) ?? text)
    }

    /// Calls `body` for each of 0..<count, on all cores.
    private func inParts(_ count: Int, _ body: @Sendable (Int) -> Void) {
        let size = 1024
        DispatchQueue.concurrentPerform(iterations: (count + size - 1) / size) { part in
            for i in part * size..<min((part + 1) * size, count) { body(i) }
        }
    }
}
