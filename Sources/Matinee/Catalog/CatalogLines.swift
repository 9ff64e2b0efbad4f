package import Foundation

/// The lines of a JSON Lines file that are not empty.
package struct CatalogLines: Sendable {
    private let data: Data
    private let ranges: [(number: Int, range: Range<Int>)]

    package init(_ data: Data) {
        self.data = data
        ranges = data.withUnsafeBytes { bytes in
            guard let first = bytes.baseAddress else { return [] }
            var ranges: [(number: Int, range: Range<Int>)] = [], start = 0, number = 1
            while start < bytes.count {
                let found = memchr(first + start, 10, bytes.count - start)
                let end = found.map { first.distance(to: UnsafeRawPointer($0)) } ?? bytes.count
                if bytes[start..<end].contains(where: { $0 != 32 && $0 != 13 && $0 != 9 }) {
                    ranges.append((number, start..<end))
                }
                (start, number) = (end + 1, number + 1)
            }
            return ranges
        }
    }

    package var count: Int { ranges.count }

    /// The number of a line in the file, from 1.
    package func number(_ line: Int) -> Int { ranges[line].number }

    /// The bytes of a line.
    package subscript(line: Int) -> Data {
        let range = ranges[line].range
        return data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
    }
}
