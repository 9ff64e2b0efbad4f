package import Foundation
import Matinee

/// A dialogue as title linking is measured on it: what was said, each text once.
package struct LinkingDialogue: Sendable {
    package var id: String
    package var texts: [String]

    /// Reads conversations, one turn a line: `{"dialog_id","context":[{"text"}]}`; other fields are not looked at.
    ///
    /// Later turns of a dialogue repeat the texts of earlier ones: a text counts once for its place in the context.
    /// - Throws: ``LinkingError`` for a file that cannot be read, a line that is no turn, or no turn at all.
    package static func read(_ url: URL) throws -> [LinkingDialogue] {
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw LinkingError("\(url.path) cannot be read: name a file of conversations.")
        }
        var places: [String: Int] = [:], dialogues: [LinkingDialogue] = [], seen: [Set<String>] = []
        for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard let turn = try? JSONDecoder().decode(Turn.self, from: line) else {
                throw LinkingError(
                    "Line \(number + 1) of \(url.path) is no turn of a conversation: it needs dialog_id and context."
                )
            }
            let place = places[turn.dialog_id] ?? dialogues.count
            if place == dialogues.count {
                places[turn.dialog_id] = place
                dialogues.append(LinkingDialogue(id: turn.dialog_id, texts: []))
                seen.append([])
            }
            for (i, said) in turn.context.enumerated() where seen[place].insert("\(i) \(said.text)").inserted
            {
                dialogues[place].texts.append(said.text)
            }
        }
        guard !dialogues.isEmpty else { throw LinkingError("\(url.path) holds no conversations.") }
        return dialogues
    }

    private struct Turn: Decodable {
        struct Said: Decodable { var text: String }
        var dialog_id: String
        var context: [Said]
    }
}

/// Why linking cannot be measured, and what to do.
package struct LinkingError: Error, CustomStringConvertible, Equatable {
    package var description: String
    init(_ description: String) { self.description = description }
}
