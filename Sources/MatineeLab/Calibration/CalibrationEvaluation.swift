package import Matinee

/// Compares predicted ratings with those that people gave, in folds: no rating is predicted by a model that has seen it.
package struct CalibrationEvaluation: Sendable {
    private let content: MovieContent
    package var folds: UInt64 = 5
    package var seed: UInt64 = 1
    private static let bins = 10

    package init(_ artifacts: Artifacts) {
        content = MovieContent(
            artifacts.catalog.movies,
            vectors: artifacts.movies,
            length: artifacts.movies.dimension
        )
    }

    private struct Outcome {
        var user: UInt32
        /// All on 0...1.
        var predicted: Double
        var deviation: Double
        /// What the person's own mean predicts.
        var usual: Double
        var given: Double
    }

    /// - Parameter progress: called with how many of how many folds are done.
    /// - Throws: ``EvaluationError`` where there are too few ratings.
    package func report(_ histories: RatedHistories, progress: (Int, Int) -> Void = { _, _ in }) throws
        -> CalibrationReport
    {
        let ratings = histories.people.enumerated().flatMap { user, rated in
            rated.enumerated().map { place, rated in
                RatingsFile.Rating(
                    user: UInt32(user),
                    movie: UInt32(rated.row),
                    rating: rated.rating,
                    time: UInt32(place)
                )
            }
        }
        guard ratings.count >= 100 else {
            throw EvaluationError(
                "There are \(ratings.count) ratings of films in the catalogue, and 100 are needed. Name others with --ratings."
            )
        }
        let fold = ratings.indices.map { MatineeLab.fold(of: $0, seed: seed, folds: folds) }
        var outcomes: [Outcome] = []
        for number in 0..<folds {
            let kept = zip(ratings, fold).filter { $1 != number }.map(\.0)
            outcomes += self.outcomes(kept, held: zip(ratings, fold).filter { $1 == number }.map(\.0))
            progress(Int(number) + 1, Int(folds))
        }
        return report(outcomes, histories)
    }

    private func outcomes(_ kept: [RatingsFile.Rating], held: [RatingsFile.Rating]) -> [Outcome] {
        var calibrator = PreferenceCalibrator()
        calibrator.trainer.seed = seed
        let model = calibrator.train(kept, content: content).result.model
        let known = Dictionary(grouping: kept, by: \.user), middle = kept.map { share($0.rating) }.mean
        return Dictionary(grouping: held, by: \.user).sorted { $0.key < $1.key }.flatMap { user, held in
            let own = known[user] ?? []
            let predicted = model.prediction(
                for: own.map { (row: Int($0.movie), rating: $0.rating) },
                rows: held.map { Int($0.movie) }
            )
            let usual = own.isEmpty ? middle : own.map { share($0.rating) }.mean
            return zip(held, predicted).map { rating, prediction in
                Outcome(
                    user: user,
                    predicted: share(prediction.rating),
                    deviation: Double(prediction.deviation) / 4,
                    usual: usual,
                    given: share(rating.rating)
                )
            }
        }
    }

    /// A rating of 1...5 on 0...1; half a star is a little less than nothing.
    private func share(_ rating: Float) -> Double { (Double(rating) - 1) / 4 }

    private func report(_ outcomes: [Outcome], _ histories: RatedHistories) -> CalibrationReport {
        let sorted = outcomes.sorted { $0.predicted < $1.predicted }
        let bins = (0..<Self.bins).compactMap { part -> CalibrationReport.Bin? in
            let own = sorted[sorted.count * part / Self.bins..<sorted.count * (part + 1) / Self.bins]
            return own.isEmpty ? nil : bin(Array(own))
        }
        let gaps = bins.reduce(0) { $0 + Double($1.count) * abs($1.predicted - $1.given) }
        let inside = outcomes.count { abs($0.given - $0.predicted) <= 1.645 * $0.deviation }
        return CalibrationReport(
            source: histories.source,
            users: Set(outcomes.map(\.user)).count,
            ratings: outcomes.count,
            folds: Int(folds),
            seed: seed,
            bins: bins,
            error: gaps / Double(outcomes.count),
            within90: Double(inside) / Double(outcomes.count),
            errors: [
                errors("preference model", outcomes) { $0.predicted - $0.given },
                errors("the person’s own mean", outcomes) { $0.usual - $0.given },
            ]
        )
    }

    private func bin(_ outcomes: [Outcome]) -> CalibrationReport.Bin {
        let units = byUser(outcomes) { $0.given }.map(\.total)
        return CalibrationReport.Bin(
            count: outcomes.count,
            predicted: outcomes.map(\.predicted).mean,
            given: outcomes.map(\.given).mean,
            given_ci95: bootstrap.interval(units)
        )
    }

    private func errors(_ name: String, _ outcomes: [Outcome], _ error: (Outcome) -> Double)
        -> CalibrationReport.Errors
    {
        let all = RatingErrors(outcomes.map(error))
        let squares = byUser(outcomes) { error($0) * error($0) }.map(\.total)
        return CalibrationReport.Errors(
            name: name,
            rmse: all.rmse,
            rmse_ci95: bootstrap.interval(squares) { $0.squareRoot() },
            mae: all.mae
        )
    }

    private var bootstrap: Bootstrap {
        var bootstrap = Bootstrap()
        bootstrap.seed = seed
        return bootstrap
    }

    /// The values of each person, in the order of their numbers.
    private func byUser(_ outcomes: [Outcome], _ value: (Outcome) -> Double) -> [[Double]] {
        Dictionary(grouping: outcomes, by: \.user).sorted { $0.key < $1.key }.map { $0.value.map(value) }
    }
}
