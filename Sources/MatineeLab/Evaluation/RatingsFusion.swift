import Foundation
import Matinee

/// A linear model over standardised signals: softmax over the next film and others drawn at random.
struct RatingsFusion {
    private static let others = 400, rounds = 300
    private(set) var weights: [Float]

    /// The numbers that a user's signals become: zero mean and unit variance over the films.
    static func standardised(_ signals: [[Float]]) -> [[Float]] {
        signals.map { scores in
            let count = Float(max(1, scores.count)), mean = scores.reduce(0, +) / count
            let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            let factor = variance > 1e-12 ? 1 / variance.squareRoot() : 0
            return scores.map { ($0 - mean) * factor }
        }
    }

    /// - Parameters:
    ///   - histories: whose next film is to be found.
    ///   - signals: of a history, for each film.
    init(_ histories: [RatingsHistory], seed: UInt64, signals: ([(row: Int, rating: Float)]) -> [[Float]]) {
        var random = SeededGenerator(seed: seed), samples: [[[Float]]] = []
        for history in histories {
            let scores = Self.standardised(signals(history.known)), films = scores.first?.count ?? 0
            let known = Set(history.known.map(\.row))
            let others = (0..<Self.others).map { _ in Int.random(in: 0..<films, using: &random) }
                .filter { $0 != history.next && !known.contains($0) }
            samples.append(([history.next] + others).map { film in scores.map { $0[film] } })
        }
        weights = [Float](repeating: 0.1, count: RatingsSignals.names.count)
        fit(samples)
    }

    /// Adam (Kingma and Ba 2015) on all samples at once.
    private mutating func fit(_ samples: [[[Float]]]) {
        var first = weights.map { _ in Float(0) }, second = first
        for round in 1...Self.rounds {
            let gradient = gradient(samples)
            for i in weights.indices {
                first[i] = 0.9 * first[i] + 0.1 * gradient[i]
                second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i]
                let corrected = (
                    first[i] / (1 - pow(0.9, Float(round))), second[i] / (1 - pow(0.999, Float(round)))
                )
                weights[i] -= 0.03 * corrected.0 / (corrected.1.squareRoot() + 1e-8)
            }
        }
    }

    private func gradient(_ samples: [[[Float]]]) -> [Float] {
        var sum = weights.map { 0.001 * $0 }
        for sample in samples {
            let logits = sample.map { innerProduct($0, weights) }, top = logits.max() ?? 0
            let shares = logits.map { exp($0 - top) }, total = shares.reduce(0, +)
            for (place, film) in sample.enumerated() {
                let error = (shares[place] / total - (place == 0 ? 1 : 0)) / Float(samples.count)
                for i in film.indices { sum[i] += error * film[i] }
            }
        }
        return sum
    }

    func scores(_ signals: [[Float]]) -> [Float] {
        let standardised = Self.standardised(signals)
        var sum = [Float](repeating: 0, count: standardised.first?.count ?? 0)
        for (weight, scores) in zip(weights, standardised) {
            for i in sum.indices { sum[i] += weight * scores[i] }
        }
        return sum
    }
}
