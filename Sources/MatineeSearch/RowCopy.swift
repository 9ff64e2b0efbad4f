/// Rows in memory that does not move.
// Sendable unchecked: nobody writes the numbers after init.
final class RowCopy: @unchecked Sendable {
    let numbers: UnsafeMutableBufferPointer<Float>

    init(_ rows: [Float]) {
        numbers = .allocate(capacity: rows.count)
        _ = numbers.initialize(from: rows)
    }

    deinit { numbers.deallocate() }
}
