import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What has come of a file, in `NAME.part` beside it, with a note in `NAME.part.json` of which remote file it belongs to.
///
/// Locked against other processes while it is open.
final class Part {
    /// The remote file, as its server described it.
    struct Origin: Codable, Equatable {
        var address: String
        var etag: String?
        var modified: String?
        var size: Int64?

        /// What tells the server which file is meant: a strong ETag, else the date (RFC 9110, 13.1.5).
        var validator: String? { etag.flatMap { $0.hasPrefix("W/") ? nil : $0 } ?? modified }
    }

    let target: URL
    private let file: URL
    private let note: URL
    private let handle: FileHandle
    private(set) var size: Int64
    private(set) var origin: Origin?

    /// Opens what has come for a file, or begins with nothing.
    /// - Throws: ``DownloadError``.
    init(of target: URL) throws {
        self.target = target
        file = target.appendingPathExtension("part")
        note = file.appendingPathExtension("json")
        (handle, size) = try Self.locked(file)
        origin = (try? Data(contentsOf: note)).flatMap { try? JSONDecoder().decode(Origin.self, from: $0) }
    }

    private static func locked(_ file: URL) throws -> (FileHandle, Int64) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
        } catch { throw DownloadError.unwritable(file, reason(error)) }
        let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw DownloadError.unwritable(file, reason(lastError())) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var (opened, named) = (stat(), stat())
        // A file that was finished by another process between the two calls has its final name by now.
        // File systems without locks do without.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK,
            fstat(descriptor, &opened) == 0, stat(file.path, &named) == 0, opened.st_ino == named.st_ino
        else { throw DownloadError.inUse(file) }
        return (handle, Int64(opened.st_size))
    }

    private static func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

    /// Begins anew with another remote file, or with none.
    func begin(_ origin: Origin?) throws {
        try writing {
            try? FileManager.default.removeItem(at: note)
            try handle.truncate(atOffset: 0)
            (size, self.origin) = (0, origin)
            if let origin { try JSONEncoder().encode(origin).write(to: note, options: .atomic) }
        }
    }

    /// Adds bytes at the end; where there is no room, the file ends with bytes that were added in full before.
    func append(_ data: Data) throws {
        try writing {
            try handle.seek(toOffset: UInt64(size))
            do { try handle.write(contentsOf: data) } catch {
                try? handle.truncate(atOffset: UInt64(size))
                throw error
            }
            size += Int64(data.count)
        }
    }

    /// Gives the file its name, once it is safely on disk and has the checksum.
    func finish(_ checksum: Checksum?) throws {
        try writing { try handle.synchronize() }
        if let checksum, try writing({ try !checksum.matches(file) }) {
            discard()
            throw DownloadError.damaged(target.lastPathComponent)
        }
        try writing {
            guard rename(file.path, target.path) == 0 else { throw Self.lastError() }
            let folder = open(target.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
            if folder >= 0 {
                fsync(folder)
                close(folder)
            }
        }
        try? FileManager.default.removeItem(at: note)
    }

    /// Deletes what has come.
    func discard() {
        try? FileManager.default.removeItem(at: note)
        try? FileManager.default.removeItem(at: file)
    }

    /// Deletes a part that holds nothing.
    func tidy() { if size == 0 { discard() } }

    private func writing<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw DownloadError.unwritable(file, reason(error)) }
    }
}
