private import CVectorSearch
public import Foundation
public import Matinee

/// An index of the FAISS library, which Python opens too: FAISS proposes rows, the class scores them exactly.
///
/// Scores are those of ``ExactIndex``, bit for bit, and so is the order. With `Flat` the rows are the same as well:
/// where the rounding in FAISS's sums could have lost one, all rows are scored. Other kinds may miss near rows, the
/// price of their speed. Any kind gives as many rows as are asked for and allowed: where FAISS proposes too few, and
/// where only few are allowed, all allowed rows are scored.
///
/// Besides the rows themselves it needs memory for what FAISS keeps: for `Flat`, `HNSW` and `IVF...,Flat` a copy of
/// them. The same rows give the same index and answers. Any number of tasks may search it at once.
// Sendable unchecked: the native index never changes once made, FAISS's searches write only to memory of their own
// (but for counters of its own that nobody reads), and the rows are the owner's, which keeps them unchanged.
public final class FAISSIndex: VectorIndex, @unchecked Sendable {
    public let name: String
    public let count: Int
    public let dimension: Int

    let native: OpaquePointer
    private let rows: UnsafeBufferPointer<Float>  // (count, dimension)
    private let owner: any AnyObject & Sendable
    private let specification: FAISSSpecification
    private let longest: Double

    /// Trains and fills an index of rows that stay where they are, such as a memory-mapped file.
    ///
    /// - Parameters:
    ///   - specification: the kind of index and how it is searched, for example `HNSW32` or `IVF256,Flat;nprobe=16`:
    ///     a factory string of FAISS, with or without parameters (`nprobe`, `efSearch`) behind a semicolon.
    ///   - rows: finite numbers of shape (count, dimension), row after row; may be empty.
    ///   - dimension: the length of every row, at least 1.
    ///   - owner: keeps `rows` in place and unchanged for as long as it lives; the index keeps it alive.
    /// - Throws: ``VectorIndexError``: `invalidSpecification`, `wrongDimension` if the last row is short, `notFinite`,
    ///   `tooFewRows`, `outOfMemory`.
    public convenience init(
        specification: String,
        rows: UnsafeBufferPointer<Float>,
        dimension: Int,
        owner: any AnyObject & Sendable
    ) throws {
        try self.init(specification, rows: rows, dimension: dimension, owner: owner) { try $0.make(of: rows) }
    }

    /// Trains and fills an index of rows that it copies; see ``init(specification:rows:dimension:owner:)``.
    public convenience init(specification: String, rows: [Float], dimension: Int) throws {
        let copy = RowCopy(rows)
        try self.init(
            specification: specification,
            rows: UnsafeBufferPointer(copy.numbers),
            dimension: dimension,
            owner: copy
        )
    }

    /// Reads an index that was made of the rows.
    ///
    /// The file is checked to be sound and to fit kind, count and dimension, whoever wrote it; that it was made of
    /// these very rows, only its checksum can tell.
    ///
    /// - Parameters:
    ///   - url: a file that ``write(to:)`` or FAISS's `write_index` wrote.
    ///   - specification, rows, dimension, owner: as for ``init(specification:rows:dimension:owner:)``.
    /// - Throws: ``VectorIndexError``: as for making it, and `unreadableFile`.
    public convenience init(
        contentsOf url: URL,
        specification: String,
        rows: UnsafeBufferPointer<Float>,
        dimension: Int,
        owner: any AnyObject & Sendable
    ) throws {
        do {
            let bytes = try Data(contentsOf: url, options: .mappedIfSafe)
            try self.init(
                bytes,
                of: url,
                specification: specification,
                rows: rows,
                dimension: dimension,
                owner: owner
            )
        } catch let error as CocoaError {
            throw VectorIndexError.unreadableFile(path: url.path, reason: reason(error))
        }
    }

    /// Reads an index from the bytes of a file.
    convenience init(
        _ bytes: Data,
        of url: URL,
        specification: String,
        rows: UnsafeBufferPointer<Float>,
        dimension: Int,
        owner: any AnyObject & Sendable
    ) throws {
        try self.init(specification, rows: rows, dimension: dimension, owner: owner) {
            try $0.read(bytes, of: url)
        }
    }

    private init(
        _ text: String,
        rows: UnsafeBufferPointer<Float>,
        dimension: Int,
        owner: any AnyObject & Sendable,
        native: (FAISSShape) throws -> OpaquePointer
    ) throws {
        let specification = try FAISSSpecification(text)
        guard dimension > 0 else {
            throw VectorIndexError.wrongDimension(expected: 1, found: dimension)
        }
        guard rows.count.isMultiple(of: dimension) else {
            throw VectorIndexError.wrongDimension(expected: dimension, found: rows.count % dimension)
        }
        let shape = FAISSShape(specification, count: rows.count / dimension, dimension: dimension)
        longest = try shape.longest(of: rows)
        self.native = try native(shape)
        name = "faiss:\(text)"
        count = shape.count
        self.dimension = dimension
        self.rows = rows
        self.owner = owner
        self.specification = specification
    }

    deinit { faiss_index_free(native) }

