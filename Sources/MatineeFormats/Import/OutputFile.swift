import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A new file that is written in large pieces.
final class OutputFile {
    private let file: Int32
    private var waiting = Data()

    init(_ url: URL) throws {
        file = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw posixError() }
    }

    deinit { close(file) }

    func write(_ data: Data) throws {
        waiting += data
        if waiting.count >= 1 << 20 { try flush() }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count < 1 << 16 else {
            try flush()
            return try writeNow(bytes)
        }
        try write(Data(bytes))
    }

    func flush() throws {
        try waiting.withUnsafeBytes(writeNow)
        waiting.removeAll(keepingCapacity: true)
    }

    private func writeNow(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Foundation.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            guard count >= 0 || errno == EINTR else { throw posixError() }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Replaces bytes that were written before.
    func overwrite(_ data: Data, at place: Int) throws {
        try flush()
        let count = data.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(place)) }
        guard count == data.count else { throw posixError() }
    }

    /// Makes sure that all is on disk.
    func synchronize() throws {
        try flush()
        guard fsync(file) == 0 else { throw posixError() }
    }
}
