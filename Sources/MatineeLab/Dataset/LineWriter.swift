package import Foundation
import Matinee

/// Writes a file line by line under another name, and gives it its own once it is whole.
package final class LineWriter {
    private let url: URL, draft: URL
    private let file: FileHandle
    private var waiting = Data()
    /// How many bytes were written.
    package private(set) var size = 0

    /// - Throws: ``DatasetError/unwritable(_:_:)``.
    package init(_ url: URL) throws {
        self.url = url
        draft = url.deletingLastPathComponent().appending(
            path: ".\(url.lastPathComponent).\(UUID().uuidString)"
        )
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data().write(to: draft)
            file = try FileHandle(forWritingTo: draft)
        } catch { throw DatasetError.unwritable(url.path, reason(error)) }
    }

    deinit {
        try? file.close()
        try? FileManager.default.removeItem(at: draft)
    }

    /// Writes a line; its end is added.
    package func write(_ line: some DataProtocol) throws {
        waiting.append(contentsOf: line)
        waiting.append(10)
        size += line.count + 1
        if waiting.count > 1 << 20 { try flush() }
    }

    private func flush() throws {
        do { try file.write(contentsOf: waiting) } catch {
            throw DatasetError.unwritable(url.path, reason(error))
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// What was written so far, to be read while the file has no name yet.
    func content() throws -> Data {
        try flush()
        do { return try Data(contentsOf: draft, options: .alwaysMapped) } catch {
            throw DatasetError.unreadable(url.path, reason(error))
        }
    }

    /// Puts the file in its place.
    package func finish() throws {
        try flush()
        do {
            try file.synchronize()
            guard rename(draft.path, url.path) == 0 else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
        } catch let error as DatasetError { throw error } catch {
            throw DatasetError.unwritable(url.path, reason(error))
        }
    }
}
