package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Puts a whole folder in the place of another, or nothing.
///
/// All is written to a draft beside it, `.NAME.draft`, which takes the folder's place in one step at the end. One
/// process at a time has the draft; the operating system takes the lock from one that ends, however it ends, and what
/// it left is removed by the next.
package final class FolderReplacement {
    /// Another process is replacing the folder.
    package struct Busy: Error {}

    private let folder: URL
    private let draft: URL
    private let old: URL
    private let lock: Int32

    /// Where files are written until ``publish()``.
    package let new: URL

    /// Makes an empty draft, and brings back a folder that a killed process had moved aside.
    ///
    /// - Parameter folder: need not exist; where it is a link, what it leads to is replaced.
    /// - Throws: ``Busy``, or an error of the file system.
    package init(of folder: URL) throws {
        self.folder = folder.standardizedFileURL.resolvingSymlinksInPath()
        draft = self.folder.deletingLastPathComponent().appending(
            path: ".\(self.folder.lastPathComponent).draft"
        )
        (new, old) = (draft.appending(path: "new"), draft.appending(path: "old"))
        lock = try Self.locked(draft)
        if exists(old), !exists(self.folder) { try Self.move(old, to: self.folder) }
        for left in [new, old] where exists(left) { try FileManager.default.removeItem(at: left) }
        try FileManager.default.createDirectory(at: new, withIntermediateDirectories: false)
    }

    /// The file by which a process has the draft for itself.
    private static func lockFile(_ draft: URL) -> String { draft.appending(path: "lock").path }

    deinit {
        for left in [new, old] { try? FileManager.default.removeItem(at: left) }
        // In this order, and the folder only where it is empty: another process may begin in between.
        unlink(Self.lockFile(draft))
        rmdir(draft.path)
        close(lock)
    }

    /// Opens and locks the file in the draft; one that was removed while it was being locked is none.
    private static func locked(_ draft: URL) throws -> Int32 {
        while true {
            try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
            let file = open(lockFile(draft), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else {
                if errno == ENOENT { continue }
                throw posixError()
            }
            if flock(file, LOCK_EX | LOCK_NB) == 0 {
                if isThere(file, lockFile(draft)) { return file }
                close(file)
                continue
            }
            let isBusy = errno == EWOULDBLOCK, error = posixError()
            close(file)
            throw isBusy ? Busy() : error
        }
    }

    private static func isThere(_ file: Int32, _ path: String) -> Bool {
        var own = stat(), named = stat()
        return fstat(file, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
    }

    /// Writes a file of the draft; it is on disk when this returns.
    package func write(_ data: Data, as name: String) throws {
        let url = new.appending(path: name)
        try data.write(to: url)
        try Self.synchronize(url, O_RDONLY)
    }

    /// Puts the draft in the place of the folder; its files must be on disk.
    /// - Throws: an error of the file system; then the folder is as it was.
    package func publish() throws {
        try Self.synchronize(new, O_RDONLY | O_DIRECTORY)
        if exists(folder) {
            if try !Self.exchange(new, folder) {
                try Self.move(folder, to: old)
                do { try Self.move(new, to: folder) } catch {
                    try Self.move(old, to: folder)
                    throw error
                }
            }
        } else {
            try Self.move(new, to: folder)
        }
        try Self.synchronize(folder.deletingLastPathComponent(), O_RDONLY | O_DIRECTORY)
    }

    private static func move(_ from: URL, to place: URL) throws {
        guard rename(from.path, place.path) == 0 else { throw posixError() }
    }

    /// Exchanges two folders in one step.
    /// - Returns: whether the file system can.
    private static func exchange(_ a: URL, _ b: URL) throws -> Bool {
        #if canImport(Glibc)
            // Swift's Glibc module does not declare it, and older C libraries do not have it.
            typealias Rename =
                @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
            guard let found = dlsym(nil, "renameat2") else { return false }
            let exchange: UInt32 = 2  // RENAME_EXCHANGE
            let code = unsafeBitCast(found, to: Rename.self)(AT_FDCWD, a.path, AT_FDCWD, b.path, exchange)
        #else
            let code = renamex_np(a.path, b.path, UInt32(RENAME_SWAP))
        #endif
        if code == 0 { return true }
        guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw posixError() }
        return false
    }

    /// Makes sure that a file, or the names in a folder, are on disk.
    private static func synchronize(_ url: URL, _ flags: Int32) throws {
        let file = open(url.path, flags | O_CLOEXEC)
        guard file >= 0 else { throw posixError() }
        defer { close(file) }
        guard fsync(file) == 0 else { throw posixError() }
    }
}

private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

/// The error that the last system call left.
package func posixError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