    /// The nearest rows, best first, ties by row number; see ``VectorIndex/search(_:limit:allowed:)``.
    ///
    /// - Throws: ``VectorIndexError``: `wrongDimension` for the query, `wrongRowCount` for the set of rows,
    ///   `notFinite` for the query, `invalidSpecification` where FAISS refuses, `outOfMemory`.
    public func search(_ query: [Float], limit: Int, allowed: RowSet?) throws -> [Neighbor] {
        try check(query, allowed)
        let allowedCount = allowed?.size ?? count
        let limit = min(max(limit, 0), allowedCount)
        guard limit > 0 else { return [] }
        guard let asked = proposalCount(for: limit, of: allowedCount) else {
            return scan(query, limit: limit, allowed: allowed)
        }
        var proposal = try propose(query, limit: asked, allowed: allowed)
        let found = pick(limit, of: &proposal.rows, query, allowed: allowed)
        let isAnswer = found.count == limit && isCertain(found, lowest: proposal.lowest, query)
        return isAnswer ? found : scan(query, limit: limit, allowed: allowed)
    }

    /// How many rows to ask FAISS for; `nil` where scoring all allowed rows is as quick.
    ///
    /// More than `limit`, since FAISS orders them by rounded sums or codes. Scoring a row takes about as long as
    /// FAISS takes for a few nodes of a graph; a thousand take less than a millisecond.
    private func proposalCount(for limit: Int, of allowedCount: Int) -> Int? {
        guard allowedCount == count || allowedCount > max(1000, count / 32), limit <= count / 4 else {
            return nil
        }
        let (some, isHeeded) = (2 * limit + 64, faiss_index_takes_filters(native))
        let asked = isHeeded ? some : Int((Double(some) * Double(count) / Double(allowedCount)).rounded(.up))
        return asked <= min(count / 4, allowedCount) ? asked : nil
    }

    /// Whether no row that `Flat` left out can belong to the answer; of other kinds that is not asked.
    ///
    /// FAISS's sum of `dimension` products in float32 is off by at most `dimension` * 2^-24 * |query| * |row|, in
    /// whatever order it sums (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 3.1), and 2^-149
    /// for each product that is subnormal; ours is rounded to float32. So every row left out scores less than
    /// `lowest` + `error`.
    private func isCertain(_ found: [Neighbor], lowest: Float, _ query: [Float]) -> Bool {
        guard specification.isFlat, let last = found.last else { return true }
        let greatest = longest * query.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard greatest < Double(Float.greatestFiniteMagnitude) / 2 else { return false }
        let summing = 1.01 * Double(dimension + 2) * (0x1p-24 * greatest + 0x1p-149)
        let error = summing + 0x1p-23 * abs(Double(last.score)) + 0x1p-149
        return Double(last.score) > Double(lowest) + error
    }

    private func check(_ query: [Float], _ allowed: RowSet?) throws {
        guard query.count == dimension else {
            throw VectorIndexError.wrongDimension(expected: dimension, found: query.count)
        }
        if let allowed, allowed.count != count {
            throw VectorIndexError.wrongRowCount(expected: count, found: allowed.count)
        }
        guard query.allSatisfy(\.isFinite) else { throw VectorIndexError.notFinite }
    }
}

// MARK: - Calls of native code

extension FAISSIndex {
    private var scanRows: row_scan_rows {
        row_scan_rows(numbers: rows.baseAddress, count: count, dimension: dimension)
    }

    /// Rows by number, and the lowest of their scores as FAISS has them.
    private func propose(
        _ query: [Float],
        limit: Int,
        allowed: RowSet?
    ) throws -> (rows: [Int64], lowest: Float) {
        var lowest = -Float.infinity
        let rows = try [Int64](unsafeUninitializedCapacity: limit) { room, proposed in
            let start = room.baseAddress
            try reporting(specification, count: count, dimension: dimension) { reason in
                withWords(of: allowed) {
                    faiss_index_propose(native, query, limit, $0, start, &proposed, &lowest, reason)
                }
            }
        }
        return (rows, lowest)
    }

    private func pick(
        _ limit: Int,
        of proposed: inout [Int64],
        _ query: [Float],
        allowed: RowSet?
    ) -> [Neighbor] {
        neighbors(limit) { room, found in
            withWords(of: allowed) {
                row_scan_pick(scanRows, query, limit, $0, &proposed, proposed.count, room, &found)
            }
        }
    }

    private func scan(_ query: [Float], limit: Int, allowed: RowSet?) -> [Neighbor] {
        neighbors(limit) { room, found in
            withWords(of: allowed) { row_scan_search(scanRows, query, limit, $0, room, &found) }
        }
    }

    private func neighbors(
        _ limit: Int,
        _ find: (UnsafeMutablePointer<vector_search_neighbor>?, inout Int) -> Void
    ) -> [Neighbor] {
        [vector_search_neighbor](unsafeUninitializedCapacity: limit) { find($0.baseAddress, &$1) }
            .map { Neighbor(row: $0.row, score: $0.score) }
    }
}

private func withWords<Result>(of set: RowSet?, _ body: (UnsafePointer<UInt64>?) -> Result) -> Result {
    guard let set else { return body(nil) }
    return set.words.withUnsafeBufferPointer { body($0.baseAddress) }
}
