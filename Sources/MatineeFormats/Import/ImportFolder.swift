import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder of an imported catalogue, which is replaced whole or not at all.
///
/// All is written to a draft beside it, `.NAME.import`, which takes its place in one step at the end. What a process
/// that was killed left of a draft is removed by the next import to the same folder.
final class ImportFolder {
    static let catalogFile = "catalog.jsonl", ratingsFile = "ratings.npy", usersFile = "users.jsonl"
    static let reportFile = "import.json"
    private static let files: Set<String> = [catalogFile, ratingsFile, usersFile, reportFile]

    private let folder: URL
    private let draft: URL
    private let old: URL
    private var lock: Int32 = -1

    /// Where files are written until ``publish()``.
    let new: URL

    /// Makes an empty draft.
    /// - Throws: ``FormatError`` where the folder holds something else, another import is at work, or nothing can be
    ///   written.
    init(_ folder: URL) throws {
        self.folder = folder.standardizedFileURL
        draft = self.folder.deletingLastPathComponent().appending(path: ".\(folder.lastPathComponent).import")
        (new, old) = (draft.appending(path: "new"), draft.appending(path: "old"))
        try checkIsOurs()
        try makeDraft()
    }

    deinit {
        if lock >= 0 {
            try? FileManager.default.removeItem(at: draft)
            close(lock)
        }
    }

    /// Nothing is ever replaced that was not made here.
    private func checkIsOurs() throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: folder.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue, let found = try? manager.contentsOfDirectory(atPath: folder.path) else {
            throw FormatError.foreignFolder(folder.path, "it is no folder that can be read")
        }
        if let other = found.first(where: { !Self.files.contains($0) }) {
            throw FormatError.foreignFolder(folder.path, "it holds other files, such as \(printable(other))")
        }
        if !found.isEmpty, !found.contains(Self.reportFile) {
            throw FormatError.foreignFolder(folder.path, "it has no \(Self.reportFile)")
        }
    }

    private func makeDraft() throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(at: draft, withIntermediateDirectories: true)
            lock = open(draft.appending(path: "lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard lock >= 0 else { throw posixError() }
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
                close(lock)
                lock = -1
                throw FormatError.busy(folder.path)
            }
            // A process was killed between the two steps by which ``publish()`` does it where one is not possible.
            if manager.fileExists(atPath: old.path), !manager.fileExists(atPath: folder.path) {
                try manager.moveItem(at: old, to: folder)
            }
            for left in [new, old] where manager.fileExists(atPath: left.path) {
                try manager.removeItem(at: left)
            }
            try manager.createDirectory(at: new, withIntermediateDirectories: false)
        } catch let error as FormatError { throw error } catch {
            throw FormatError.unwritable(folder.path, reason(error))
        }
    }

    /// Puts the draft in the place of the folder; its files must be on disk.
    func publish() throws {
        try Self.synchronize(new)
        if FileManager.default.fileExists(atPath: folder.path) {
            if try !Self.exchange(new, folder) {
                try Self.move(folder, to: old)
                try Self.move(new, to: folder)
            }
        } else {
            try Self.move(new, to: folder)
        }
        try Self.synchronize(folder.deletingLastPathComponent())
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

    /// Makes sure that the names in a folder are on disk.
    private static func synchronize(_ folder: URL) throws {
        let file = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw posixError() }
        defer { close(file) }
        guard fsync(file) == 0 else { throw posixError() }
    }
}
