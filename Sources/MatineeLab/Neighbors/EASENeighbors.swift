package import Matinee
import MatineeCompute

/// Makes neighbours out of histories: the linear model of all movies by all others that has a closed form.
///
/// EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019): with X the binary matrix of shape
/// (histories, movies) and P = (XᵀX + D)⁻¹, the weights are B = I - P·diag(1/diag(P)). D = λ + δ·diag(XᵀX); δ > 0
/// stands for movies left out of histories at random (Steck, "Autoencoders that don't overfit towards the Identity",
/// NeurIPS 2020). Of B the strongest weights of each movie are kept.
package struct EASENeighbors: Sendable {
    /// λ, above 0: the higher, the more do movies of few histories count alike.
    package var lambda: Float

    /// δ, 0 or more.
    package var dropout: Float

    /// How many movies take part, those in most histories; n of them need 4·n² bytes.
    package var items: Int

    /// How many neighbours of each movie are kept.
    package var neighbors: Int

    package init(lambda: Float = 200, dropout: Float = 0, items: Int = 20_000, neighbors: Int = 128) {
        precondition(lambda > 0 && dropout >= 0 && items > 0 && neighbors > 0, "EASE is given no sizes")
        (self.lambda, self.dropout, self.items, self.neighbors) = (lambda, dropout, items, neighbors)
    }

    /// Learns from lists of movies that belong together, such as those that a conversation named; repeats count once.
    /// - Throws: ``SymmetricMatrix/Fault``.
    package func build(_ histories: some Collection<[Int]>, movies: Int) throws -> Neighbors {
        let gram = try GramMatrix(of: histories, movies: movies, limit: items)
        for item in gram.movies.indices {
            gram.matrix[item, item] += lambda + dropout * gram.matrix[item, item]
        }
        return try neighbors(gram, movies)
    }

    /// Learns from the films that each user rates at their own middle or above; see ``RatingsTaste/centre(of:mean:)``.
    /// - Throws: ``SymmetricMatrix/Fault``.
    package func build(_ ratings: RatingsFile, movies: Int) throws -> Neighbors {
        try build(PositiveHistories(ratings), movies: movies)
    }

    private func neighbors(_ gram: consuming GramMatrix, _ count: Int) throws -> Neighbors {
        let movies = gram.movies
        var inverse = gram.matrix
        try inverse.invert()
        var rows = [[(row: Int, weight: Float)]](repeating: [], count: count)
        for item in movies.indices {
            var strongest = Strongest(limit: neighbors)
            for other in movies.indices where other != item {
                let weight = -inverse[max(item, other), min(item, other)] / inverse[other, other]
                strongest.add(other, weight)
            }
            rows[movies[item]] = strongest.found.map { (movies[$0.item], $0.weight) }
        }
        return Neighbors(rows: rows)
    }
}

/// The weights of the largest size, and whose they are; of equal ones the first that came.
private struct Strongest {
    let limit: Int
    private(set) var found: [(item: Int, weight: Float)] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ item: Int, _ weight: Float) {
        let size = abs(weight)
        if size == 0 { return }
        if found.count == limit {
            guard size > abs(found[limit - 1].weight) else { return }
            found.removeLast()
        }
        var low = 0, high = found.count
        while low < high {
            let middle = (low + high) / 2
            if abs(found[middle].weight) >= size { low = middle + 1 } else { high = middle }
        }
        found.insert((item, weight), at: low)
    }
}
