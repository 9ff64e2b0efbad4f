import Matinee

/// What kind of index FAISS is to make, such as `Flat`, `HNSW32` or `OPQ16,IVF256,PQ16;nprobe=16`.
///
/// Before the semicolon stands a factory string (https://github.com/facebookresearch/faiss/wiki/The-index-factory),
/// of the kinds below; after it, where defaults are not to hold, search parameters with commas between them.
///
///     specification  = { transform "," } index [ ",RFlat" ] [ ";" parameter { "," parameter } ]
///     transform      = "L2norm" | "RR" n | "PCA" n | "PCAR" n | "PCAW" n | "PCAWR" n | "OPQ" n [ "_" n ]
///     index          = codes | "HNSW" n [ "," scalars ] | "IVF" n [ "_HNSW" n ] "," codes
///     codes          = scalars | "PQ" n
///     scalars        = "Flat" | "SQ4" | "SQ6" | "SQ8" | "SQfp16"
///     parameter      = ( "nprobe" | "efSearch" | "quantizer_efSearch" | "k_factor_rf" ) "=" n
///
/// Numbers go from 1 to 65,536, of transforms to 4,096 and of `HNSW` from 2 to 512. FAISS has more kinds, and takes
/// other numbers; with some of them it ends the program or never ends (1.7.3: `IVF8,RQ2x8`, `NSG2`, `HNSW0`).
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
        guard try factory.wholeMatch(of: Self.factories) != nil else {
            throw VectorIndexError.invalidSpecification(text, reason: "its kind is not known")
        }
        guard try parts.count == 1 || parameters.wholeMatch(of: Self.settings) != nil else {
            throw VectorIndexError.invalidSpecification(text, reason: "its search parameters are not known")
        }
        guard Self.numbers(in: text).allSatisfy((1...65_536).contains),
            graphDegrees.allSatisfy((2...512).contains), transformed.allSatisfy((1...4_096).contains)
        else {
            throw VectorIndexError.invalidSpecification(text, reason: "a number is out of range")
        }
    }

    /// Whether FAISS finds the nearest rows but for the rounding of float32.
    var isFlat: Bool { factory == "Flat" }

    /// The fewest rows that it can be trained with: one a list, 256 for the codes of a product quantizer.
    var leastRows: Int {
        let lists = factory.matches(of: /IVF([0-9]+)/).compactMap { Int($0.1) }.max() ?? 1
        return factory.contains("PQ") ? max(lists, 256) : lists
    }

    private var graphDegrees: [Int] {
        factory.matches(of: /HNSW([0-9]+)/).map { Int($0.1) ?? .max }
    }

    /// The lengths of transformed rows.
    private var transformed: [Int] {
        factory.matches(of: /(?:RR|PCAW?R?|OPQ)([0-9]+)(?:_([0-9]+))?/)
            .flatMap { [$0.1, $0.2 ?? "1"] }.map { Int($0) ?? .max }
    }

    private static func numbers(in text: String) -> [Int] {
        text.replacing("L2norm", with: "").matches(of: /[0-9]+/).map { Int($0.0) ?? .max }
    }

    private static var factories: Regex<Substring> {
        get throws {
            let transform = "L2norm|(?:RR|PCAW?R?)[0-9]+|OPQ[0-9]+(?:_[0-9]+)?"
            let scalars = "Flat|SQ4|SQ6|SQ8|SQfp16"
            let codes = "\(scalars)|PQ[0-9]+"
            let index = "(?:\(codes)|HNSW[0-9]+(?:,(?:\(scalars)))?|IVF[0-9]+(?:_HNSW[0-9]+)?,(?:\(codes)))"
            return try Regex("(?:(?:\(transform)),)*\(index)(?:,RFlat)?", as: Substring.self)
        }
    }

    private static var settings: Regex<Substring> {
        get throws {
            let parameter = "(?:nprobe|efSearch|quantizer_efSearch|k_factor_rf)=[0-9]+"
            return try Regex("\(parameter)(?:,\(parameter))*", as: Substring.self)
        }
    }
}
