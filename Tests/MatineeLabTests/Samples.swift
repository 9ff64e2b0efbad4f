import Foundation
import Matinee
import MatineeLab
import MatineeSearch

/// Vectors with the index that a map of them is made by.
struct Rows {
    let matrix: EmbeddingMatrix
    let index: ExactIndex

    init(_ vectors: [[Float]], dimension: Int) throws {
        matrix = EmbeddingMatrix(vectors, dimension: dimension)
        index = try ExactIndex(rows: matrix.numbers, dimension: dimension, owner: matrix)
    }

    /// Unit vectors of some kinds, each around a centre; row i is of kind i % kinds.
    init(clustered count: Int, kinds: Int = 20, dimension: Int = 32, seed: UInt64 = 1) throws {
        var generator = SeededGenerator(seed: seed)
        let centres = (0..<kinds).map { _ in generator.normals(dimension) }
        let vectors = (0..<count).map { row in
            let sum = zip(centres[row % kinds], generator.normals(dimension)).map { $0 + 0.7 * $1 }
            return normalised(sum) ?? sum
        }
        try self.init(vectors, dimension: dimension)
    }

    func places(seed: UInt64 = 1) async throws -> [SIMD2<Float>] {
        try await MapLayout(seed: seed).places(of: matrix, index: index)
    }
}

extension Catalog {
    /// Films by title, keywords and popularity; ids are numbers.
    static func of(_ films: [(title: String, keywords: [String], popularity: Double)]) throws -> Catalog {
        let movies = try films.enumerated().map { row, film in
            var movie = try JSONDecoder().decode(
                Movie.self,
                from: JSONEncoder().encode(["id": "\(row)", "title": film.title])
            )
            movie.keywords = film.keywords
            movie.popularity = film.popularity
            return movie
        }
        return Catalog(movies: movies, checksum: "")
    }
}
