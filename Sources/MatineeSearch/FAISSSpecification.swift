import Matinee

/// What kind of index FAISS is to make, such as `Flat`, `HNSW32` or `OPQ16,IVF256,PQ16;nprobe=16`.
///
/// Before the semicolon stands a factory string (https://github.com/facebookresearch/faiss/wiki/The-index-factory);
/// after it, where defaults are not to hold, FAISS's search parameters with commas between them, such as `nprobe`,
/// `efSearch` and `k_factor_rf`. Numbers go from 1 to 65,536, the links of a graph from 2 to 512; FAISS itself can
/// hang or crash on others.
struct FAISSSpecification {
    /// The whole of it.
    let text: String

    /// The part for FAISS's `index_factory`.
    let factory: String

    /// The part for FAISS's `ParameterSpace`; empty for defaults.
    let parameters: String

    /// Reads a specification.
    ///
    /// - Throws: ``VectorIndexError/invalidSpecification(_:reason:)``.
    init(_ text: String) throws {
        let parts = text.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        factory = String(parts[0])
        parameters = parts.count > 1 ? String(parts[1]) : ""
        self.text = text
        guard factory.wholeMatch(of: /[A-Za-z0-9_,()]{1,200}/) != nil else {
            throw VectorIndexError.invalidSpecification(text, reason: "it is no factory string of FAISS")
        }
        // FAISS's parameter `verbose` writes to standard output, which is for results.
        guard !parameters.contains("verbose"),
            parts.count == 1 || parameters.wholeMatch(of: /[A-Za-z_]+=[0-9]+(?:,[A-Za-z_]+=[0-9]+)*/) != nil
        else {
            throw VectorIndexError.invalidSpecification(
                text,
                reason: "behind the semicolon NAME=NUMBER is needed"
            )
        }
        guard Self.numbers(in: text).allSatisfy((1...65_536).contains),
            graphDegrees.allSatisfy((2...512).contains)
        else {
            throw VectorIndexError.invalidSpecification(text, reason: "a number is out of range")
        }
    }

    /// Whether FAISS finds the nearest rows but for the rounding of float32.
    var isFlat: Bool { factory == "Flat" }

    /// The fewest rows that it can be trained with: one a list, and one for each code of a product quantizer, of
    /// which there are 256 if nothing else is said.
    var leastRows: Int {
        let lists = factory.matches(of: /IVF([0-9]+)/).compactMap { Int($0.1) }
        let codes = factory.matches(of: /PQ[0-9_]+(?:x([0-9]+))?/).map { match in
            1 << min(match.1.flatMap { Int($0) } ?? 8, 16)
        }
        return (lists + codes).max() ?? 1
    }

    private var graphDegrees: [Int] {
        factory.matches(of: /(?:HNSW|NSG)([0-9]+)/).map { Int($0.1) ?? .max }
    }

    private static func numbers(in text: String) -> [Int] {
        text.replacing("L2norm", with: "").matches(of: /[0-9]+/).map { Int($0.0) ?? .max }
    }
}
