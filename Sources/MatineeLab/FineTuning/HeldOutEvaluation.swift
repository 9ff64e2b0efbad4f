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

        package var text: String {
            func measure(_ name: String, _ value: Double, _ interval: [Double]) -> String {
                String(format: "%@ %.4f (%.4f-%.4f)", name, value, interval[0], interval[1])
            }
            return [
                "\(predictor): \(films) films of \(members) members\(failed > 0 ? ", \(failed) without an answer" : "").",
                measure("RMSE", rmse, rmse_ci95), measure("MAE", mae, mae_ci95),
                measure("accuracy", accuracy, accuracy_ci95), measure("NDCG@5", ndcg5, ndcg5_ci95),
            ].joined(separator: "\n  ")
        }
    }

    private let members: [HeldOutMember]
    private let settings: PreparationSettings

    package init(_ members: [HeldOutMember], _ settings: PreparationSettings) {
        (self.members, self.settings) = (members, settings)
    }

    /// - Parameter predict: gives a rating of 0.5...5 for each of a member's films, `nil` where there is none.
    package func report(
        _ predictor: String,
        _ predict: (HeldOutMember) async throws -> [Double?]
    ) async rethrows -> Report {
        var predictions: [[Double?]] = []
        for member in members { predictions.append(try await predict(member)) }
        return report(predictor, predictions)
    }

    /// - Parameter predictions: for each member, a rating of each of its films.
    func report(_ predictor: String, _ predictions: [[Double?]]) -> Report {
        let all = members.flatMap(\.films).map(\.rating)
        let mean = all.reduce(0, +) / Double(max(1, all.count))
        let failed = predictions.joined().count { $0 == nil }
        return report(predictor, predictions.map { $0.map { $0 ?? mean } }, failed)
    }

    private func report(_ predictor: String, _ predictions: [[Double]], _ failed: Int) -> Report {
        var hits: [(sum: Double, weight: Double)] = [], errors = hits, squares = hits, gains = hits
        for (member, predicted) in zip(members, predictions) {
            let given = member.films.map(\.rating), count = Double(given.count)
            let pairs = zip(given, predicted)
            hits.append((Double(pairs.count { settings.answer($0) == settings.answer($1) }), count))
            errors.append((pairs.reduce(0) { $0 + abs($1.0 - $1.1) }, count))
            squares.append((pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, count))
            if let gain = Self.ndcg(given, predicted, 5) { gains.append((gain, 1)) }
        }
        let bootstrap = {
            var bootstrap = Bootstrap(); bootstrap.seed = settings.seed; return bootstrap
        }()
        func mean(_ units: [(sum: Double, weight: Double)]) -> Double {
            units.reduce(0) { $0 + $1.sum } / max(1e-12, units.reduce(0) { $0 + $1.weight })
        }
        return Report(
            predictor: predictor,
            members: members.count,
            films: members.reduce(0) { $0 + $1.films.count },
            failed: failed,
            accuracy: mean(hits),
            accuracy_ci95: bootstrap.interval(hits),
            mae: mean(errors),
            mae_ci95: bootstrap.interval(errors),
            rmse: mean(squares).squareRoot(),
            rmse_ci95: bootstrap.interval(squares) { $0.squareRoot() },
            ndcg5: mean(gains),
            ndcg5_ci95: bootstrap.interval(gains)
        )
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
