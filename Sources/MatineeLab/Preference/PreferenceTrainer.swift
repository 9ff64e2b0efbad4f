import Dispatch
package import Matinee

/// Learns the numbers of movies from ratings: variational Bayes for `μ + b_u + b_i + p_u·q_i`, where a movie's numbers
/// are drawn to what a regression on its content says (Agarwal and Chen, "Regression-based Latent Factor Models",
/// KDD 2009). The same seed gives the same numbers.
package struct PreferenceTrainer: Sendable {
    /// How many factors a movie has, 1...64.
    package var factors = 8
    package var rounds = 15
    package var seed: UInt64 = 1

    package init() {}

    /// A model, and what a movie file needs beside it.
    package struct Result: Sendable {
        package var model: FactorModel
        /// Of shape (numbers, content).
        package var content: [Float]
        package var movieVariances: [Float]
        /// Whether each movie was rated.
        package var isRated: [Bool]
    }

    /// - Parameters:
    ///   - ratings: user after user, on a scale of 0.5...5.
    ///   - content: of every movie of the catalogue.
    package func train(_ ratings: [RatingsFile.Rating], content: MovieContent) -> Result {
        var state = State(ratings, content, self)
        let regression = ContentRegression(content)
        for round in 0..<rounds {
            state.updateMovies()
            state.regress(regression)
            state.updateUsers()
            if round > 0 { state.updateVariances() }
        }
        return state.result
    }
}

private struct State {
    let ratings: [RatingsFile.Rating]
    let byUser: Groups, byMovie: Groups
    let mean: Float
    var noise: Float = 0.75
    var users: Factors, movies: Factors
    var userVariances: [Float], movieVariances: [Float]
    /// What the content says of each movie; of shape (movies, numbers).
    var prior: [Float]
    var weights: [[Float]]

    init(_ ratings: [RatingsFile.Rating], _ content: MovieContent, _ trainer: PreferenceTrainer) {
        let count = trainer.factors + 1
        self.ratings = ratings
        byUser = Groups(ratings.map { Int($0.user) }, count: (ratings.map { Int($0.user) }.max() ?? -1) + 1)
        byMovie = Groups(ratings.map { Int($0.movie) }, count: content.count)
        mean =
            ratings.isEmpty
            ? 3 : Float(ratings.reduce(0.0) { $0 + Double($1.rating) } / Double(ratings.count))
        userVariances = [0.2] + [Float](repeating: 1, count: trainer.factors)
        movieVariances = [0.15] + [Float](repeating: 0.03, count: trainer.factors)
        users = Factors(count: byUser.count, dimension: count, variances: userVariances)
        movies = Factors(count: content.count, dimension: count, variances: movieVariances)
        var random = SeededGenerator(seed: trainer.seed)
        for i in users.means.indices where i % count > 0 {
            users.means[i] = random.normal() * 0.3
            users.variances[i] = 0.3
        }
        prior = [Float](repeating: 0, count: content.count * count)
        weights = [[Float]](repeating: [Float](repeating: 0, count: content.dimension), count: count)
    }

    var result: PreferenceTrainer.Result {
        PreferenceTrainer.Result(
            model: FactorModel(mean: mean, noise: noise, userVariances: userVariances, movies: movies),
            content: weights.flatMap { $0 },
            movieVariances: movieVariances,
            isRated: (0..<movies.count).map { !byMovie[$0].isEmpty }
        )
    }

    mutating func updateMovies() {
        movies = updated(movies, byMovie, by: users, { Int($0.user) }, prior, movieVariances)
    }

    mutating func updateUsers() {
        let zeros = [Float](repeating: 0, count: users.means.count)
        users = updated(users, byUser, by: movies, { Int($0.movie) }, zeros, userVariances)
    }

