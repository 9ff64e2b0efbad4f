import Foundation
package import Matinee

/// A conversation as a judge reads it: what a person said, and what they were shown.
package struct JudgedConversation: Sendable, Equatable {
    package struct Film: Sendable, Equatable {
        /// Title and year.
        package var label: String
        /// What the film is: genres, overview.
        package var facts: String
        /// The explanation that was shown.
        package var reason: String

        package init(label: String, facts: String, reason: String) {
            (self.label, self.facts, self.reason) = (label, facts, reason)
        }
    }

    package struct Turn: Sendable, Equatable {
        package var message: String
        package var reply: String
        package var films: [Film]

        package init(message: String, reply: String, films: [Film] = []) {
            (self.message, self.reply, self.films) = (message, reply, films)
        }
    }

    package var name: String
    package var turns: [Turn]

    package init(name: String, turns: [Turn]) { (self.name, self.turns) = (name, turns) }

    /// Whether films are told apart from the text, so that some can be put in the place of others.
    package var hasFilms: Bool { turns.contains { !$0.films.isEmpty } }

    /// What the person said, by which two systems' conversations are matched.
    var messages: [String] { turns.map(\.message) }
}

extension JudgedConversation {
    /// The conversations of a log that keeps words.
    /// - Throws: ``EvaluationError`` where it keeps none.
    package static func all(of log: LogFile, catalog: Catalog) throws -> [JudgedConversation] {
        guard log.rows.contains(where: \.hasWords) else {
            throw EvaluationError(
                "The log \(log.name) holds no words of the users, which is the default, and without knowing what was asked nobody can judge an answer. Words are kept from then on with --remember-words; `matinee eval run --logs` writes logs with words."
            )
        }
        return log.conversations.map { conversation in
            JudgedConversation(name: conversation.name, turns: conversation.rows.map { turn($0, catalog) })
        }
    }

    private static func turn(_ row: LogRow, _ catalog: Catalog) -> Turn {
        let words = row.message ?? row.request.wish
        return Turn(
            message: words ?? "(conditions only; the reply repeats them)",
            reply: row.reply ?? "",
            films: row.picks.map { pick in
                let movie = catalog.row(of: pick.id).map { catalog[$0] }
                let title = movie?.title ?? pick.title ?? pick.id, year = movie?.year ?? pick.year
                return Film(
                    label: year.map { "\(title) (\($0))" } ?? title,
                    facts: movie?.judgedFacts ?? pick.genres.joined(separator: ", "),
                    reason: pick.reason ?? ""
                )
            }
        )
    }

    /// The dialogues of a file of conversations, each as long as its longest turn tells.
    /// - Throws: ``EvaluationError`` where no assistant speaks in it.
    package static func all(of file: ConversationFile, name: String) throws -> [JudgedConversation] {
        var order: [String] = [], longest: [String: [ConversationFile.Message]] = [:]
        for turn in file.turns {
            if longest[turn.dialogue] == nil { order.append(turn.dialogue) }
            if turn.context.messages.count >= longest[turn.dialogue]?.count ?? 0 {
                longest[turn.dialogue] = turn.context.messages
            }
        }
        let all = order.map { JudgedConversation(name: $0, turns: turns(longest[$0] ?? [])) }
            .filter { $0.turns.contains { !$0.reply.isEmpty } }
        guard !all.isEmpty else {
            throw EvaluationError("In \(name) no assistant says anything, so there is nothing to judge.")
        }
        return all
    }

    /// What each said in turn; messages of one that follow each other are one.
    private static func turns(_ messages: [ConversationFile.Message]) -> [Turn] {
        messages.reduce(into: [Turn]()) { turns, message in
            func joined(_ before: String) -> String {
                before.isEmpty ? message.text : before + " " + message.text
            }
            let last = turns.count - 1
            if message.role == .user {
                if last >= 0, turns[last].reply.isEmpty {
                    turns[last].message = joined(turns[last].message)
                } else {
                    turns.append(Turn(message: message.text, reply: ""))
                }
            } else if last >= 0 {
                turns[last].reply = joined(turns[last].reply)
            } else {
                turns.append(Turn(message: "", reply: message.text))
            }
        }
    }
}

extension Movie {
    /// What a judge is told of a film.
    var judgedFacts: String {
        [genres.joined(separator: ", "), overview ?? ""].filter { !$0.isEmpty }.joined(separator: ". ")
    }
}
