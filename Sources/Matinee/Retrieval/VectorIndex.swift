/// Finds the rows of a matrix that have the largest inner product with a query.
public protocol VectorIndex: Sendable {
    /// The name of the backend, for example `exact`.
    var name: String { get }

    /// The number of rows.
    var count: Int { get }

    /// The length of every row.
    var dimension: Int { get }

    /// The nearest rows, best first, ties by row number; fewer than `limit` where fewer are allowed.
    ///
    /// - Parameters:
    ///   - query: `dimension` finite numbers, of any length (norm).
    ///   - limit: how many rows at the most; 0 gives none.
    ///   - allowed: the rows that may be returned; `nil` allows all.
    /// - Throws: ``VectorIndexError``.
    func search(_ query: [Float], limit: Int, allowed: RowSet?) throws -> [Neighbor]
}

/// A row that a search found.
public struct Neighbor: Sendable, Equatable {
    /// The row's number, from 0.
    public var row: Int

    /// The float32 inner product of row and query; higher is nearer.
    public var score: Float

    public init(row: Int, score: Float) {
        self.row = row
        self.score = score
    }
}

/// Why a vector index cannot be made or searched.
public enum VectorIndexError: Error, Equatable, CustomStringConvertible {
    case wrongDimension(expected: Int, found: Int)
    case notFinite
    case wrongRowCount(expected: Int, found: Int)
    case outOfMemory(rows: Int, dimension: Int)
    case invalidSpecification(String, reason: String)
    case tooFewRows(specification: String, needed: Int, found: Int)
    case unreadableFile(path: String, reason: String)
    case writingFailed(path: String, reason: String)

    public var description: String {
        switch self {
        case .wrongDimension(let expected, let found):
            "A vector of \(found) numbers was given where the index has \(expected): it was made by another embedder; run `matinee build`."
        case .notFinite:
            "A vector holds a number that is not finite: it is damaged; run `matinee build` to make the artifacts anew."
        case .wrongRowCount(let expected, let found):
            "\(found) rows were given where the index has \(expected): catalogue and artifacts differ; run `matinee build`."
        case .outOfMemory(let rows, let dimension):
            "There is not enough memory to index \(rows) rows of \(dimension) numbers."
        case .invalidSpecification(let specification, let reason):
            "A FAISS index “\(specification)” cannot be made: \(reason). Try `Flat`, `HNSW32` or `IVF256,Flat;nprobe=16`."
        case .tooFewRows(let specification, let needed, let found):
            "A FAISS index “\(specification)” needs at least \(needed) rows, and there are \(found): choose `Flat` or `HNSW32`."
        case .unreadableFile(let path, let reason):
            "The index \(path) cannot be used: \(reason); run `matinee build` to make it anew."
        case .writingFailed(let path, let reason):
            "The index \(path) cannot be written: \(reason). What was there before is unchanged."
        }
    }
}
