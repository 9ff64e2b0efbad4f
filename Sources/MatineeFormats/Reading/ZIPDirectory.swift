import Foundation
import Matinee

/// The directory at the end of a ZIP file.
struct ZIPDirectory {
    private let file: InputFile

    init(_ file: InputFile) { self.file = file }

    private func damaged(_ what: String) -> FormatError { .badZIP(file.path, what) }

    /// The files of the directory, folders left out.
    func entries() throws -> [ZIPFile.Entry] {
        let (place, size, count) = try location()
        guard count <= ZIPFile.mostEntries, size <= ZIPFile.largestDirectory else {
            throw damaged("it has more than \(ZIPFile.mostEntries) entries")
        }
        guard place <= file.size, size <= file.size - place else { throw damaged("it is cut short") }
        let bytes = try file.bytes(place..<place + size)
        var entries: [ZIPFile.Entry] = [], at = 0
        for _ in 0..<count {
            let (entry, next) = try entry(bytes, at)
            if !entry.name.hasSuffix("/") { entries.append(entry) }
            at = next
        }
        return entries
    }

    /// Where the directory lies, by the record at the end of the file, behind which a comment may stand (4.3.16).
    private func location() throws -> (place: Int, size: Int, count: Int) {
        let start = max(0, file.size - 65_557), tail = try file.bytes(start..<file.size)
        guard tail.count >= 22,
            let end = (0...tail.count - 22).last(where: { tail.number(at: $0, bytes: 4) == 0x0605_4b50 })
        else { throw damaged("it has no directory at its end") }
        guard tail.number(at: end + 4, bytes: 4) == 0 else { throw damaged("it is one part of several") }
        let found = (
            place: tail.number(at: end + 16, bytes: 4), size: tail.number(at: end + 12, bytes: 4),
            count: tail.number(at: end + 10, bytes: 2)
        )
        let isLarge = found.place == 0xFFFF_FFFF || found.size == 0xFFFF_FFFF || found.count == 0xFFFF
        guard isLarge, end >= 20, tail.number(at: end - 20, bytes: 4) == 0x0706_4b50 else { return found }
        return try largeLocation(tail.largeNumber(at: end - 20 + 8))
    }

    /// The same of a ZIP64 file (4.3.14).
    private func largeLocation(_ place: Int?) throws -> (place: Int, size: Int, count: Int) {
        guard let place, place <= file.size - 56 else { throw damaged("it is cut short") }
        let record = try file.bytes(place..<place + 56)
        guard record.count == 56, record.number(at: 0, bytes: 4) == 0x0606_4b50,
            let count = record.largeNumber(at: 32), let size = record.largeNumber(at: 40),
            let start = record.largeNumber(at: 48)
        else { throw damaged("its ZIP64 record is wrong") }
        return (start, size, count)
    }

    /// The entry at a place of the directory, and where the next begins (4.3.12).
    private func entry(_ bytes: [UInt8], _ at: Int) throws -> (ZIPFile.Entry, Int) {
        guard at + 46 <= bytes.count, bytes.number(at: at, bytes: 4) == 0x0201_4b50 else {
            throw damaged("its directory is wrong")
        }
        let lengths = [28, 30, 32].map { bytes.number(at: at + $0, bytes: 2) }
        let next = at + 46 + lengths.reduce(0, +), nameEnd = at + 46 + lengths[0]
        guard next <= bytes.count else { throw damaged("its directory is wrong") }
        let method = bytes.number(at: at + 10, bytes: 2)
        guard bytes.number(at: at + 8, bytes: 2) & 1 == 0 else { throw damaged("it is encrypted") }
        guard method == 0 || method == 8 else { throw damaged("it uses the compression method \(method)") }
        let numbers = [24, 20, 42].map { bytes.number(at: at + $0, bytes: 4) }
        let large = try largeNumbers(numbers, extra: Array(bytes[nameEnd..<nameEnd + lengths[1]]))
        let entry = ZIPFile.Entry(
            name: bytes[at + 46..<nameEnd].withUnsafeBytes(\.text),
            size: large[0],
            compressed: large[1],
            isDeflated: method == 8,
            checksum: UInt32(bytes.number(at: at + 16, bytes: 4)),
            place: large[2]
        )
        return (entry, next)
    }

    /// Size, compressed size and place, those that have no room replaced by the ZIP64 field (4.5.3).
    private func largeNumbers(_ numbers: [Int], extra: [UInt8]) throws -> [Int] {
        guard numbers.contains(0xFFFF_FFFF) else { return numbers }
        var at = 0
        while at + 4 <= extra.count, extra.number(at: at, bytes: 2) != 1 {
            at += 4 + extra.number(at: at + 2, bytes: 2)
        }
        at += 4
        return try numbers.map { number in
            guard number == 0xFFFF_FFFF else { return number }
            guard let large = extra.largeNumber(at: at) else { throw damaged("its directory is wrong") }
            at += 8
            return large
        }
    }
}

extension [UInt8] {
    /// The unsigned number of 8 bytes at a place, or `nil` where it is beyond 2^56 or the bytes are not there.
    fileprivate func largeNumber(at place: Int) -> Int? {
        guard place >= 0, place + 8 <= count, self[place + 7] == 0 else { return nil }
        return number(at: place, bytes: 7)
    }
}
