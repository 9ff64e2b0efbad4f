import Foundation
import Matinee

/// Numbers the ids of a source in the order in which they come.
///
/// Ids that are small whole numbers, as MovieLens has them, are looked up without making text of them.
struct IDTable {
    /// By the id's value, its number and 1; 0 where there is none.
    private var small: [UInt32] = []
    private var others: [String: UInt32] = [:]
    private(set) var ids: [String] = []

    /// Below this, an id is kept by its value.
    private static let limit = 1 << 24

    var count: Int { ids.count }

    @inline(__always)
    private func value(_ id: UnsafeRawBufferPointer) -> Int? {
        guard id.count <= 8, let value = id.wholeNumber, value < Self.limit, id[0] != 48 || id.count == 1
        else {
            return nil
        }
        return value
    }

    /// The number of an id, or `nil` where it has none.
    @inline(__always)
    func number(of id: UnsafeRawBufferPointer) -> Int? {
        if let value = value(id) {
            return value < small.count && small[value] > 0 ? Int(small[value]) - 1 : nil
        }
        return others[printable(id.text)].map(Int.init)
    }

    /// The number of an id, given to it where it had none; `nil` where it is empty.
    mutating func number(adding id: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool)? {
        if let number = number(of: id) { return (number, false) }
        let text = printable(id.text), number = ids.count
        guard !text.isEmpty else { return nil }
        if let value = value(id) {
            if value >= small.count {
                small += Array(
                    repeating: 0,
                    count: max(value + 1, min(2 * small.count, Self.limit)) - small.count
                )
            }
            small[value] = UInt32(number + 1)
        } else {
            others[text] = UInt32(number)
        }
        ids.append(text)
        return (number, true)
    }
}
