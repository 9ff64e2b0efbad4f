package import Matinee

/// Lays vectors out on a plane so that those near each other stay near each other.
///
/// Each row's nearest rows make a graph; the first two principal components are the start; ``ContrastiveDescent`` does
/// the rest. The same vectors and seed give the same places on every run.
package struct MapLayout: Sendable {
    /// Raised whenever the same vectors would be laid out otherwise.
    static let version = 1

    var seed: UInt64

    /// Fewer have too few others for neighbours to mean anything: they stay where principal components put them.
    private static let fewest = 10

    package init(seed: UInt64 = 1) { self.seed = seed }

    /// The stages of the work, which progress tells.
    package enum Stage: Sendable { case neighbors, layout }

    /// Places on the plane, by row: the bounding box is centred at 0, its longer side reaches from -1 to 1, and the
    /// places differ most from left to right. No rows give no places; rows that are all equal lie about one spot.
    ///
    /// - Parameters:
    ///   - rows: vectors of any length (norm); nearness is their inner product.
    ///   - index: an exact index of the rows.
    /// - Throws: ``VectorIndexError``: `notFinite` for a damaged row; `CancellationError`.
    package func places(
        of rows: EmbeddingMatrix,
        index: any VectorIndex,
        progress: @Sendable (Stage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> [SIMD2<Float>] {
        // Were most others neighbours, nothing would keep films apart.
        let degree = rows.count < Self.fewest ? 0 : min(15, (rows.count - 1) / 3)
        let graph = try await NeighborGraph(of: rows, index: index, degree: degree) {
            progress(.neighbors, $0, $1)
        }
        guard rows.count > 1 else { return rows.count == 0 ? [] : [.zero] }
        var points = start(of: rows)
        let descent = ContrastiveDescent(epochs: epochs(rows.count), seed: seed)
        try descent.move(&points, along: graph) { progress(.layout, $0, $1) }
        return framed(turned(points))
    }

    /// Small sets need more rounds to settle, and can have them (as in UMAP).
    private func epochs(_ count: Int) -> Int { count <= 10_000 ? 300 : 100 }

    /// Where rows start: by principal components, at a root mean square of 1, moved by a hair, so that no two are equal.
    package func start(of rows: EmbeddingMatrix) -> [SIMD2<Float>] {
        let places = PrincipalPlane(seed: seed).places(of: rows)
        let squares = places.reduce(Float(0)) { $0 + ($1 * $1).sum() } / Float(places.count)
        let scale = squares > 1e-12 ? 1 / squares.squareRoot() : 0
        var generator = SeededGenerator(seed: seed)
        return places.map { scale * $0 + 0.001 * SIMD2(generator.normal(), generator.normal()) }
    }

    /// The places turned such that they differ most from left to right: along the larger eigenvector of their
    /// covariance.
    private func turned(_ places: [SIMD2<Float>]) -> [SIMD2<Float>] {
        let mean = places.reduce(.zero, +) / Float(places.count)
        var (xx, xy, yy) = (Float(0), Float(0), Float(0))
        for place in places {
            let offset = place - mean
            xx += offset.x * offset.x
            xy += offset.x * offset.y
            yy += offset.y * offset.y
        }
        let half = (xx - yy) / 2, root = (half * half + xy * xy).squareRoot()
        let axis = half > 0 ? SIMD2(half + root, xy) : SIMD2(abs(xy), (xy < 0 ? -1 : 1) * (root - half))
        let length = (axis * axis).sum().squareRoot()
        guard length > 0, length.isFinite else { return places }
        let unit = axis / length
        return places.map { SIMD2($0.x * unit.x + $0.y * unit.y, $0.y * unit.x - $0.x * unit.y) }
    }

    private func framed(_ places: [SIMD2<Float>]) -> [SIMD2<Float>] {
        guard let first = places.first else { return [] }
        let low = places.reduce(first) { pointwiseMin($0, $1) }
        let high = places.reduce(first) { pointwiseMax($0, $1) }
        let half = ((high - low) / 2).max(), centre = (low + high) / 2
        guard half > 0 else { return places.map { _ in .zero } }
        return places.map { (($0 - centre) / half).clamped(lowerBound: -.one, upperBound: .one) }
    }
}
