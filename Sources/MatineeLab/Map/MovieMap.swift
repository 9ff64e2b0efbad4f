package import Matinee

/// The films' places on the plane, -1...1, by row of the catalogue.
package struct MovieMap: Sendable, Equatable {
    package let places: [SIMD2<Float>]

    package init(places: [SIMD2<Float>]) { self.places = places }

    /// How many films place a vector.
    private static let nearest = 10

    /// Where a vector lies: the mean of the places of its 10 nearest films, `Σ wᵢ·placeᵢ / Σ wᵢ`, with
    /// `wᵢ = (sᵢ - s₁₁)²`, s being the inner products from the highest.
    ///
    /// The eleventh film weighs nothing, so that a vector that moves a little is placed a little further, also where
    /// one film takes another's place among the ten. A film's own vector comes to lie near the film.
    ///
    /// - Parameter index: an index of the films' vectors.
    /// - Returns: a place, or `nil` on an empty map.
    /// - Throws: ``VectorIndexError``.
    package func place(of vector: [Float], index: any VectorIndex) throws -> SIMD2<Float>? {
        let found = try index.search(vector, limit: Self.nearest + 1, allowed: nil)
        guard let last = found.last else { return nil }
        let weights = found.map { ($0.score - last.score) * ($0.score - last.score) }
        let total = weights.reduce(0, +)
        guard total > 0, total.isFinite else {
            return found.reduce(.zero) { $0 + places[$1.row] } / Float(found.count)
        }
        return zip(found, weights).reduce(.zero) { $0 + places[$1.0.row] * ($1.1 / total) }
    }
}

func squaredDistance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
    let offset = a - b
    return offset.x * offset.x + offset.y * offset.y
}
