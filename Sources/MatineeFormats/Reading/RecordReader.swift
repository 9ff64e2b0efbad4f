import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How the fields of a row are set apart.
package struct Separation: Sendable, Equatable {
    var first: UInt8
    /// The other half of `::`.
    var second: UInt8?
    /// Whether fields may stand in quotation marks, by RFC 4180: then they may hold separators, line ends and, doubled,
    /// quotation marks.
    var hasQuotes: Bool

    package static let commas = Separation(first: 44, second: nil, hasQuotes: true)
    package static let semicolons = Separation(first: 59, second: nil, hasQuotes: true)
    package static let tabs = Separation(first: 9, second: nil, hasQuotes: false)
    package static let bars = Separation(first: 124, second: nil, hasQuotes: false)
    package static let doubleColons = Separation(first: 58, second: 58, hasQuotes: false)
    /// Lines that are not taken apart.
    package static let lines = Separation(first: 10, second: nil, hasQuotes: false)
}

/// Reads the rows of a table out of a stream, in bounded memory.
///
/// Lines end in LF or CR LF; a byte order mark and empty lines are passed over.
package final class RecordReader {
    /// What comes next: a row, a line that is none, or nothing.
    package enum Next {
        case record(Record)
        case fault(line: Int, String)
        case end
    }

    /// How many bytes a row may have; a longer one is malformed.
    package static let longest = 4 << 20

    private let stream: ByteStream
    private let separation: Separation
    private var memory: UnsafeMutableRawBufferPointer
    private var unquoted = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var fields: [UnsafeRawBufferPointer] = []
    /// The bytes that were read and not yet given out.
    private var start = 0, end = 0
    private var isAtEnd = false, line = 0
    /// How many bytes were looked at in vain for the end of quotations; where they are many, only near ends are sought,
    /// since a file full of open quotations would take time with the square of its size.
    private var futile = 0

    /// - Parameter chunk: how many bytes are read at once.
    package init(_ stream: ByteStream, _ separation: Separation, chunk: Int = 1 << 20) {
        self.stream = stream
        self.separation = separation
        memory = .allocate(byteCount: max(chunk, 16), alignment: 16)
    }

    deinit {
        memory.deallocate()
        unquoted.deallocate()
    }

    /// Reads all rows and counts them.
    /// - Parameter body: takes a row; returns what is wrong with it, or `nil`.
    package func forEach(_ tally: inout Tally, _ body: (Record) throws -> String?) throws {
        while true {
            switch try next() {
            case .record(let record): tally.count(line: record.line, fault: try body(record))
            case .fault(let line, let fault): tally.count(line: line, fault: fault)
            case .end: return
            }
        }
    }

    /// The next row.
    package func next() throws -> Next {
        while true {
            guard let lineEnd = try lineEnd() else {
                if start == end { return .end }
                return try skipLine()
            }
            if line == 0 { skipByteOrderMark(lineEnd) }
            line += 1
            guard separation.hasQuotes, position(of: 34, in: start..<lineEnd) != nil else {
                let range = start..<lineEnd
                start = min(lineEnd + 1, end)
                if isBlank(range) { continue }
                split(trimmed(range))
                return .record(Record(line: line, fields: fields))
            }
            return try quoted(firstEnd: lineEnd - start)
        }
    }

    private func position(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let base = memory.baseAddress,
            let found = memchr(base + range.lowerBound, Int32(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private func isBlank(_ range: Range<Int>) -> Bool { range.isEmpty || trimmed(range).isEmpty }

    /// The range without a carriage return at its end.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        guard let last = range.last, memory[last] == 13 else { return range }
        return range.lowerBound..<last
    }

    private func skipByteOrderMark(_ lineEnd: Int) {
        if lineEnd - start >= 3, memory[start] == 0xEF, memory[start + 1] == 0xBB, memory[start + 2] == 0xBF {
            start += 3
        }
    }

    /// Where the line ends that begins at `start`; `nil` at the end of the stream, or where the line is too long.
    private func lineEnd() throws -> Int? {
        var scanned = start
        while true {
            if let found = position(of: 10, in: scanned..<end) { return found }
            scanned = end - start
            if isAtEnd { return start < end ? end : nil }
            if scanned > Self.longest { return nil }
            try fill()
        }
    }

    /// Moves what is left to the front of the memory and reads on behind it.
    private func fill() throws {
        let left = end - start
        if left + memory.count / 4 > memory.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
            memory.deallocate()
            memory = larger
        } else if start > 0, let base = memory.baseAddress {
            memmove(base, base + start, left)
        }
        (start, end) = (0, left)
        let count = try stream.read(UnsafeMutableRawBufferPointer(rebasing: memory[left...]))
        end += count
        isAtEnd = count == 0
    }

    /// Passes over a line that is too long.
    private func skipLine() throws -> Next {
        line += 1
        while true {
            if let found = position(of: 10, in: start..<end) {
                start = found + 1
                break
            }
            start = end
            if isAtEnd { break }
            try fill()
        }
        return .fault(line: line, "it is longer than \(Self.longest >> 20) MB")
    }

    /// A row with quotation marks, which may go on over several lines.
    /// - Parameter firstEnd: how long its first line is.
    private func quoted(firstEnd: Int) throws -> Next {
        let first = line
        guard let length = try quotedLength() else {
            start = min(start + firstEnd + 1, end)
            return .fault(line: first, "a quotation mark is not closed")
        }
        let range = start..<start + length
        start = min(range.upperBound + 1, end)
        unquote(trimmed(range))
        line += memory[range].count { $0 == 10 }
        return .record(Record(line: first, fields: fields))
    }

    private enum Place { case fieldStart, plain, quoted, closing }

    /// What a byte does to the place in a row; ``Place/closing`` is behind a quotation mark that ends a field or doubles.
    @inline(__always)
    private func step(_ place: Place, _ byte: UInt8) -> Place {
        switch place {
        case .quoted: byte == 34 ? .closing : .quoted
        case .fieldStart where byte == 34, .closing where byte == 34: .quoted
        default: byte == separation.first ? .fieldStart : .plain
        }
    }

    /// How long the row is that begins at `start`; `nil` where a quotation mark is not closed.
    private func quotedLength() throws -> Int? {
        let most = futile > Self.longest ? 1 << 10 : Self.longest
        var place = Place.fieldStart, length = 0
        while true {
            while start + length < end, length <= most {
                let byte = memory[start + length]
                if byte == 10, place != .quoted { return length }
                place = step(place, byte)
                length += 1
            }
            if length > most || isAtEnd && place == .quoted {
                futile += length
                return nil
            }
            if isAtEnd { return length }
            try fill()
        }
    }
}

extension RecordReader {
    /// Finds the fields of a row without quotation marks.
    private func split(_ range: Range<Int>) {
        fields.removeAll(keepingCapacity: true)
        var fieldStart = range.lowerBound, from = fieldStart
        while let found = position(of: separation.first, in: from..<range.upperBound) {
            var next = found + 1
            if let second = separation.second {
                guard next < range.upperBound, memory[next] == second else {
                    from = next
                    continue
                }
                next += 1
            }
            fields.append(UnsafeRawBufferPointer(rebasing: memory[fieldStart..<found]))
            (fieldStart, from) = (next, next)
        }
        fields.append(UnsafeRawBufferPointer(rebasing: memory[fieldStart..<range.upperBound]))
    }

    /// Finds the fields of a row with quotation marks and puts them down without.
    private func unquote(_ range: Range<Int>) {
        if unquoted.count < range.count {
            unquoted.deallocate()
            unquoted = .allocate(byteCount: memory.count, alignment: 16)
        }
        fields.removeAll(keepingCapacity: true)
        var place = Place.fieldStart, fieldStart = 0, length = 0
        for byte in memory[range] {
            let next = step(place, byte)
            if next == .fieldStart {
                fields.append(UnsafeRawBufferPointer(rebasing: unquoted[fieldStart..<length]))
                fieldStart = length
            } else if !(next == .quoted && place == .fieldStart), next != .closing {
                unquoted[length] = byte
                length += 1
            }
            place = next
        }
        fields.append(UnsafeRawBufferPointer(rebasing: unquoted[fieldStart..<length]))
    }
}
