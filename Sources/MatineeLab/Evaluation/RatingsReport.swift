import Foundation
import Matinee

/// What `matinee eval ratings` prints.
package struct RatingsReport: Sendable, Codable {
    /// A way to recommend, and how well it does.
    package struct Variant: Sendable, Codable {
        package var name: String
        /// Of users whose last film is among the ten first, the share; and by place, 1/log2(rank + 1). Ties count
        /// against the variant. With 95 % intervals by bootstrap over users.
        package var hit_rate10: Double
        package var hit_rate10_ci95: [Double]
        package var ndcg10: Double
        package var ndcg10_ci95: [Double]
        /// Over the five folds, of ratings; `nil` where the variant predicts none.
        package var rmse: Double?
        package var rmse_ci95: [Double]?
        package var mae: Double?
    }

    /// A way to choose for two people who watch together, and how well it does: how many of ten picks either liked later,
    /// in the mean, and how many of them the one who liked fewer.
    package struct Together: Sendable, Codable {
        package var name: String
        package var hits: Double
        package var hits_ci95: [Double]
        package var least_hits: Double
        package var least_hits_ci95: [Double]
        /// The share of pairs where both liked a pick later.
        package var both: Double
    }

    package var ratings: Int
    package var users: Int
    package var movies: Int
    /// Whose last film was looked for.
    package var targets: Int
    package var seed: UInt64
    package var variants: [Variant]
    package var together: [Together]

    /// The report for people.
    package var table: String {
        var lines = [
            "\(ratings) ratings of \(movies) films by \(users) users; the last film of \(targets) users is looked for.",
            "variant         HitRate@10              NDCG@10                 RMSE                    MAE",
        ]
        for variant in variants {
            let name = variant.name.padding(toLength: 14, withPad: " ", startingAt: 0)
            let errors = variant.rmse.map { measure($0, variant.rmse_ci95 ?? []) } ?? measure(nil, [])
            let mae = variant.mae.map { String(format: "%.4f", $0) } ?? "-"
            lines.append(
                "\(name)  \(measure(variant.hit_rate10, variant.hit_rate10_ci95))\(measure(variant.ndcg10, variant.ndcg10_ci95))\(errors)\(mae)"
            )
        }
        lines += [
            "",
            "Ten picks for two people: how many each liked later, and the one who liked fewer; pairs where both did.",
        ]
        for way in together {
            let name = way.name.padding(toLength: 14, withPad: " ", startingAt: 0)
            lines.append(
                "\(name)  \(measure(way.hits, way.hits_ci95))\(measure(way.least_hits, way.least_hits_ci95))"
                    + String(format: "%.3f", way.both)
            )
        }
        return lines.joined(separator: "\n")
    }

    private func measure(_ value: Double?, _ interval: [Double]) -> String {
        guard let value, interval.count == 2 else {
            return "-".padding(toLength: 24, withPad: " ", startingAt: 0)
        }
        return String(format: "%.4f (%.4f-%.4f)", value, interval[0], interval[1])
            .padding(toLength: 24, withPad: " ", startingAt: 0)
    }
}

/// The middle 95 % of a statistic over samples drawn with replacement (Efron 1979).
package struct Bootstrap: Sendable {
    package var samples = 1_000
    package var seed: UInt64 = 1

    package init() {}

    /// - Parameters:
    ///   - units: what is drawn: a sum and a weight of each, for the weighted mean.
    ///   - statistic: of the mean.
    package func interval(_ units: [(sum: Double, weight: Double)], _ statistic: (Double) -> Double = { $0 })
        -> [Double]
    {
        guard !units.isEmpty else { return [0, 0] }
        var random = SeededGenerator(seed: seed)
        let drawn = (0..<samples).map { _ -> Double in
            var sum = 0.0, weight = 0.0
            for _ in units {
                let unit = units[Int.random(in: units.indices, using: &random)]
                sum += unit.sum
                weight += unit.weight
            }
            return statistic(sum / max(weight, 1e-12))
        }.sorted()
        return [drawn[samples / 40], drawn[samples - 1 - samples / 40]]
    }
}