    /// The posteriors of one side, each alone, so that the order in which threads make them does not matter.
    private func updated(
        _ side: Factors,
        _ groups: Groups,
        by other: Factors,
        _ index: @Sendable (RatingsFile.Rating) -> Int,
        _ prior: [Float],
        _ variances: [Float]
    ) -> Factors {
        var side = side
        let count = side.dimension, total = side.count, size = 512
        side.means.withUnsafeMutableBufferPointer { means in
            side.variances.withUnsafeMutableBufferPointer { spreads in
                // Safe without a lock: every row is written by one iteration alone.
                nonisolated(unsafe) let means = means, spreads = spreads
                DispatchQueue.concurrentPerform(iterations: (total + size - 1) / size) { part in
                    for row in part * size..<min(total, (part + 1) * size) {
                        let slots = row * count..<(row + 1) * count
                        var posterior = Posterior(means: prior[slots], variances: variances, noise: noise)
                        for place in groups[row] {
                            let rating = ratings[Int(place)]
                            posterior.add(rating.rating - mean, other, at: index(rating))
                        }
                        let (mean, covariance) = posterior.solved()
                        for i in 0..<count {
                            means[slots.lowerBound + i] = Float(mean[i])
                            spreads[slots.lowerBound + i] = Float(covariance[i * count + i])
                        }
                    }
                }
            }
        }
        return side
    }

    /// Fits the content to the movies' numbers; a movie counts by how much its ratings say, 1 - posterior variance /
    /// prior variance, and where they say little its number is what they would say alone.
    mutating func regress(_ regression: ContentRegression) {
        let count = movies.dimension
        for i in 0..<count {
            var targets = [Float](repeating: 0, count: movies.count), importance = targets
            for row in 0..<movies.count where !byMovie[row].isEmpty {
                let slot = row * count + i, share = 1 - movies.variances[slot] / movieVariances[i]
                guard share > 0.001 else { continue }
                importance[row] = min(1, share)
                targets[row] = prior[slot] + (movies.means[slot] - prior[slot]) / importance[row]
            }
            regression.improve(&weights[i], targets: targets, importance: importance)
            for (row, value) in regression.predictions(weights[i]).enumerated() {
                prior[row * count + i] = value
                if byMovie[row].isEmpty {
                    movies.means[row * count + i] = value
                    movies.variances[row * count + i] = movieVariances[i]
                }
            }
        }
    }

    /// The variances under which the numbers are likeliest (empirical Bayes).
    mutating func updateVariances() {
        let count = movies.dimension, rated = (0..<movies.count).filter { !byMovie[$0].isEmpty }
        guard !rated.isEmpty else { return }
        for i in 0..<count {
            let sum = rated.reduce(0.0) { sum, row in
                let slot = row * count + i, distance = Double(movies.means[slot] - prior[slot])
                return sum + distance * distance + Double(movies.variances[slot])
            }
            movieVariances[i] = max(1e-4, Float(sum / Double(rated.count)))
        }
        let offsets = stride(from: 0, to: users.means.count, by: count).reduce(0.0) {
            $0 + Double(users.means[$1] * users.means[$1] + users.variances[$1])
        }
        userVariances[0] = max(1e-3, Float(offsets / Double(max(1, users.count))))
        noise = max(0.01, Float(ratings.reduce(0.0) { $0 + spread($1) } / Double(ratings.count)))
    }

    /// The expected square of a rating's distance from what the numbers say.
    private func spread(_ rating: RatingsFile.Rating) -> Double {
        let count = movies.dimension, u = Int(rating.user) * count, m = Int(rating.movie) * count
        var distance = rating.rating - mean - users.means[u] - movies.means[m]
        var spread = users.variances[u] + movies.variances[m]
        for i in 1..<count {
            let (p, q) = (users.means[u + i], movies.means[m + i])
            let (a, b) = (users.variances[u + i], movies.variances[m + i])
            distance -= p * q
            spread += a * q * q + b * p * p + a * b
        }
        return Double(distance * distance + spread)
    }
}

/// The places of ratings by user or movie.
private struct Groups {
    private var starts: [Int]
    private var places: [UInt32]

    var count: Int { starts.count - 1 }

    init(_ keys: [Int], count: Int) {
        starts = [Int](repeating: 0, count: count + 1)
        for key in keys { starts[key + 1] += 1 }
        for i in 0..<count { starts[i + 1] += starts[i] }
        var next = starts
        places = [UInt32](repeating: 0, count: keys.count)
        for (place, key) in keys.enumerated() {
            places[next[key]] = UInt32(place)
            next[key] += 1
        }
    }

    subscript(key: Int) -> ArraySlice<UInt32> { places[starts[key]..<starts[key + 1]] }
}
