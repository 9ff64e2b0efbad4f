package import Foundation
import Matinee

/// The jobs that were started from here, and the files that were uploaded for them: `finetune.json` in the data folder.
package struct JobBook: Sendable {
    /// A job, and what it was started with.
    package struct Entry: Sendable, Equatable, Codable {
        package var id: String
        /// The server's address.
        package var base: String
        package var model: String
        package var suffix: String
        /// Names what is trained: the same files, model, seed and epochs have the same key.
        package var key: String
        /// `2026-11-26`.
        package var created: String
    }

    private struct Content: Codable {
        var jobs: [Entry] = []
        /// Ids of uploaded files, by address and SHA-256.
        var files: [String: String] = [:]
    }

    private let url: URL

    package init(folder: URL) { url = folder.appending(path: "finetune.json") }

    private var content: Content {
        (try? Data(contentsOf: url)).flatMap { try? JSONDecoder().decode(Content.self, from: $0) }
            ?? Content()
    }

    /// The jobs, the latest last.
    package var jobs: [Entry] { content.jobs }

    /// The id of a file that was uploaded before, or `nil`.
    func file(_ checksum: String, at base: String) -> String? { content.files["\(base) \(checksum)"] }

    /// - Throws: ``FineTuningError/unwritable(_:_:)``.
    func remember(_ entry: Entry) throws {
        try change { content in
            content.jobs.removeAll { $0.id == entry.id && $0.base == entry.base }
            content.jobs.append(entry)
        }
    }

    func remember(file id: String?, _ checksum: String, at base: String) throws {
        try change { $0.files["\(base) \(checksum)"] = id }
    }

    private func change(_ body: (inout Content) -> Void) throws {
        var content = content
        body(&content)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let folder = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try encoder.encode(content).write(to: url, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
        } catch { throw FineTuningError.unwritable(url.path, reason(error)) }
    }
}
