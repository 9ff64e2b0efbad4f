import Matinee

/// For every row of a matrix, the rows nearest to it.
struct NeighborGraph: Sendable {
    /// How many neighbours each row has.
    let degree: Int

    /// Row numbers of shape (count, degree), nearest first; no row is its own neighbour.
    let neighbors: [Int32]

    /// Rows that one task searches for.
    private static let chunk = 256

    /// Searches for the neighbours of every row, on all cores.
    ///
    /// - Parameters:
    ///   - degree: how many neighbours at the most; all others where there are fewer.
    ///   - progress: called with how many of how many rows are done.
    /// - Throws: ``VectorIndexError``: `notFinite` for a damaged row.
    init(
        of rows: EmbeddingMatrix,
        index: any VectorIndex,
        degree: Int,
        progress: @Sendable (Int, Int) -> Void
    ) async throws {
        let degree = max(0, min(degree, rows.count - 1))
        let starts = Array(stride(from: 0, to: rows.count, by: Self.chunk))
        var parts = [[Int32]](repeating: [], count: starts.count), done = 0
        try await withThrowingTaskGroup(of: (Int, [Int32]).self) { group in
            for (part, start) in starts.enumerated() {
                group.addTask {
                    let chunk = start..<min(start + Self.chunk, rows.count)
                    return (part, try Self.neighbors(of: chunk, rows, index, degree))
                }
            }
            for try await (part, found) in group {
                parts[part] = found
                done += 1
                progress(min(done * Self.chunk, rows.count), rows.count)
            }
        }
        self.degree = degree
        neighbors = Array(parts.joined())
    }

    private static func neighbors(
        of chunk: Range<Int>,
        _ rows: EmbeddingMatrix,
        _ index: any VectorIndex,
        _ degree: Int
    ) throws -> [Int32] {
        try chunk.flatMap { row in
            try Task.checkCancellation()
            // Where more rows than that are equal, the row itself may not be among those found.
            let found = try index.search(rows[row], limit: degree + 1, allowed: nil)
            return found.lazy.filter { $0.row != row }.prefix(degree).map { Int32($0.row) }
        }
    }
}
