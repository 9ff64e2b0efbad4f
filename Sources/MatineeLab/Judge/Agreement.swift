/// Krippendorff's alpha for ordered categories: 1 where those who judge agree in everything, 0 where they agree as chance
/// would have it, below where they contradict each other.
///
/// Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011; the square of the difference between two ranks is the
/// number of values from one to the other, those at both ends counted half.
package enum Agreement {
    /// - Parameter units: what was judged, each with the values that it was given; those of fewer than two say nothing.
    /// - Returns: `nil` where nothing was judged twice, or all values are the same.
    package static func ordinalAlpha(_ units: [[Int]]) -> Double? {
        let units = units.filter { $0.count > 1 }, values = Set(units.joined()).sorted()
        guard values.count > 1 else { return nil }
        let place = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
        var pairs = [[Double]](repeating: Array(repeating: 0, count: values.count), count: values.count)
        for unit in units {
            let weight = 1 / Double(unit.count - 1), rows = unit.compactMap { place[$0] }
            for (i, one) in rows.enumerated() {
                for (j, other) in rows.enumerated() where i != j { pairs[one][other] += weight }
            }
        }
        let counts = pairs.map { $0.reduce(0, +) }, total = counts.reduce(0, +)
        func distance(_ one: Int, _ other: Int) -> Double {
            let span = min(one, other)...max(one, other)
            let ranks = counts[span].reduce(0, +) - (counts[one] + counts[other]) / 2
            return ranks * ranks
        }
        var observed = 0.0, expected = 0.0
        for one in values.indices {
            for other in values.indices where one != other {
                observed += pairs[one][other] * distance(one, other)
                expected += counts[one] * counts[other] * distance(one, other)
            }
        }
        return 1 - (total - 1) * observed / expected
    }
}
