import Matinee

/// Ridge regression of movies' numbers on their content, by conjugate gradients: no square of the content's size is kept.
struct ContentRegression {
    /// How strongly weights are drawn to 0.
    var ridge: Float = 30
    var rounds = 20
    private let content: [Float]
    private let count: Int
    private let width: Int

    init(_ movies: MovieContent) {
        (count, width) = (movies.count, movies.dimension)
        content = (0..<movies.count).flatMap { movies[$0] }
    }

    /// Improves the weights w that minimise `Σ g·(target - w·content)² + ridge·|w|²`.
    func improve(_ w: inout [Float], targets: [Float], importance g: [Float]) {
        let predicted = predictions(w)
        var residual = gathered(zip(zip(targets, predicted), g).map { ($0.0 - $0.1) * $1 })
        for i in 0..<width { residual[i] -= ridge * w[i] }
        var direction = residual, size = innerProduct(residual, residual)
        for _ in 0..<rounds where size > 1e-9 {
            var image = gathered(zip(predictions(direction), g).map { $0 * $1 })
            for i in 0..<width { image[i] += ridge * direction[i] }
            let step = size / innerProduct(direction, image)
            for i in 0..<width {
                w[i] += step * direction[i]
                residual[i] -= step * image[i]
            }
            let new = innerProduct(residual, residual)
            for i in 0..<width { direction[i] = residual[i] + new / size * direction[i] }
            size = new
        }
    }

    /// What the weights say of each movie.
    func predictions(_ w: [Float]) -> [Float] {
        content.withUnsafeBufferPointer { content in
            w.withUnsafeBufferPointer { w in
                (0..<count).map {
                    innerProduct(UnsafeBufferPointer(rebasing: content[$0 * width..<($0 + 1) * width]), w)
                }
            }
        }
    }

    /// The content of all movies, each times its factor, in one sum.
    private func gathered(_ factors: [Float]) -> [Float] {
        var sum = [Float](repeating: 0, count: width)
        content.withUnsafeBufferPointer { content in
            sum.withUnsafeMutableBufferPointer { sum in
                for (row, factor) in factors.enumerated() where factor != 0 {
                    let start = row * width
                    for i in 0..<sum.count { sum[i] += factor * content[start + i] }
                }
            }
        }
        return sum
    }
}
