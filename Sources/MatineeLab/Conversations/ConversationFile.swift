package import Foundation
package import Matinee

/// Conversations, a turn a line: `{"dialog_id","turn","context":[{"role","text"}],"gold":["id"],"mentioned":["id"]}`.
package struct ConversationFile: Sendable {
    /// What was said before a turn; all that a system may see of it.
    package struct Context: Sendable, Hashable {
        package var messages: [Message]

        package init(messages: [Message]) { self.messages = messages }
    }

    package struct Message: Sendable, Hashable, Decodable {
        package var role: Dialogue.Role
        package var text: String

        package init(role: Dialogue.Role, text: String) { (self.role, self.text) = (role, text) }
    }

    package struct Turn: Sendable {
        package var dialogue: String
        package var turn: Int
        package var context: Context
        /// Ids of what was recommended then; `nil` where the file does not say.
        package var gold: [String]?
        /// Ids of films named before.
        package var mentioned: [String]?

        package init(dialogue: String, turn: Int, context: Context, gold: [String]?, mentioned: [String]?) {
            (self.dialogue, self.turn, self.context) = (dialogue, turn, context)
            (self.gold, self.mentioned) = (gold, mentioned)
        }
    }

    package var turns: [Turn]

    /// - Throws: ``EvaluationError`` that names the first line at fault.
    package init(contentsOf url: URL) throws {
        guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else {
            throw EvaluationError("The conversations \(url.path) cannot be read: name a file that exists.")
        }
        turns = []
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where line.contains(where: { $0 > 32 }) {
            guard let row = try? JSONDecoder().decode(Row.self, from: line) else {
                throw EvaluationError(
                    "Line \(number + 1) of \(url.path) is no turn of a conversation: it needs dialog_id, turn and a context of roles (user, assistant) and texts."
                )
            }
            turns.append(
                Turn(
                    dialogue: row.dialog_id,
                    turn: row.turn,
                    context: Context(messages: row.context),
                    gold: row.gold,
                    mentioned: row.mentioned
                )
            )
        }
        guard !turns.isEmpty else {
            throw EvaluationError("The file \(url.path) holds no conversations.")
        }
    }

    private struct Row: Decodable {
        var dialog_id: String
        var turn: Int
        var context: [Message]
        var gold: [String]?
        var mentioned: [String]?
    }
}

/// Why something cannot be trained or measured, and what to do.
package struct EvaluationError: Error, CustomStringConvertible, Equatable {
    package var description: String
    package init(_ description: String) { self.description = description }
}
