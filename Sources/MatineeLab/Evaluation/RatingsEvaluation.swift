import Foundation
package import Matinee

/// Measures ways to recommend by ratings: each user's last film among all that they have not rated, and ratings in
/// five folds.
package struct RatingsEvaluation {
    private let artifacts: Artifacts
    private let embedder: any Embedder
    private let model: FusionModel
    private let settings: Settings
    private let seed: UInt64
    private let users: Int

    /// - Parameters:
    ///   - model: the fusion of whole turns.
    ///   - users: how many users' last films are looked for at most.
    package init(
        _ artifacts: Artifacts,
        embedder: any Embedder,
        model: FusionModel,
        settings: Settings = Settings(),
        seed: UInt64 = 1,
        users: Int = 2_000
    ) {
        (self.artifacts, self.embedder, self.model) = (artifacts, embedder, model)
        (self.settings, self.seed, self.users) = (settings, seed, users)
    }

    /// - Parameters:
    ///   - ratings: user after user, in the order of time.
    ///   - progress: called with what is being done.
    package func report(_ ratings: [RatingsFile.Rating], progress: (String) -> Void) async throws
        -> RatingsReport
    {
        let byUser = ratings.chunked
        let ranks = try await ranks(byUser, progress)
        let errors = errors(ratings, progress)
        let variants = Self.variants.map { name in
            variant(name, ranks.map { $0[name] ?? .max }, errors[name])
        }
        return RatingsReport(
            ratings: ratings.count,
            users: byUser.count,
            movies: artifacts.catalog.count,
            targets: ranks.count,
            seed: seed,
            variants: variants,
            together: try await RatingsPairs(
                artifacts,
                embedder: embedder,
                model: model,
                settings: settings,
                seed: seed
            ).report(byUser, progress)
        )
    }

    private static let variants = ["popularity", "text", "neighbours", "preference", "fusion", "turn"]

    /// The place of each user's last film by each variant, from 0.
    private func ranks(_ byUser: [[RatingsFile.Rating]], _ progress: (String) -> Void) async throws
        -> [[String: Int]]
    {
        progress("Training the fusion on the films before the last ones.")
        let inner = RatingsHistory.split(byUser, held: 2)
        let innerSignals = try RatingsSignals(artifacts, inner, seed: seed)
        let fusion = RatingsFusion(drawn(inner), seed: seed) { innerSignals.scores(for: $0) }
        progress("Looking for the last films.")
        let outer = RatingsHistory.split(byUser, held: 1)
        let signals = try RatingsSignals(artifacts, outer, seed: seed)
        let histories = drawn(outer)
        var ranks = histories.map { history in
            let scores = signals.scores(for: history.known)
            var all = Dictionary(uniqueKeysWithValues: zip(RatingsSignals.names, scores))
            all["fusion"] = fusion.scores(scores)
            return all.mapValues { rank(of: history, by: $0) }
        }
        progress("Asking for something to watch.")
        let turns = try RatingsTurns(
            histories.map(\.known),
            artifacts,
            embedder: embedder,
            fusion: model,
            neighbors: signals.neighbors,
            settings: settings
        )
        for (user, history) in histories.enumerated() {
            ranks[user]["turn"] = try await turns.picks(for: [user]).firstIndex(of: history.next)
        }
        return ranks
    }

    private func drawn(_ histories: [RatingsHistory]) -> [RatingsHistory] {
        var random = SeededGenerator(seed: seed)
        return Array(histories.shuffled(using: &random).prefix(users))
    }

    /// How many films that the user has not rated score as high as the next one or higher.
    private func rank(of history: RatingsHistory, by scores: [Float]) -> Int {
        let known = Set(history.known.map(\.row)), own = scores[history.next]
        return scores.indices.count { $0 != history.next && scores[$0] >= own && !known.contains($0) }
    }

    /// The errors of each user in five folds, by variant.
    private func errors(_ ratings: [RatingsFile.Rating], _ progress: (String) -> Void) -> [String: [[Double]]]
    {
        let content = MovieContent(
            artifacts.catalog.movies,
            vectors: artifacts.movies,
            length: artifacts.movies.dimension
        )
        var errors: [String: [UInt32: [Double]]] = [:]
        let folds = ratings.indices.map { fold(of: $0, seed: seed, folds: 5) }
        for number in 0..<UInt64(5) {
            progress("Predicting the ratings of fold \(number + 1) of 5.")
            let kept = zip(ratings, folds).filter { $1 != number }.map(\.0)
            let held = Dictionary(grouping: zip(ratings, folds).filter { $1 == number }.map(\.0), by: \.user)
            var calibrator = PreferenceCalibrator()
            calibrator.trainer.seed = seed
            let model = calibrator.train(kept, content: content).result.model
            let means = BiasBaseline(kept, movies: artifacts.catalog.count)
            let histories = Dictionary(grouping: kept, by: \.user)
            for (user, held) in held {
                let known = (histories[user] ?? []).map { (row: Int($0.movie), rating: $0.rating) }
                let rows = held.map { Int($0.movie) }
                let predicted = model.prediction(for: known, rows: rows).map { Double($0.rating) }
                let simple = means.predictions(for: known, rows: rows)
                for (place, rating) in held.enumerated() {
                    let given = Double(rating.rating)
                    errors["preference", default: [:]][user, default: []].append(predicted[place] - given)
                    errors["popularity", default: [:]][user, default: []].append(simple[place] - given)
                }
            }
        }
        return errors.mapValues { $0.sorted { $0.key < $1.key }.map(\.value) }
    }

    private func variant(_ name: String, _ ranks: [Int], _ errors: [[Double]]?) -> RatingsReport.Variant {
        var bootstrap = Bootstrap()
        bootstrap.seed = seed
        let hits = ranks.map { (sum: $0 < 10 ? 1.0 : 0, weight: 1.0) }
        let gains = ranks.map { (sum: $0 < 10 ? 1 / log2(Double($0) + 2) : 0, weight: 1.0) }
        let squares = errors?.map { (sum: $0.reduce(0) { $0 + $1 * $1 }, weight: Double($0.count)) }
        let all = errors.map { RatingErrors($0.flatMap { $0 }) }
        let count = Double(max(1, ranks.count))
        return RatingsReport.Variant(
            name: name,
            hit_rate10: hits.reduce(0) { $0 + $1.sum } / count,
            hit_rate10_ci95: bootstrap.interval(hits),
            ndcg10: gains.reduce(0) { $0 + $1.sum } / count,
            ndcg10_ci95: bootstrap.interval(gains),
            rmse: all?.rmse,
            rmse_ci95: squares.map { bootstrap.interval($0) { $0.squareRoot() } },
            mae: all?.mae
        )
    }
}

