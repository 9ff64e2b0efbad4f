/// What is known of movies without anyone's rating, as numbers: 1, genres, year, its square, and the embedding.
package struct MovieContent: Sendable {
    /// The genres that have a place.
    package let genres: [String]
    private let movies: [Movie]
    private let vectors: EmbeddingMatrix?
    private let length: Int

    /// Embeddings are of length 1, so that their numbers are small beside the others.
    private static let embeddingScale: Float = 4

    /// How many numbers a movie has.
    package var dimension: Int { genres.count + 3 + length }

    package var count: Int { movies.count }

    /// - Parameters:
    ///   - vectors: the movies' embeddings; `nil` for zeros in their place.
    ///   - length: how many numbers an embedding has.
    package init(
        _ movies: [Movie],
        genres: [String] = Genre.all.sorted(),
        vectors: EmbeddingMatrix?,
        length: Int
    ) {
        (self.movies, self.genres, self.vectors, self.length) = (movies, genres, vectors, length)
    }

    /// The numbers of a movie.
    package subscript(row: Int) -> [Float] {
        let movie = movies[row], year = movie.year.map { Float(min(2_100, max(1_880, $0)) - 1_990) / 20 } ?? 0
        let known = genres.map { movie.genres.contains($0) ? Float(1) : 0 }
        let embedding = vectors.map { $0.view(row).map { Self.embeddingScale * $0 } }
        return [1] + known + [year, year * year] + (embedding ?? [Float](repeating: 0, count: length))
    }
}
