package import Matinee

/// Trains a preference model and makes its ratings and deviations true on ratings that it has not seen.
package struct PreferenceCalibrator: Sendable {
    package var trainer = PreferenceTrainer()

    /// One rating of so many is held out, in turn by a seeded draw.
    package var share: UInt64 = 10

    package init() {}

    /// The model trained on all ratings, calibrated by one that was trained without a tenth of them.
    package func train(_ ratings: [RatingsFile.Rating], content: MovieContent)
        -> (result: PreferenceTrainer.Result, errors: RatingErrors)
    {
        let folds = ratings.indices.map { fold(of: $0, seed: trainer.seed, folds: share) }
        let kept = zip(ratings, folds).filter { $1 != 0 }.map(\.0)
        let held = zip(ratings, folds).filter { $1 == 0 }.map(\.0)
        let part = trainer.train(kept, content: content).model
        let pairs = raw(part, kept, held)
        var result = trainer.train(ratings, content: content)
        if let calibration = calibration(pairs) { result.model.calibration = calibration }
        let calibrated = result.model.calibration
        let errors = pairs.map { Double(calibrated.intercept + calibrated.slope * $0.mean - $0.rating) }
        return (result, RatingErrors(errors))
    }

    private typealias Pair = (mean: Float, variance: Float, rating: Float)

    private func raw(_ model: FactorModel, _ kept: [RatingsFile.Rating], _ held: [RatingsFile.Rating])
        -> [Pair]
    {
        let histories = Dictionary(grouping: kept, by: \.user)
        return Dictionary(grouping: held, by: \.user).sorted { $0.key < $1.key }.flatMap { user, held in
            let user = model.user((histories[user] ?? []).map { (Int($0.movie), $0.rating) })
            return held.map { rating -> Pair in
                let (mean, variance) = model.raw(user, Int(rating.movie))
                return (mean, variance, rating.rating)
            }
        }
    }

    /// Least squares, and the deviations' scale that makes the mean square of standardised errors 1.
    private func calibration(_ pairs: [Pair]) -> FactorModel.Calibration? {
        let count = Double(pairs.count)
        guard pairs.count >= 20 else { return nil }
        let x = pairs.reduce(0) { $0 + Double($1.mean) } / count,
            y = pairs.reduce(0) { $0 + Double($1.rating) } / count
        let covariance = pairs.reduce(0) { $0 + (Double($1.mean) - x) * (Double($1.rating) - y) }
        let variance = pairs.reduce(0) { $0 + (Double($1.mean) - x) * (Double($1.mean) - x) }
        guard variance > 1e-6, covariance > 0 else { return nil }
        var calibration = FactorModel.Calibration()
        calibration.slope = Float(min(2, max(0.5, covariance / variance)))
        calibration.intercept = Float(y) - calibration.slope * Float(x)
        let squares = pairs.reduce(0.0) { sum, pair in
            let error = calibration.intercept + calibration.slope * pair.mean - pair.rating
            return sum + Double(error * error / pair.variance)
        }
        calibration.deviation = Float(max(0.1, (squares / count).squareRoot()))
        return calibration
    }
}

/// Which part of a cross-validation a rating belongs to, 0..<folds: SplitMix64 of its place.
package func fold(of place: Int, seed: UInt64, folds: UInt64) -> UInt64 {
    var random = SeededGenerator(seed: seed &+ UInt64(place))
    return random.next() % folds
}

/// How far predicted ratings are from given ones.
package struct RatingErrors: Sendable, Equatable {
    package var count: Int
    package var rmse: Double
    package var mae: Double

    package init(_ errors: [Double]) {
        let count = Double(max(1, errors.count))
        self.count = errors.count
        rmse = (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
        mae = errors.reduce(0) { $0 + abs($1) } / count
    }
}
