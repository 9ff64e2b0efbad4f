/// Predicts ratings by offsets and latent factors; a user is placed by their history alone, which takes microseconds.
public struct FactorModel: PreferenceModel {
    public let name = "factors"

    /// μ, the mean of all ratings.
    package var mean: Float

    /// The variance of a rating around what users and movies explain.
    package var noise: Float

    /// The prior variance of users' numbers, whose prior mean is 0.
    package var userVariances: [Float]

    /// A row for every movie of the catalogue.
    package var movies: Factors

    /// Fitted on ratings held out of the training: `rating = intercept + slope · raw`, and what deviations are
    /// multiplied by.
    package struct Calibration: Sendable, Equatable, Codable {
        package var intercept: Float = 0
        package var slope: Float = 1
        package var deviation: Float = 1

        package init() {}
    }

    package var calibration = Calibration()

    /// Only so many of the latest ratings count.
    package static let longestHistory = 5_000

    package init(mean: Float, noise: Float, userVariances: [Float], movies: Factors) {
        (self.mean, self.noise, self.userVariances, self.movies) = (mean, noise, userVariances, movies)
    }

    /// The posterior of a user, as in the training.
    package func user(_ history: some Sequence<(row: Int, rating: Float)>) -> (
        mean: [Double], covariance: [Double]
    ) {
        let zeros = repeatElement(Float(0), count: userVariances.count)
        var posterior = Posterior(means: zeros, variances: userVariances, noise: noise)
        for (row, rating) in history { posterior.add(rating - mean, movies, at: row) }
        return posterior.solved()
    }

    public func prediction(for history: [(row: Int, rating: Float)], rows: [Int]) -> [Prediction] {
        let user = user(cleaned(history))
        return rows.map { row in
            guard (0..<movies.count).contains(row) else { return Prediction(rating: 3, deviation: 2) }
            let raw = raw(user, row)
            return Prediction(
                rating: min(5, max(1, calibration.intercept + calibration.slope * raw.mean)),
                deviation: calibration.deviation * raw.variance.squareRoot()
            )
        }
    }

    /// The mean and variance of a rating, not calibrated.
    package func raw(_ user: (mean: [Double], covariance: [Double]), _ row: Int) -> (
        mean: Float, variance: Float
    ) {
        let count = movies.dimension, start = row * count
        var mean = Double(self.mean + movies.means[start]), variance = Double(noise + movies.variances[start])
        for i in 0..<count {
            let input = i == 0 ? 1 : Double(movies.means[start + i])
            let spread = i == 0 ? 0 : Double(movies.variances[start + i])
            mean += input * user.mean[i]
            variance += spread * (user.mean[i] * user.mean[i] + user.covariance[i * count + i])
            for j in 0..<count {
                variance +=
                    input * user.covariance[i * count + j] * (j == 0 ? 1 : Double(movies.means[start + j]))
            }
        }
        return (Float(mean), Float(variance))
    }

    private func cleaned(_ history: [(row: Int, rating: Float)]) -> [(row: Int, rating: Float)] {
        var last: [Int: Int] = [:]
        for (place, rated) in history.enumerated()
        where (0..<movies.count).contains(rated.row) && rated.rating.isFinite {
            last[rated.row] = place
        }
        return last.values.sorted().suffix(Self.longestHistory).map {
            (history[$0].row, min(5, max(0.5, history[$0].rating)))
        }
    }
}
