import Matinee

/// The two directions along which vectors differ most: principal components, by orthogonal iteration.
///
/// Golub and Van Loan, "Matrix Computations", section 8.2.4. A map needs a start, not digits: a fixed number of rounds.
struct PrincipalPlane {
    var seed: UInt64 = 1
    var rounds = 20

    /// Every row's coordinates along the two directions, with mean 0; zeros where all rows are equal.
    func places(of rows: EmbeddingMatrix) -> [SIMD2<Float>] {
        guard rows.count > 0 else { return [] }
        let mean = sums(of: rows) { _ in SIMD2(1, 0) }.0.map { $0 / Float(rows.count) }
        var generator = SeededGenerator(seed: seed)
        var axes = orthonormal(generator.normals(rows.dimension), generator.normals(rows.dimension))
        for _ in 0..<rounds {
            let places = project(rows, on: axes, mean)
            let (x, y) = sums(of: rows) { places[$0] }
            axes = orthonormal(x, y)
        }
        return project(rows, on: axes, mean)
    }

    private func project(_ rows: EmbeddingMatrix, on axes: ([Float], [Float]), _ mean: [Float])
        -> [SIMD2<Float>]
    {
        let centre = SIMD2(innerProduct(mean, axes.0), innerProduct(mean, axes.1))
        return axes.0.withUnsafeBufferPointer { x in
            axes.1.withUnsafeBufferPointer { y in
                (0..<rows.count).map { row in
                    SIMD2(innerProduct(rows.view(row), x), innerProduct(rows.view(row), y)) - centre
                }
            }
        }
    }

    /// Σ weightᵢ · rowᵢ, for two sets of weights at once.
    private func sums(of rows: EmbeddingMatrix, weights: (Int) -> SIMD2<Float>) -> ([Float], [Float]) {
        var x = [Float](repeating: 0, count: rows.dimension), y = x
        for row in 0..<rows.count {
            let (numbers, weight) = (rows.view(row), weights(row))
            for i in numbers.indices {
                x[i] += weight.x * numbers[i]
                y[i] += weight.y * numbers[i]
            }
        }
        return (x, y)
    }

    /// The vectors at length 1 and right angles, the sign such that the largest component is positive; zeros for what
    /// has no direction of its own.
    private func orthonormal(_ a: [Float], _ b: [Float]) -> ([Float], [Float]) {
        let zero = [Float](repeating: 0, count: a.count)
        let x = normalised(a).map(positive) ?? zero
        let rest = weightedSum([(1, b), (-innerProduct(b, x), x)]) ?? zero
        return (x, normalised(rest).map(positive) ?? zero)
    }

    private func positive(_ vector: [Float]) -> [Float] {
        let largest = vector.max { abs($0) < abs($1) } ?? 0
        return largest < 0 ? vector.map { -$0 } : vector
    }
}
