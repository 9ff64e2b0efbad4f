package import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bytes that come one after another: of a file, or of an entry of a ZIP file while it is inflated.
package struct ByteStream {
    /// Fills the front of a buffer and says how many bytes that were, 0 at the end.
    package let read: (UnsafeMutableRawBufferPointer) throws -> Int

    package init(_ read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.read = read }

    /// Bytes that are in memory already.
    package init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        self.init { buffer in
            let part = rest.prefix(buffer.count)
            buffer.copyBytes(from: part)
            rest = rest.dropFirst(part.count)
            return part.count
        }
    }

    /// The same bytes; after each part it is said how many there were so far.
    func reporting(_ progress: @escaping (Int) -> Void) -> ByteStream {
        var done = 0
        return ByteStream { buffer in
            let count = try read(buffer)
            done += count
            progress(done)
            return count
        }
    }

    /// At most the first so many bytes.
    func prefix(_ limit: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            while filled < limit {
                let count = try read(
                    UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                )
                guard count > 0 else { return }
                filled += count
            }
        }
    }
}

/// A regular file that is read at any place.
package final class InputFile {
    let path: String
    let size: Int
    private let file: Int32

    /// - Throws: ``FormatError/unreadable(_:_:)``.
    package init(_ url: URL) throws {
        path = url.path
        file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw FormatError.unreadable(path, reason(posixError())) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw FormatError.unreadable(path, "it is no regular file")
        }
        size = Int(status.st_size)
    }

    deinit { close(file) }

    /// Fills the front of a buffer; 0 bytes are the end of the file.
    func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = pread(file, buffer.baseAddress, buffer.count, off_t(place))
            if count >= 0 { return count }
            guard errno == EINTR else { throw FormatError.unreadable(path, reason(posixError())) }
        }
    }

    /// The bytes of a range, as far as the file goes.
    func bytes(_ range: Range<Int>) throws -> [UInt8] {
        var place = range.lowerBound
        return try ByteStream { buffer in
            let count = try self.read(at: place, into: buffer)
            place += count
            return count
        }.prefix(range.count)
    }

    /// All bytes in order.
    func stream() -> ByteStream {
        var place = 0
        return ByteStream { buffer in
            let count = try self.read(at: place, into: buffer)
            place += count
            return count
        }
    }
}
