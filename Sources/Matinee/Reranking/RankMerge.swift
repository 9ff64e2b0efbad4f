/// Puts several orders of the same films together: Borda's count, with an order known before as a further vote.
///
/// Every order gives its films n - 1, n - 2, ... 0 points. The prior counts as much as all of them where they agree by
/// chance (Kendall's tau 0), nothing where they agree wholly, and twice that where they contradict each other: a model that
/// only likes what stands first, asked once forwards and once backwards, changes nothing. Ties keep the prior's order.
package struct RankMerge {
    /// Films by their place in the prior, best first; each holds every place from 0 once.
    package let orders: [[Int]]

    package init(orders: [[Int]]) { self.orders = orders }

    /// Kendall's tau between the orders, -1...1, the mean over all pairs of them; `nil` of fewer than two.
    package var agreement: Double? {
        let pairs = orders.indices.flatMap { one in (one + 1..<orders.count).map { (one, $0) } }
        guard !pairs.isEmpty else { return nil }
        return pairs.map { kendallTau(orders[$0], orders[$1]) }.reduce(0, +) / Double(pairs.count)
    }

    /// The films best first, each with its share of the points it could have, 0...1.
    package var merged: [(film: Int, score: Double)] {
        guard let count = orders.first?.count, count > 1 else {
            return orders.first.map { $0.map { ($0, 1) } } ?? []
        }
        let weight = Double(orders.count) * (1 - (agreement ?? 0))
        var points = (0..<count).map { weight * Double(count - 1 - $0) }
        for order in orders {
            for (place, film) in order.enumerated() { points[film] += Double(count - 1 - place) }
        }
        let most = (weight + Double(orders.count)) * Double(count - 1)
        return best(points.map { ($0 * 1e6).rounded() }, limit: count).map { ($0, points[$0] / most) }
    }
}

/// Kendall's tau between two orders of the same films, -1 (reversed) to 1 (the same); 1 of fewer than two films.
package func kendallTau(_ one: [Int], _ other: [Int]) -> Double {
    let count = one.count
    guard count > 1 else { return 1 }
    var place = [Int](repeating: 0, count: count)
    for (i, film) in other.enumerated() { place[film] = i }
    var balance = 0
    for i in 0..<count {
        for j in i + 1..<count { balance += place[one[i]] < place[one[j]] ? 1 : -1 }
    }
    return Double(balance) / Double(count * (count - 1) / 2)
}