extension [RatingsFile.Rating] {
    /// The ratings of each user.
    package var chunked: [[RatingsFile.Rating]] {
        var users: [[RatingsFile.Rating]] = []
        for rating in self {
            if users.last?.first?.user == rating.user {
                users[users.count - 1].append(rating)
            } else {
                users.append([rating])
            }
        }
        return users
    }
}

/// A film's mean rating and a user's usual distance from such means, both drawn to those of all (damping of 5, as in
/// LensKit's bias model).
private struct BiasBaseline {
    private static let damping = 5.0
    private let mean: Double
    private let offsets: [Double]

    init(_ ratings: [RatingsFile.Rating], movies: Int) {
        let mean = ratings.reduce(0.0) { $0 + Double($1.rating) } / Double(max(1, ratings.count))
        var sums = [Double](repeating: 0, count: movies),
            counts = [Double](repeating: Self.damping, count: movies)
        for rating in ratings {
            sums[Int(rating.movie)] += Double(rating.rating) - mean
            counts[Int(rating.movie)] += 1
        }
        self.mean = mean
        offsets = zip(sums, counts).map { $0 / $1 }
    }

    func predictions(for known: [(row: Int, rating: Float)], rows: [Int]) -> [Double] {
        let distances = known.map { Double($0.rating) - mean - offsets[$0.row] }
        let own = distances.reduce(0, +) / (Double(distances.count) + Self.damping)
        return rows.map { Swift.min(5, Swift.max(0.5, mean + own + offsets[$0])) }
    }
}
