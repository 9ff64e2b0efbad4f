private import CVectorSearch
public import Foundation
import Matinee

extension FAISSIndex {
    /// Writes the index as a `.faiss` file, which FAISS's `read_index` reads, in Python for instance.
    ///
    /// The file is whole or not there: it is written beside the old one, made durable, and then takes its name.
    ///
    /// - Throws: ``VectorIndexError/writingFailed(path:reason:)``; a file that was there before is unchanged then.
    /// - Returns: the SHA-256 of what was written.
    @discardableResult
    public func write(to url: URL) throws -> String {
        let draft = url.appendingPathExtension("\(UUID()).draft"), checksum: String
        do {
            try write(draft: draft)
            checksum = try sha256(Data(contentsOf: draft, options: .mappedIfSafe))
            guard rename(draft.path, url.path) == 0 else { throw FileTrouble.last }
        } catch {
            unlink(draft.path)
            throw VectorIndexError.writingFailed(
                path: url.path,
                reason: (error as? FileTrouble)?.reason ?? reason(error)
            )
        }
        makeDurable(url.deletingLastPathComponent())
        return checksum
    }

    private func write(draft: URL) throws {
        let file = open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileTrouble.last }
        defer { close(file) }
        var reason = faiss_index_reason()
        switch faiss_index_write(native, file, &reason) {
        case VECTOR_SEARCH_OK: break
        case VECTOR_SEARCH_REFUSED: throw FileTrouble(reason: reason.text)
        default: throw FileTrouble(reason: "there is not enough memory")
        }
        guard fsync(file) == 0 else { throw FileTrouble.last }
    }

    /// The new name lasts once the folder is written. A file system that cannot do that is no reason to fail.
    private func makeDurable(_ folder: URL) {
        let file = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { return }
        fsync(file)
        close(file)
    }
}

private struct FileTrouble: Error {
    let reason: String

    /// What the last call of the system reported.
    static var last: FileTrouble {
        FileTrouble(reason: Matinee.reason(POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)))
    }
}
