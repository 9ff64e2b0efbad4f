import Matinee

/// Measures ways to choose for two people: pairs drawn by the seed, of whose ratings the last fifth is held back.
struct RatingsPairs {
    private let artifacts: Artifacts
    private let embedder: any Embedder
    private let model: FusionModel
    private let settings: Settings
    private let seed: UInt64

    init(
        _ artifacts: Artifacts,
        embedder: any Embedder,
        model: FusionModel,
        settings: Settings,
        seed: UInt64
    ) {
        (self.artifacts, self.embedder, self.model) = (artifacts, embedder, model)
        (self.settings, self.seed) = (settings, seed)
    }

    private static let leastRatings = 20
    private static let mostPairs = 500

    /// A person, and the films that the person liked later.
    private struct Rater {
        var known: [(row: Int, rating: Float)]
        var later: Set<Int>
    }

    /// Each way, and as a comparison the list of the first of the two alone.
    func report(_ byUser: [[RatingsFile.Rating]], _ progress: (String) -> Void) async throws
        -> [RatingsReport.Together]
    {
        progress("Choosing for two.")
        var random = SeededGenerator(seed: seed)
        let raters = byUser.compactMap(rater).shuffled(using: &random)
        let pairs = (0..<min(Self.mostPairs, raters.count / 2)).map { [2 * $0, 2 * $0 + 1] }
        let liked = raters.map { $0.known.filter { $0.rating >= 4 }.map(\.row) }
        let neighbors = try EASENeighbors().build(liked, movies: artifacts.catalog.count)
        var reports = [RatingsReport.Together]()
        for (name, together) in [("alone", nil)] + Together.allCases.map({ ($0.rawValue, $0) }) {
            var settings = settings
            settings.together = together ?? .mean
            let turns = try RatingsTurns(
                raters.map(\.known),
                artifacts,
                embedder: embedder,
                fusion: model,
                neighbors: neighbors,
                settings: settings
            )
            var hits: [[Int]] = []
            for pair in pairs {
                let picks = try await turns.picks(for: together == nil ? [pair[0]] : pair)
                hits.append(pair.map { raters[$0].later.intersection(picks).count })
            }
            reports.append(report(name, hits))
        }
        return reports
    }

    private func rater(_ ratings: [RatingsFile.Rating]) -> Rater? {
        guard ratings.count >= Self.leastRatings else { return nil }
        let cut = ratings.count * 4 / 5,
            known = ratings[..<cut].map { (row: Int($0.movie), rating: $0.rating) }
        let later = Set(ratings[cut...].filter { $0.rating >= 4 }.map { Int($0.movie) })
        return later.isEmpty ? nil : Rater(known: known, later: later.subtracting(known.map(\.row)))
    }

    private func report(_ name: String, _ hits: [[Int]]) -> RatingsReport.Together {
        var bootstrap = Bootstrap()
        bootstrap.seed = seed
        let means = hits.map { (sum: Double($0.reduce(0, +)) / 2, weight: 1.0) }
        let least = hits.map { (sum: Double($0.min() ?? 0), weight: 1.0) }
        let count = Double(max(1, hits.count))
        return RatingsReport.Together(
            name: name,
            hits: means.reduce(0) { $0 + $1.sum } / count,
            hits_ci95: bootstrap.interval(means),
            least_hits: least.reduce(0) { $0 + $1.sum } / count,
            least_hits_ci95: bootstrap.interval(least),
            both: Double(hits.count { ($0.min() ?? 0) > 0 }) / count
        )
    }
}
