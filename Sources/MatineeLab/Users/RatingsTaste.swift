package import Matinee

/// A user's taste from ratings: `u = normalise(L - β·D)`, where L is the mean of the films they liked and D that of the
/// films they disliked, each weighted by how far the rating is from the user's own middle (Rocchio 1971).
///
/// The middle is `c = (Σr + k·m) / (n + k)`, the mean of a user's n ratings r drawn towards the mean m of all ratings
/// (damping, as in LensKit's bias model): a user who gives nothing but fives likes films too. A film is liked where
/// `r > c`. A user who liked fewer than three films has no taste.
package struct RatingsTaste: Sendable {
    /// k: how many ratings of m are added.
    package var damping = 5.0
    /// β.
    package var dislikeWeight: Float = 0.3
    package var leastLiked = 3

    package init() {}

    /// The user's middle.
    /// - Parameter mean: the mean of all users' ratings.
    package func centre(of ratings: some Sequence<RatingsFile.Rating>, mean: Double) -> Float {
        var sum = damping * mean, count = damping
        for rating in ratings {
            sum += Double(rating.rating)
            count += 1
        }
        return Float(sum / count)
    }

    /// Writes the taste to `vector`, which holds zeros; it is of length 1 then, or still zeros where the films cancel
    /// each other out.
    ///
    /// - Parameters:
    ///   - ratings: of rows of `movies`.
    ///   - centre: the user's middle.
    ///   - vector: room for as many numbers as a movie has.
    package func write(
        _ ratings: some Collection<RatingsFile.Rating>,
        centre: Float,
        movies: EmbeddingMatrix,
        to vector: UnsafeMutableBufferPointer<Float>
    ) {
        var liked: Float = 0, disliked: Float = 0
        for rating in ratings {
            liked += max(rating.rating - centre, 0)
            disliked += max(centre - rating.rating, 0)
        }
        for rating in ratings where rating.rating != centre {
            let distance = rating.rating - centre
            let weight = distance > 0 ? distance / liked : dislikeWeight * distance / disliked
            add(movies.view(Int(rating.movie)), times: weight, to: vector)
        }
        normalise(vector)
    }

    private func add(
        _ row: UnsafeBufferPointer<Float>,
        times weight: Float,
        to vector: UnsafeMutableBufferPointer<Float>
    ) {
        for i in 0..<vector.count { vector[i] += weight * row[i] }
    }

    private func normalise(_ vector: UnsafeMutableBufferPointer<Float>) {
        let squares = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard squares.isFinite, squares > 1e-24 else { return }
        let factor = Float(1 / squares.squareRoot())
        for i in 0..<vector.count { vector[i] *= factor }
    }
}
