package import Matinee

/// Seeded unit vectors to search, and queries for them.
package struct SampleVectors: Sendable {
    package let name: String
    package let rows: EmbeddingMatrix
    package let queries: [[Float]]

    package init(name: String, rows: EmbeddingMatrix, queries: [[Float]]) {
        self.name = name
        self.rows = rows
        self.queries = queries
    }

    /// Every direction is as likely as any other.
    package static func isotropic(rows: Int, dimension: Int, queries: Int, seed: UInt64) -> SampleVectors {
        var generator = SeededGenerator(seed: seed)
        func vector() -> [Float] { unit(generator.normals(dimension)) }
        return SampleVectors(
            name: "isotropic",
            rows: EmbeddingMatrix((0..<rows).map { _ in vector() }, dimension: dimension),
            queries: (0..<queries).map { _ in vector() }
        )
    }

    /// Directions stand around 200 centres, at a cosine of about 0.8, as films of a kind do.
    package static func clustered(rows: Int, dimension: Int, queries: Int, seed: UInt64) -> SampleVectors {
        var generator = SeededGenerator(seed: seed)
        let centres = (0..<200).map { _ in unit(generator.normals(dimension)) }
        let spread = 0.75 / Float(dimension).squareRoot()
        func vector() -> [Float] {
            let centre = centres[Int.random(in: 0..<centres.count, using: &generator)]
            return unit(zip(centre, generator.normals(dimension)).map { $0 + spread * $1 })
        }
        return SampleVectors(
            name: "clustered",
            rows: EmbeddingMatrix((0..<rows).map { _ in vector() }, dimension: dimension),
            queries: (0..<queries).map { _ in vector() }
        )
    }
}

private func unit(_ vector: [Float]) -> [Float] { normalised(vector) ?? vector }
