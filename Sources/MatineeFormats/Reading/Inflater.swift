import CZlib
import Matinee

/// Inflates part of a file on the way.
final class Inflater {
    private let file: InputFile
    private var place: Int
    private let end: Int
    /// zlib keeps the address of this.
    private let state: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    private var isDone = false

    /// - Parameter count: how many bytes the compressed data have.
    init(_ file: InputFile, at place: Int, count: Int) throws {
        (self.file, self.place, end) = (file, place, place + count)
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        input = .allocate(byteCount: 1 << 18, alignment: 16)
        // Negative window bits: data without a zlib header, as ZIP has them.
        let code = inflateInit2_(state, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw FormatError.unreadable(file.path, "there is too little memory") }
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
        input.deallocate()
    }

    /// Fills the front of a buffer; 0 bytes are the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let room = min(buffer.count, 1 << 30)
        state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(room)
        while !isDone, state.pointee.avail_out == UInt32(room) {
            try refill()
            switch inflate(state, Z_NO_FLUSH) {
            case Z_OK: break
            case Z_STREAM_END: isDone = true
            default: throw FormatError.badZIP(file.path, "its compressed data are damaged")
            }
        }
        return room - Int(state.pointee.avail_out)
    }

    private func refill() throws {
        guard state.pointee.avail_in == 0 else { return }
        let part = UnsafeMutableRawBufferPointer(rebasing: input.prefix(end - place))
        let count = try part.isEmpty ? 0 : file.read(at: place, into: part)
        guard count > 0 else { throw FormatError.badZIP(file.path, "its compressed data are cut short") }
        place += count
        state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_in = UInt32(count)
    }
}

/// Compares what comes out of an entry with what the directory says of it.
final class EntryCheck {
    private let entry: ZIPFile.Entry
    private let path: String
    private var size = 0
    private var checksum = crc32(0, nil, 0)

    init(entry: ZIPFile.Entry, path: String) { (self.entry, self.path) = (entry, path) }

    /// Takes note of the bytes at the front of a buffer, and lets them pass.
    /// - Throws: ``FormatError/badZIP(_:_:)`` where there are too many, or at the end others than there should be.
    func pass(_ count: Int, of buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        size += count
        checksum = crc32(checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(count))
        let isWhole = size == entry.size && checksum == UInt(entry.checksum)
        if size > entry.size || count == 0 && !isWhole {
            throw FormatError.badZIP(path, "the checksum of \(printable(entry.name)) is wrong")
        }
        return count
    }
}
