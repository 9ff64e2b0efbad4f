import Foundation
import Matinee

/// Measures predicted ratings of held-out films: how near they are, and how well they order each member's own films.
package struct HeldOutEvaluation: Sendable {
    /// What `matinee finetune evaluate --json` prints; intervals are of 95 %, by bootstrap over members.
    package struct Report: Sendable, Equatable, Codable {
        package var predictor: String
        package var members: Int
        package var films: Int
        /// Of how many films no rating could be predicted; they count with the mean of all.
        package var failed: Int
        /// The share of films whose rounded rating is the right one of five.
        package var accuracy: Double
        package var accuracy_ci95: [Double]
        package var mae: Double
        package var mae_ci95: [Double]
        package var rmse: Double
        package var rmse_ci95: [Double]
        /// Over members who have rated at least two of their films otherwise; ties count as all their orders on average.
        package var ndcg5: Double
        package var ndcg5_ci95: [Double]
        package var against: Comparison?

        package var text: String {
            [
                "\(predictor): \(films) films of \(members) members\(failed > 0 ? ", \(failed) without an answer" : "").",
                measure("RMSE", rmse, rmse_ci95), measure("MAE", mae, mae_ci95),
                measure("accuracy", accuracy, accuracy_ci95), measure("NDCG@5", ndcg5, ndcg5_ci95),
                against?.text,
            ].compactMap(\.self).joined(separator: "\n  ")
        }
    }

    /// The predictor's figures less those of another on the same films; intervals as in ``Report``, in pairs.
    package struct Comparison: Sendable, Equatable, Codable {
        package var predictor: String
        /// Of the mean squared error; below 0 is better.
        package var mse: Double
        package var mse_ci95: [Double]
        /// Above 0 is better.
        package var ndcg5: Double
        package var ndcg5_ci95: [Double]

        var text: String {
            [
                "less those of \(predictor):", measure("squared error", mse, mse_ci95),
                measure("NDCG@5", ndcg5, ndcg5_ci95),
            ].joined(separator: "\n    ")
        }
    }

    private static func measure(_ name: String, _ value: Double, _ interval: [Double]) -> String {
        String(format: "%@ %.4f (%.4f to %.4f)", name, value, interval[0], interval[1])
    }

    private let members: [HeldOutMember]
    private let settings: PreparationSettings

    package init(_ members: [HeldOutMember], _ settings: PreparationSettings) {
        (self.members, self.settings) = (members, settings)
    }

    /// The ratings that a predictor gives: of 0.5...5 for each film of each member, `nil` where there is none.
    package func predictions(_ predict: (HeldOutMember) async throws -> [Double?]) async rethrows
        -> [[Double?]]
    {
        var predictions: [[Double?]] = []
        for member in members { predictions.append(try await predict(member)) }
        return predictions
    }

    /// - Parameters:
    ///   - predictions: for each member, a rating of each of its films.
    ///   - other: another predictor to compare with.
    package func report(
        _ predictor: String,
        _ predictions: [[Double?]],
        against other: (name: String, predictions: [[Double?]])? = nil
    ) -> Report {
        let units = units(predictions)
        func mean(_ units: [Unit]) -> Double {
            units.reduce(0) { $0 + $1.sum } / max(1e-12, units.reduce(0) { $0 + $1.weight })
        }
        return Report(
            predictor: predictor,
            members: members.count,
            films: members.reduce(0) { $0 + $1.films.count },
            failed: predictions.joined().count { $0 == nil },
            accuracy: mean(units.hits),
            accuracy_ci95: bootstrap.interval(units.hits),
            mae: mean(units.errors),
            mae_ci95: bootstrap.interval(units.errors),
            rmse: mean(units.squares).squareRoot(),
            rmse_ci95: bootstrap.interval(units.squares) { $0.squareRoot() },
            ndcg5: mean(units.gains),
            ndcg5_ci95: bootstrap.interval(units.gains),
            against: other.map { other in
                let others = self.units(other.predictions)
                let squares = less(units.squares, others.squares), gains = less(units.gains, others.gains)
                return Comparison(
                    predictor: other.name,
                    mse: mean(squares),
                    mse_ci95: bootstrap.interval(squares),
                    ndcg5: mean(gains),
                    ndcg5_ci95: bootstrap.interval(gains)
                )
            }
        )
    }

    private var bootstrap: Bootstrap {
        var bootstrap = Bootstrap()
        bootstrap.seed = settings.seed
        return bootstrap
    }

    private typealias Unit = (sum: Double, weight: Double)

    private func less(_ units: [Unit], _ others: [Unit]) -> [Unit] {
        zip(units, others).map { ($0.sum - $1.sum, $0.weight) }
    }

    /// What each member adds to each figure; a film without a prediction counts with the mean of all.
    private func units(_ predictions: [[Double?]])
        -> (hits: [Unit], errors: [Unit], squares: [Unit], gains: [Unit])
    {
        let all = members.flatMap(\.films).map(\.rating), mean = all.reduce(0, +) / Double(max(1, all.count))
        var hits: [Unit] = [], errors = hits, squares = hits, gains = hits
        for (member, predictions) in zip(members, predictions) {
            let given = member.films.map(\.rating), predicted = predictions.map { $0 ?? mean }
            let pairs = zip(given, predicted), count = Double(given.count)
            hits.append((Double(pairs.count { settings.answer($0) == settings.answer($1) }), count))
            errors.append((pairs.reduce(0) { $0 + abs($1.0 - $1.1) }, count))
            squares.append((pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, count))
            if let gain = Self.ndcg(given, predicted, 5) { gains.append((gain, 1)) }
        }
        return (hits, errors, squares, gains)
    }

    /// Normalised discounted cumulative gain with gains of 2^rating - 1 (Burges et al., "Learning to Rank using Gradient
    /// Descent", 2005); films of the same prediction share their places (McSherry and Najork, 2008).
    /// - Returns: `nil` where all were rated alike, so that every order is right.
    static func ndcg(_ given: [Double], _ predicted: [Double], _ limit: Int) -> Double? {
        guard let first = given.first, given.contains(where: { $0 != first }) else { return nil }
        func gain(_ rating: Double) -> Double { pow(2, rating) - 1 }
        func discount(_ place: Int) -> Double { place < limit ? 1 / log2(Double(place) + 2) : 0 }
        let ideal = given.sorted(by: >).enumerated().reduce(0) { $0 + gain($1.element) * discount($1.offset) }
        let order = predicted.indices.sorted { predicted[$0] > predicted[$1] }
        var sum = 0.0, place = 0
        while place < order.count {
            var end = place
            while end < order.count, predicted[order[end]] == predicted[order[place]] { end += 1 }
            let gains = order[place..<end].reduce(0) { $0 + gain(given[$1]) }
            let places = (place..<end).reduce(0) { $0 + discount($1) }
            sum += gains * places / Double(end - place)
            place = end
        }
        return sum / ideal
    }
}
