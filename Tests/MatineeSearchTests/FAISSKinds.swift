import Matinee
import MatineeTesting
import Testing

/// A kind of index, and what is asked of it.
struct Kind: Sendable, CustomTestStringConvertible {
    let specification: String

    /// The share of the nearest rows that it finds; a little less than what was measured.
    let recall: Double

    var leastRows = 1

    var testDescription: String { specification }

    /// The numbers of the test sets are normal, in clusters, or repeated; each recall holds for every set.
    static let all = [
        Kind(specification: "Flat", recall: 1),
        Kind(specification: "SQ8", recall: 0.99),
        Kind(specification: "HNSW32", recall: 0.95),
        // With few links its graph falls apart between clusters far from each other: 0.68 of those is found.
        Kind(specification: "HNSW16,SQ8", recall: 0.65),
        Kind(specification: "IVF4,Flat", recall: 1, leastRows: 4),
        Kind(specification: "IVF4,SQ8;nprobe=4", recall: 0.99, leastRows: 4),
        Kind(specification: "SQ8,RFlat", recall: 0.99),
        Kind(specification: "L2norm,Flat", recall: 0.9),
    ]
}

extension SeededGenerator {
    static func rows(count: Int, dimension: Int) -> [Float] {
        var random = SeededGenerator(seed: 11)
        return random.normals(count * dimension)
    }
}
