package import Foundation
package import Matinee

/// The messages of speakers in a file of JSON Lines: rows of a conversation, of which the longest context of a
/// `dialog_id` counts and in it what the `user` says, or rows of a `user` and a `text`.
package struct SpeakerMessages: Sendable {
    package private(set) var messages: [String: [String]] = [:]

    /// The speakers in the order of their first row.
    package private(set) var speakers: [String] = []

    private struct Row: Decodable {
        struct Message: Decodable {
            var role: String
            var text: String
        }

        var dialog_id: String?
        var context: [Message]?
        var user: String?
        var text: String?
    }

    /// Why a file of messages cannot be used.
    package struct Unusable: Error, CustomStringConvertible {
        package var description: String
    }

    /// - Throws: ``Unusable`` where the file cannot be read or a line is neither kind of row.
    package init(contentsOf url: URL) throws {
        guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else {
            throw Unusable(
                description: "The file of messages \(url.path) cannot be read: name one that exists."
            )
        }
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where line.contains(where: { $0 > 32 }) {
            guard let row = try? JSONDecoder().decode(Row.self, from: line), add(row) else {
                throw Unusable(
                    description:
                        "Line \(number + 1) of \(url.path) is neither a conversation row (dialog_id, context) nor a message (user, text): mend it or leave it out."
                )
            }
        }
    }

    private mutating func add(_ row: Row) -> Bool {
        if let dialog = row.dialog_id.map(printable), let context = row.context {
            let said = context.filter { $0.role == "user" }.map(\.text)
            if said.count >= messages[dialog, default: []].count { set(said, for: dialog) }
            return true
        }
        guard let user = row.user.map(printable), let text = row.text else { return false }
        set(messages[user, default: []] + [text], for: user)
        return true
    }

    private mutating func set(_ said: [String], for speaker: String) {
        let words = said.filter { !printable($0).isEmpty }
        if messages.updateValue(words, forKey: speaker) == nil { speakers.append(speaker) }
    }

    /// How many messages are embedded between two reports of progress.
    private static let chunk = 256

    /// The taste of each speaker who said anything: the normalised mean of the vectors of their messages.
    ///
    /// - Parameter progress: called with how many of how many messages are embedded.
    /// - Throws: what the embedder throws.
    package func tastes(
        by embedder: any Embedder,
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> [String: [Float]] {
        let said = speakers.flatMap { speaker in messages[speaker, default: []].map { (speaker, $0) } }
        var vectors: [String: [[Float]]] = [:]
        for start in stride(from: 0, to: said.count, by: Self.chunk) {
            try Task.checkCancellation()
            let part = said[start..<min(start + Self.chunk, said.count)]
            progress(start, said.count)
            for ((speaker, _), vector) in zip(part, try await embedder.embed(part.map(\.1))) {
                vectors[speaker, default: []].append(vector)
            }
        }
        progress(said.count, said.count)
        return vectors.compactMapValues { mean($0).flatMap(normalised) }
    }
}
