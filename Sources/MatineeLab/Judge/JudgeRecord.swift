package import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Every prompt and reply of a judge, a line each, written before a reply is used: what was paid for once is not asked
/// again, even where the program was killed.
package final class JudgeRecord {
    /// A question and what came of it.
    struct Entry: Codable, Sendable, Equatable {
        struct Message: Codable, Sendable, Equatable {
            var role: String
            var text: String
        }

        /// The SHA-256 of model, messages, schema, temperature and the number of the repetition.
        var key: String
        /// What was asked, for readers: `score`, `compare`, and of what.
        var about: String
        var model: String
        var messages: [Message]
        /// `nil` where the model gave none.
        var reply: String?
        /// Why not.
        var failure: String?
        var usage: TokenUsage
        var cost_usd: Double?
    }

    /// The file within the folder.
    package static let name = "calls.jsonl"

    private let file: FileHandle
    private let lock: Int32
    private let encoder: JSONEncoder
    private(set) var entries: [String: Entry] = [:]

    /// Goes on with the record in a folder, or begins one.
    /// - Throws: ``EvaluationError`` where the folder cannot be used, another run uses it, or a line is damaged.
    package init(folder: URL) throws {
        let url = folder.appending(path: Self.name)
        func fault(_ why: String) -> EvaluationError {
            EvaluationError(
                "The record \(url.path) cannot be used: \(why). Mend that, or name another folder with --out."
            )
        }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let descriptor = try opened(url.path)
            (lock, file) = (descriptor, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
        } catch { throw fault(reason(error)) }
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw fault("another run is writing it") }
        let data: Data
        do { data = try file.readToEnd() ?? Data() } catch { throw fault(reason(error)) }
        let whole = (data.lastIndex(of: 10) ?? -1) + 1
        for (number, line) in data.prefix(whole).split(separator: 10).enumerated() {
            guard let entry = try? JSONDecoder().decode(Entry.self, from: line) else {
                throw fault("line \(number + 1) is damaged")
            }
            entries[entry.key] = entry
        }
        // What a killed run had half written was never used.
        do {
            try file.truncate(atOffset: UInt64(whole))
            try file.seek(toOffset: UInt64(whole))
        } catch { throw fault(reason(error)) }
    }

    /// Writes an entry, durably.
    func add(_ entry: Entry) throws {
        do {
            try file.write(contentsOf: encoder.encode(entry) + Data("\n".utf8))
            try file.synchronize()
        } catch {
            throw EvaluationError(
                "The reply of the judge cannot be kept: \(reason(error)). What was kept before is not asked again."
            )
        }
        entries[entry.key] = entry
    }
}
