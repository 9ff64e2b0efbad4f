package import Foundation
import Matinee

/// A ZIP file that is only read; nothing in it names a path that is written to.
///
/// Format: PKWARE's APPNOTE 6.3.10, with ZIP64 (4.5.3); stored and deflated entries. Encrypted and split files are
/// refused, and so are files made to exhaust the reader.
package struct ZIPFile {
    /// A file inside.
    package struct Entry: Sendable, Equatable {
        package var name: String
        /// Bytes when inflated.
        package var size: Int
        var compressed: Int
        var isDeflated: Bool
        var checksum: UInt32
        /// Where its header lies.
        var place: Int
    }

    /// How many entries a file may have.
    static let mostEntries = 10_000
    /// How many bytes the directory may have.
    static let largestDirectory = 16 << 20
    /// How many bytes an entry may have when inflated.
    static let largestEntry = 64 << 30
    /// How many times larger than in the file an entry of more than a megabyte may become. Tables shrink to a tenth;
    /// deflate could reach 1032.
    static let highestRatio = 200

    let file: InputFile
    package private(set) var entries: [Entry] = []

    /// Reads the directory of a file.
    /// - Throws: ``FormatError``.
    package init(_ url: URL) throws { try self.init(InputFile(url)) }

    init(_ file: InputFile) throws {
        self.file = file
        entries = try ZIPDirectory(file).entries()
        try checkPlaces()
    }

    func damaged(_ what: String) -> FormatError { .badZIP(file.path, what) }

    /// Entries that lie over one another stand for more data than the file has: a zip bomb.
    private func checkPlaces() throws {
        var end = 0
        for entry in entries.sorted(by: { $0.place < $1.place }) {
            guard entry.place >= end else { throw damaged("its entries lie over one another") }
            end = entry.place + 30 + entry.compressed
        }
        guard end <= file.size else { throw damaged("it is cut short") }
    }

    /// The bytes of an entry, inflated on the way; their number and checksum are verified at the end.
    package func stream(_ entry: Entry) throws -> ByteStream {
        let start = try dataStart(entry)
        guard entry.isDeflated || entry.compressed == entry.size else { throw damaged("its sizes are wrong") }
        guard entry.size <= Self.largestEntry,
            entry.size <= 1 << 20 || entry.size / Self.highestRatio <= entry.compressed
        else { throw damaged("its entry \(printable(entry.name)) is too large when inflated") }
        let check = EntryCheck(entry: entry, path: file.path)
        if entry.isDeflated {
            let inflater = try Inflater(file, at: start, count: entry.compressed)
            return ByteStream { try check.pass(inflater.read(into: $0), of: $0) }
        }
        var place = start
        return ByteStream { buffer in
            let left = start + entry.compressed - place
            let count = try file.read(
                at: place,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left))
            )
            place += count
            return try check.pass(count, of: buffer)
        }
    }

    /// Where the data of an entry begin: behind its own header, whose name may be another than the directory's.
    private func dataStart(_ entry: Entry) throws -> Int {
        let header = try file.bytes(entry.place..<entry.place + 30)
        guard header.count == 30, header.number(at: 0, bytes: 4) == 0x0403_4b50 else {
            throw damaged("the entry \(printable(entry.name)) is not where the directory says")
        }
        let start = entry.place + 30 + header.number(at: 26, bytes: 2) + header.number(at: 28, bytes: 2)
        guard start + entry.compressed <= file.size else { throw damaged("it is cut short") }
        return start
    }
}

extension [UInt8] {
    /// The unsigned little-endian number of at most 7 bytes at a place; the place must be within.
    func number(at place: Int, bytes: Int) -> Int {
        self[place..<place + bytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
