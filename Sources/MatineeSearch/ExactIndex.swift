private import CVectorSearch
public import Matinee

/// An exact index: what it finds is, bit for bit, what a scan of every row in float32 finds, only sooner.
///
/// It holds an int8 code of each row, and for each code a bound on how far the row's score may be from what the code
/// says; rows whose bound lets them be among the best are scored in float32. A score is summed in double precision
/// and rounded once, so it is the same on every CPU. One beyond the range of float32 is infinite.
///
/// Making it takes one pass over the rows, and memory for about `count * dimension` bytes besides the rows themselves;
/// made `lazily`, it scans the rows until the codes are there, which the first search asks for.
/// Any number of tasks may search it at once.
// Sendable unchecked: the native index never changes once made, each search has memory of its own, and the rows are
// the owner's, which keeps them unchanged.
public final class ExactIndex: VectorIndex, @unchecked Sendable {
    public let name = "exact"
    public let count: Int
    public let dimension: Int

    private let rows: UnsafeBufferPointer<Float>
    private let codes: RowCodes
    private let owner: any AnyObject & Sendable

    /// Makes an index of rows that stay where they are, such as a memory-mapped file.
    ///
    /// - Parameters:
    ///   - rows: finite numbers of shape (count, dimension), row after row; may be empty. They are not copied.
    ///   - dimension: the length of every row, at least 1.
    ///   - owner: keeps `rows` in place and unchanged for as long as it lives; the index keeps it alive.
    ///   - lazily: whether the codes are made beside the first searches, which find the same without them. Numbers that
    ///     are not finite are then not looked for.
    /// - Throws: ``VectorIndexError``: `wrongDimension` if the last row is short, `notFinite`, `outOfMemory`.
    public convenience init(
        rows: UnsafeBufferPointer<Float>,
        dimension: Int,
        owner: any AnyObject & Sendable,
        lazily: Bool = false
    ) throws {
        try self.init(rows: rows, dimension: dimension, owner: owner, portable: false, lazily: lazily)
    }

    /// Makes an index of rows that it copies.
    ///
    /// - Parameters:
    ///   - rows: finite numbers of shape (count, dimension), row after row; may be empty.
    ///   - dimension: the length of every row, at least 1.
    /// - Throws: ``VectorIndexError``: `wrongDimension` if the last row is short, `notFinite`, `outOfMemory`.
    public convenience init(rows: [Float], dimension: Int) throws {
        try self.init(rows: rows, dimension: dimension, portable: false)
    }

    /// - Parameter portable: keeps to instructions that every CPU has; the results are the same.
    package convenience init(rows: [Float], dimension: Int, portable: Bool) throws {
        let copy = RowCopy(rows)
        try self.init(
            rows: UnsafeBufferPointer(copy.numbers),
            dimension: dimension,
            owner: copy,
            portable: portable
        )
    }

    private init(
        rows: UnsafeBufferPointer<Float>,
        dimension: Int,
        owner: any AnyObject & Sendable,
        portable: Bool,
        lazily: Bool = false
    ) throws {
        guard dimension > 0 else {
            throw VectorIndexError.wrongDimension(expected: 1, found: dimension)
        }
        guard rows.count.isMultiple(of: dimension) else {
            throw VectorIndexError.wrongDimension(expected: dimension, found: rows.count % dimension)
        }
        let count = rows.count / dimension
        codes = RowCodes(rows: rows, count: count, dimension: dimension, portable: portable, owner: owner)
        if !lazily { try codes.make() }
        (self.rows, self.count, self.dimension) = (rows, count, dimension)
        self.owner = owner
    }

    /// The nearest rows, best first, ties by row number; see ``VectorIndex/search(_:limit:allowed:)``.
    ///
    /// - Throws: ``VectorIndexError``: `wrongDimension` for the query, `wrongRowCount` for the set of rows,
    ///   `notFinite` for the query, `outOfMemory`.
    public func search(_ query: [Float], limit: Int, allowed: RowSet?) throws -> [Neighbor] {
        try checkDimension(of: query)
        if let allowed, allowed.count != count {
            throw VectorIndexError.wrongRowCount(expected: count, found: allowed.count)
        }
        guard query.allSatisfy(\.isFinite) else { throw VectorIndexError.notFinite }
        let limit = min(max(limit, 0), count), native = codes.ready
        let found = try [vector_search_neighbor](unsafeUninitializedCapacity: limit) { room, found in
            try withWords(of: allowed) { words in
                guard let native else {
                    let rows = row_scan_rows(numbers: rows.baseAddress, count: count, dimension: dimension)
                    return row_scan_search(rows, query, limit, words, room.baseAddress, &found)
                }
                try check(
                    exact_index_search(native, query, limit, words, room.baseAddress, &found),
                    count: count,
                    dimension: dimension
                )
            }
        }
        return found.map { Neighbor(row: $0.row, score: $0.score) }
    }

    private func withWords(of allowed: RowSet?, _ body: (UnsafePointer<UInt64>?) throws -> Void) rethrows {
        guard let words = allowed?.words else { return try body(nil) }
        try words.withUnsafeBufferPointer { try body($0.baseAddress) }
    }

    /// Every row's score, by row number; the very numbers that a search gives, at the price of reading all rows.
    ///
    /// - Parameter query: `dimension` finite numbers.
    /// - Throws: ``VectorIndexError``: `wrongDimension`, `notFinite`.
    public func scores(_ query: [Float]) throws -> [Float] {
        try checkDimension(of: query)
        guard let native = codes.ready else {
            return try scores(scanning: query)
        }
        return try [Float](unsafeUninitializedCapacity: count) { scores, written in
            try check(
                exact_index_scores(native, query, scores.baseAddress),
                count: count,
                dimension: dimension
            )
            written = count
        }
    }

    private func scores(scanning query: [Float]) throws -> [Float] {
        var scores = [Float](repeating: 0, count: count)
        for neighbor in try search(query, limit: count, allowed: nil) {
            scores[neighbor.row] = neighbor.score
        }
        return scores
    }

    private func checkDimension(of query: [Float]) throws {
        guard query.count == dimension else {
            throw VectorIndexError.wrongDimension(expected: dimension, found: query.count)
        }
    }
}
