import Foundation
import Matinee

/// What the parts of a recommender say of every film for a history, learned from the histories of all users.
struct RatingsSignals {
    /// By name: popularity, text, neighbours, preference, and the neighbours and texts of the latest films alone.
    static let names = [
        "popularity", "text", "neighbours", "preference", "recent-neighbours", "recent-text", "year",
    ]

    /// How many films are the latest.
    private static let recent = 5

    private let artifacts: Artifacts
    private let popularity: [Float]
    private let mean: Double
    let neighbors: Neighbors
    private let preference: FactorModel
    private let taste = RatingsTaste()

    init(_ artifacts: Artifacts, _ histories: [RatingsHistory], seed: UInt64) throws {
        self.artifacts = artifacts
        let ratings = RatingsHistory.ratings(histories), movies = artifacts.catalog.count
        var counts = [Float](repeating: 0, count: movies)
        for rating in ratings { counts[Int(rating.movie)] += 1 }
        popularity = counts.map { log(1 + $0) }
        let mean = ratings.reduce(0.0) { $0 + Double($1.rating) } / Double(max(1, ratings.count))
        self.mean = mean
        let positives = histories.map { [taste] history in Self.liked(history.known, mean, taste).map(\.row) }
        neighbors = try EASENeighbors().build(positives, movies: movies)
        var trainer = PreferenceTrainer()
        trainer.seed = seed
        let content = MovieContent(
            artifacts.catalog.movies,
            vectors: artifacts.movies,
            length: artifacts.movies.dimension
        )
        preference = trainer.train(ratings, content: content).model
    }

    static func liked(
        _ known: [(row: Int, rating: Float)],
        _ mean: Double,
        _ taste: RatingsTaste
    ) -> [(row: Int, rating: Float)] {
        let centre = taste.centre(of: known.map(record), mean: mean)
        return known.filter { $0.rating >= centre }
    }

    private static func record(_ rated: (row: Int, rating: Float)) -> RatingsFile.Rating {
        RatingsFile.Rating(user: 0, movie: UInt32(rated.row), rating: rated.rating, time: 0)
    }

    /// A list for each name, with a score for each film; higher is better.
    func scores(for known: [(row: Int, rating: Float)]) -> [[Float]] {
        let rows = Array(0..<artifacts.catalog.count), latest = Array(known.suffix(Self.recent))
        let liked = Self.liked(known, mean, taste)
        return [
            popularity, text(known), related(liked),
            preference.prediction(for: known, rows: rows).map(\.rating), related(latest), text(latest),
            years(latest),
        ]
    }

    private func related(_ films: [(row: Int, rating: Float)]) -> [Float] {
        var scores = [Float](repeating: 0, count: artifacts.catalog.count)
        for film in films { neighbors.add(film.row, to: &scores) }
        return scores
    }

    private func text(_ known: [(row: Int, rating: Float)]) -> [Float] {
        var vector = [Float](repeating: 0, count: artifacts.movies.dimension)
        let records = known.map(Self.record), centre = taste.centre(of: records, mean: mean)
        vector.withUnsafeMutableBufferPointer {
            taste.write(records, centre: centre, movies: artifacts.movies, to: $0)
        }
        return vector.withUnsafeBufferPointer { vector in
            (0..<artifacts.catalog.count).map { innerProduct(vector, artifacts.movies.view($0)) }
        }
    }

    /// How near films are in time to the latest ones, in decades.
    private func years(_ latest: [(row: Int, rating: Float)]) -> [Float] {
        let known = latest.compactMap { artifacts.catalog[$0.row].year }
        guard !known.isEmpty else { return popularity.map { _ in 0 } }
        let middle = Float(known.reduce(0, +)) / Float(known.count)
        return artifacts.catalog.movies.map { movie in movie.year.map { -abs(Float($0) - middle) / 10 } ?? -2
        }
    }
}
