package import Matinee

/// The films of a catalogue with their vectors, as an evaluation sees them: on its own arithmetic, in double precision.
package struct FilmSpace: Sendable {
    package let catalog: Catalog
    package let movies: EmbeddingMatrix
    /// The mean of the films' directions: its inner product with a taste is the mean cosine of all films.
    private let mean: [Double]

    package init(_ artifacts: Artifacts) { self.init(catalog: artifacts.catalog, movies: artifacts.movies) }

    package init(catalog: Catalog, movies: EmbeddingMatrix) {
        (self.catalog, self.movies) = (catalog, movies)
        var sum = [Double](repeating: 0, count: movies.dimension)
        for row in 0..<movies.count {
            let vector = movies.view(row), length = Self.length(vector)
            guard length > 0 else { continue }
            for i in sum.indices { sum[i] += Double(vector[i]) / length }
        }
        mean = sum.map { $0 / Double(max(1, movies.count)) }
    }

    /// The cosine between a taste and a film, -1...1.
    func cosine(_ taste: [Float], _ row: Int) -> Double {
        taste.withUnsafeBufferPointer { Self.cosine($0, movies.view(row)) }
    }

    /// The mean cosine between a taste and all films: what films drawn at random have.
    func meanCosine(_ taste: [Float]) -> Double {
        let length = taste.withUnsafeBufferPointer(Self.length)
        return zip(taste, mean).reduce(0) { $0 + Double($1.0) * $1.1 } / length
    }

    /// The mean cosine of the films nearest to a taste.
    /// - Parameter limit: how many films, 1 at the least.
    func nearestCosine(_ taste: [Float], limit: Int) -> Double {
        let cosines = (0..<movies.count).map { cosine(taste, $0) }
        let nearest = cosines.sorted(by: >).prefix(limit)
        return nearest.reduce(0, +) / Double(max(1, nearest.count))
    }

    /// The mean of 1 - cosine over the pairs of films, 0...2 (Ziegler et al. 2005, "Improving recommendation lists
    /// through topic diversification"); `nil` of fewer than two.
    func diversity(_ rows: [Int]) -> Double? {
        guard rows.count > 1 else { return nil }
        var sum = 0.0
        for (place, row) in rows.enumerated() {
            for other in rows[..<place] { sum += 1 - Self.cosine(movies.view(row), movies.view(other)) }
        }
        return sum / Double(rows.count * (rows.count - 1) / 2)
    }

    /// The mean of 1 - popularity over the films whose popularity is known, 0...1 (expected popularity complement,
    /// Vargas and Castells 2011); `nil` where none is.
    func novelty(_ rows: [Int]) -> Double? {
        let known = rows.compactMap { catalog[$0].popularity }
        return known.isEmpty ? nil : 1 - known.reduce(0, +) / Double(known.count)
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { cosine(a, $0) } }
    }

    private static func cosine(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Double {
        var product = 0.0, first = 0.0, second = 0.0
        for i in 0..<min(a.count, b.count) {
            let (x, y) = (Double(a[i]), Double(b[i]))
            product += x * y
            first += x * x
            second += y * y
        }
        let lengths = (first * second).squareRoot()
        return lengths > 0 ? max(-1, min(1, product / lengths)) : 0
    }

    private static func length(_ vector: UnsafeBufferPointer<Float>) -> Double {
        vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
}

extension FilmSpace {
    /// The rows of the films nearest to a taste, nearest first.
    func nearest(_ taste: [Float], limit: Int) -> [Int] {
        let cosines = (0..<movies.count).map { cosine(taste, $0) }
        return Array(cosines.indices.sorted { (cosines[$1], $0) < (cosines[$0], $1) }.prefix(limit))
    }
}
