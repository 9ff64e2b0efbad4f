package import Matinee

/// How true a map is to the vectors it was made of.
package struct MapQuality: Sendable {
    var nearest = 10
    var within = 30
    /// At most that many rows are looked at, evenly spread.
    var sample = 1_000

    package init() {}

    /// Of the 10 nearest rows of a row by inner product, the share that is among its 30 nearest on the map, 0...1;
    /// higher is better. `nil` where there are too few rows to tell, fewer than 32.
    /// - Throws: ``VectorIndexError``.
    package func share(of places: [SIMD2<Float>], rows: EmbeddingMatrix, index: any VectorIndex) throws
        -> Double?
    {
        guard rows.count > within + 1 else { return nil }
        let looked = stride(from: 0, to: rows.count, by: max(1, rows.count / sample))
        var kept = 0, total = 0
        for row in looked {
            let near = try index.search(rows[row], limit: nearest + 1, allowed: nil)
                .lazy.map(\.row).filter { $0 != row }.prefix(nearest)
            kept += ranks(of: Array(near), around: row, places).count { $0 <= within }
            total += near.count
        }
        return Double(kept) / Double(total)
    }

    /// How many rows lie on the map as near to a row as each of some others do, from 1.
    private func ranks(of others: [Int], around row: Int, _ places: [SIMD2<Float>]) -> [Int] {
        let limits = others.map { squaredDistance(places[$0], places[row]) }
        var ranks = [Int](repeating: 0, count: others.count)
        for other in places.indices where other != row {
            let distance = squaredDistance(places[other], places[row])
            for i in limits.indices where distance <= limits[i] { ranks[i] += 1 }
        }
        return ranks
    }
}
