/// A set of row numbers 0..<`count`, one bit a row.
public struct RowSet: Sendable, Equatable {
    /// The number of rows it can hold, in the set or not.
    public let count: Int

    /// The bits, 64 rows a word, the lowest row in the lowest bit; bits past `count` are 0.
    public private(set) var words: [UInt64]

    /// A set that holds every row, or none.
    public init(count: Int, all: Bool = false) {
        self.count = count
        words = Array(repeating: all ? .max : 0, count: (count + 63) / 64)
        if all, count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    /// Whether the row is in the set; a row out of range is not.
    public func contains(_ row: Int) -> Bool {
        row >= 0 && row < count && words[row / 64] & (1 << UInt64(row % 64)) != 0
    }

    /// Adds a row; one out of range is ignored.
    public mutating func insert(_ row: Int) {
        guard row >= 0, row < count else { return }
        words[row / 64] |= 1 << UInt64(row % 64)
    }

    /// Takes a row out.
    /// - Returns: whether it was in the set.
    @discardableResult
    public mutating func remove(_ row: Int) -> Bool {
        guard contains(row) else { return false }
        words[row / 64] &= ~(1 << UInt64(row % 64))
        return true
    }

    /// The rows in the set, in order.
    package var members: [Int] {
        var members: [Int] = []
        for (place, word) in words.enumerated() {
            var left = word
            while left != 0 {
                members.append(place * 64 + left.trailingZeroBitCount)
                left &= left - 1
            }
        }
        return members
    }

    /// How many rows the set holds.
    public var size: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
