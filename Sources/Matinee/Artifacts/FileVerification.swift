import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Compares the files of an artifacts folder with the checksums in its manifest: all of them once, and from then on
/// only those that may have changed.
///
/// `verified.json` keeps what the system said of each file when it was found right: size, number (inode), and times of the
/// last change to the millionth of a second or finer. As every change sets the time, and no program can set it back, a
/// file of which the system says the same is the same. A file that changed in the last two seconds is not noted, since
/// its next change might bear the same time (as in Git's index, whose documentation calls that "racy").
struct FileVerification {
    static let file = "verified.json"

    /// How long before a verification a file must have been changed last, in seconds.
    private static let settled = 2.0

    private struct Note: Codable {
        /// The SHA-256 of the manifest that the files were compared with.
        var manifest: String
        var files: [String: FileState]
    }

    let folder: URL
    let manifest: Manifest
    /// The SHA-256 of the manifest's file.
    let checksum: String

    /// Compares files with the manifest, those that may have changed on all cores.
    ///
    /// - Parameter and: what is checked besides where any of them may have changed, before that is noted.
    /// - Returns: whether all were noted before.
    /// - Throws: ``ArtifactsError`` that names a file, or what the other check throws.
    func verify<Other>(_ names: [String], and others: () throws -> Other) throws -> Other? {
        let known = noted(), start = Date.now.timeIntervalSince1970
        let states = try Dictionary(uniqueKeysWithValues: names.map { ($0, try state(of: $0)) })
        let changed = names.filter { known[$0] == nil || known[$0] != states[$0] }
        if changed.isEmpty { return nil }
        try compare(changed)
        let result = try others()
        if states.values.allSatisfy({ start - $0.lastChange > Self.settled }) {
            note(known.merging(states) { $1 })
        }
        return result
    }

    private func state(of name: String) throws -> FileState {
        let url = folder.appending(path: name)
        guard let state = FileState(of: url) else { throw ArtifactsError.missing(url) }
        return state
    }

    private func compare(_ names: [String]) throws {
        let wrong = Mutex<[String]>([])
        // The largest first, so that the cores end together.
        let order = names.sorted { size($0) > size($1) }
        DispatchQueue.concurrentPerform(iterations: order.count) { i in
            let data = try? Data(contentsOf: folder.appending(path: order[i]), options: .alwaysMapped)
            if data.map(sha256) != manifest.files[order[i]] { wrong.withLock { $0.append(order[i]) } }
        }
        if let name = wrong.withLock({ $0.min() }) {
            throw ArtifactsError.damaged(
                folder.appending(path: name),
                "its checksum is not the one in manifest.json"
            )
        }
    }

    private func size(_ name: String) -> Int64 { FileState(of: folder.appending(path: name))?.size ?? 0 }

    private var url: URL { folder.appending(path: Self.file) }

    private func noted() -> [String: FileState] {
        guard let data = try? Data(contentsOf: url),
            let note = try? JSONDecoder().decode(Note.self, from: data),
            note.manifest == checksum
        else { return [:] }
        return note.files
    }

    /// Where it cannot be written, the next start verifies again.
    private func note(_ files: [String: FileState]) {
        let data = try? JSONEncoder().encode(Note(manifest: checksum, files: files))
        try? data?.write(to: url, options: .atomic)
    }
}

/// What the system says of a file, which changes with it.
struct FileState: Codable, Equatable {
    var size: Int64
    var inode: UInt64
    /// Seconds and billionths since 1970 of the last change of what is in the file.
    var modified: [Int64]
    /// The same of the last change of the file in any way, which programs cannot set.
    var changed: [Int64]

    /// - Returns: `nil` where there is no such file.
    init?(of url: URL) {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return nil }
        (size, inode) = (Int64(status.st_size), UInt64(status.st_ino))
        #if canImport(Glibc)
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #else
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #endif
        self.modified = [Int64(modified.tv_sec), Int64(modified.tv_nsec)]
        self.changed = [Int64(changed.tv_sec), Int64(changed.tv_nsec)]
    }

    /// Seconds since 1970.
    var lastChange: Double { Double(max(modified[0], changed[0])) + 1 }
}
