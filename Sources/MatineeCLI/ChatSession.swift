import Foundation
import Matinee

/// The conversation with one user, or with several who watch together: takes a line, gives the text to show.
struct ChatSession {
    let recommender: Recommender
    let store: any Store
    let users: [String]
    let limit: Int
    let rendering: Rendering

    private var conversation = Conversation()
    private var last: Turn?
    /// Whether something was remembered since the last turn.
    private var changedSince = false
    /// What stood before each message, so that it can be taken back.
    private var before: [(conversation: Conversation, last: Turn?)] = []

    init(recommender: Recommender, store: any Store, users: [String], limit: Int, rendering: Rendering) {
        self.recommender = recommender
        self.store = store
        self.users = users
        self.limit = limit
        self.rendering = rendering
    }

    /// The answer to a line, or `nil` where the user wants to leave.
    ///
    /// What goes wrong is said in the answer: a conversation goes on.
    mutating func answer(_ line: String) async -> String? {
        let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
        do {
            if let command = Self.plainCommands[text.lowercased()] {
                return try await self.command(command, "")
            }
            guard text.hasPrefix("/") else { return try await talk(text) }
            let parts = text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
            return try await command(parts.first?.lowercased() ?? "help", parts.count > 1 ? parts[1] : "")
        } catch { return "\(error)" }
    }

    /// Words that are commands where they are all there is.
    private static let plainCommands = [
        "quit": "quit", "exit": "quit", "bye": "quit", "goodbye": "quit", "help": "help", "?": "help",
        "why": "why", "why?": "why",
    ]

    /// Answers a message; one that says in plain words what a command does, does it.
    private mutating func talk(_ message: String) async throws -> String {
        let heard = recommender.interpreter.interpret(message, in: conversation)
        switch heard.act {
        case .undo: return try undo()
        case .taste: return try tastes()
        case .why: if let answer = why(heard) { return answer }
        default: break
        }
        if !heard.corrected.isEmpty { try takeBackLastTurn() }
        let (recommender, users, limit, conversation) = (recommender, users, limit, conversation)
        let rendering = rendering
        let (turn, isShown) = try await spinning("thinking") { end in
            let printer = TurnPrinter(rendering, begin: end)
            let turn = try await recommender.turn(
                message,
                user: users.first,
                with: Array(users.dropFirst()),
                limit: limit,
                conversation: conversation,
                onEvent: { await printer.take($0) }
            )
            return (turn, await printer.hasBegun)
        }
        if turn.turn != nil { before.append((conversation, last)) }
        self.conversation.add(turn)
        if turn.candidates.isEmpty, turn.request.act.isAnswered { return rendering.reply(turn) }
        last = turn
        changedSince = false
        return isShown ? "" : rendering.turn(turn)
    }

    /// Takes the turn back that a correction replaces, so that what was misread is not remembered; not where
    /// something else has been said since.
    private func takeBackLastTurn() throws {
        guard last != nil, !changedSince else { return }
        for user in users { _ = try store.undo(user) }
    }

    /// The reason of the film that was asked for, noted as the film that is spoken of.
    private mutating func why(_ heard: Request) -> String? {
        guard let pick = last?.picks.first(where: { $0.id == heard.about?.id }) else { return nil }
        conversation.add(heard)
        return rendering.why(pick, last?.candidates.first { $0.id == pick.id })
    }

    private mutating func command(_ name: String, _ argument: String) async throws -> String? {
        switch name {
        case "why": why(argument)
        case "like": try feedback(.liked, argument)
        case "dislike": try feedback(.disliked, argument)
        case "seen": try feedback(.seen, argument)
        case "undo": try undo()
        case "taste": try tastes()
        case "more": try await talk("more")
        case "export": try export(argument)
        case "forget": try forget(argument)
        case "help": Self.help
        case "quit", "exit", "q": nil
        default: "There is no /\(printable(name)). \(Self.help)"
        }
    }

    static let help = """
        Say what you feel like watching, in plain words. These commands help:
          /why N         why film N is in the list
          /like N        I like film N of the list, or a title: /like Heat
          /dislike N     I do not
          /seen N        I have seen it
          /more          other films for the same wish
          /undo          take the last message or command back
          /taste         what I know of your taste
          /export FILE   write all I know of you to a file
          /forget        delete all I know of you
          /quit          leave (or Ctrl-D)
        """

    private func why(_ argument: String) -> String {
        guard let last, !last.picks.isEmpty else {
            return "There is no list yet: say what you feel like watching."
        }
        guard let number = Int(argument.isEmpty ? "1" : argument),
            let pick = last.picks.first(where: { $0.rank == number })
        else { return "Give the number of a film in the list: /why 1 to /why \(last.picks.count)." }
        return rendering.why(pick, last.candidates.first { $0.id == pick.id })
    }

    private mutating func feedback(_ stance: Stance, _ argument: String) throws -> String {
        guard let movie = movie(argument) else {
            if Int(argument) != nil {
                return last.map { "The list has the films 1 to \($0.picks.count)." }
                    ?? "There is no list yet: give a title."
            }
            return argument.isEmpty
                ? "Say which film: a number of the list, or a title."
                : "I do not know a film called “\(printable(argument))”. `matinee catalog search` looks for titles."
        }
        for user in users { try recommender.feedback(stance, on: movie, from: user) }
        changedSince = true
        return switch stance {
        case .liked: "Noted: you like \(movie.label)."
        case .disliked: "Noted: you do not like \(movie.label); it will not come again."
        case .seen, .mentioned: "Noted: you have seen \(movie.label); it will not come again."
        }
    }

    /// The film of that number in the list, or of that title.
    private func movie(_ argument: String) -> Movie? {
        let pick = last?.picks.first { $0.rank == Int(argument) }
        return pick.flatMap { recommender.movie(id: $0.id) }
            ?? recommender.interpreter.movie(titled: argument)
    }

    private mutating func undo() throws -> String {
        let undone = try users.map { try store.undo($0) }.first ?? nil
        if case .turn? = undone, let earlier = before.popLast() {
            (conversation, last) = (earlier.conversation, earlier.last)
        }
        changedSince = true
        return recommender.told(undone)
    }

    private func tastes() throws -> String {
        try users.map { try rendering.taste(recommender.tasteSummary(of: $0), of: $0) }
            .joined(separator: "\n\n")
    }

    /// What is said to a command that is one user's own.
    private func alone(_ command: String) -> String {
        "You are several here. Outside of this conversation, `matinee users \(command) NAME` does that for one of you."
    }

    private func export(_ argument: String) throws -> String {
        guard let user = users.first, users.count == 1 else { return alone("export") }
        let file = URL(filePath: argument.isEmpty ? "matinee-export.json" : argument)
        let data = try JSON.pretty(store.export(user))
        do { try writeNew(data, to: file) } catch {
            return
                "I cannot write \(printable(file.path)): \(reason(error)). Give another name: /export FILE."
        }
        return "All I know of you is in \(printable(file.path))."
    }

    private mutating func forget(_ argument: String) throws -> String {
        guard let user = users.first, users.count == 1 else { return alone("forget") }
        guard argument == "yes" else {
            return "This deletes your taste, your films and your log for good. Type “/forget yes” to do it."
        }
        try store.forget(user)
        (conversation, last, before) = (Conversation(), nil, [])
        return "I have forgotten everything about you."
    }
}
