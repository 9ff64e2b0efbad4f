package import Foundation

/// The layout of `neighbours.bin`, all numbers little-endian:
///
/// | Bytes | What |
/// | --- | --- |
/// | 0..<8 | `MATNEIGH` |
/// | 8..<12 | version 1, uint32 |
/// | 12..<16 | how many movies, uint32 |
/// | 16..<24 | how many pairs, uint64 |
/// | 24..<32 | zeros |
/// | 32..<64 | SHA-256 of all bytes before and after it |
/// | movies + 1 uint64 | where the neighbours of each movie begin; last, the number of pairs |
/// | pairs uint32 | the neighbours' rows |
/// | pairs float32 | their weights |
package struct NeighborsHeader {
    let movies: Int
    let pairs: Int

    private static let size = 64, checksum = 32..<64
    private static let magic = Data("MATNEIGH".utf8)

    /// What is wrong with a file.
    struct Fault: Error {
        let description: String
        init(_ description: String) { self.description = description }
    }

    var starts: Range<Int> { Self.size..<Self.size + 8 * (movies + 1) }
    var rows: Range<Int> { starts.upperBound..<starts.upperBound + 4 * pairs }
    var weights: Range<Int> { rows.upperBound..<rows.upperBound + 4 * pairs }

    /// Reads the head of a file whose size and checksum fit it.
    static func read(_ data: Data) throws(Fault) -> NeighborsHeader {
        guard data.count >= size, data.prefix(8) == magic, number(data, at: 8, UInt32.self) == 1 else {
            throw Fault("it does not hold neighbours, or those of another version")
        }
        let movies = number(data, at: 12, UInt32.self), pairs = number(data, at: 16, UInt64.self)
        let header = NeighborsHeader(movies: Int(movies), pairs: Int(min(pairs, 1 << 40)))
        guard data.count == header.weights.upperBound else {
            throw Fault("it should hold \(pairs) neighbours of \(movies) movies but has \(data.count) bytes")
        }
        guard Data(data[checksum]) == digest(data) else { throw Fault("its checksum is wrong") }
        return header
    }

    /// The bytes of a file.
    package static func file(_ neighbors: [[(row: Int, weight: Float)]]) -> Data {
        let header = NeighborsHeader(movies: neighbors.count, pairs: neighbors.reduce(0) { $0 + $1.count })
        var starts = Data(capacity: header.starts.count), rows = Data(capacity: header.rows.count)
        var weights = Data(capacity: header.weights.count), start: UInt64 = 0
        append(start, to: &starts)
        for list in neighbors {
            for (row, weight) in list.sorted(by: isStronger) {
                append(UInt32(clamping: row), to: &rows)
                append(weight.bitPattern, to: &weights)
            }
            start += UInt64(list.count)
            append(start, to: &starts)
        }
        var data = magic
        append(UInt32(1), to: &data)
        append(UInt32(header.movies), to: &data)
        append(UInt64(header.pairs), to: &data)
        data += Data(count: size - data.count) + starts + rows + weights
        data.replaceSubrange(checksum, with: digest(data))
        return data
    }

    private static func isStronger(_ one: (row: Int, weight: Float), _ other: (row: Int, weight: Float))
        -> Bool
    {
        let sizes = (abs(one.weight), abs(other.weight))
        return sizes.0 == sizes.1 ? one.row < other.row : sizes.0 > sizes.1
    }

    private static func digest(_ data: Data) -> Data {
        var hash = Checksum()
        hash.update(data[..<checksum.lowerBound])
        hash.update(data[checksum.upperBound...])
        return hash.bytes
    }

    private static func append(_ number: some FixedWidthInteger, to data: inout Data) {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }

    private static func number<Number: FixedWidthInteger>(_ data: Data, at place: Int, _: Number.Type)
        -> Number
    {
        data.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self))
        }
    }
}
