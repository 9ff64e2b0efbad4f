import Matinee
import Synchronization

/// A message and its answer.
struct Exchange: Sendable {
    var message: String
    var turn: Turn
    var understood: [Understood]
    /// The parts that the user took out of what was understood.
    var withheld: Set<String> = []
    /// Whose memory the turn is the latest change of, and its version after the turn.
    var versions: [String: Int64] = [:]
    var isUndone = false

    /// Whether the turn answers with films, rather than words about them.
    var hasFilms: Bool { !turn.request.act.isAnswered }
}

/// One conversation of one user.
final class Sitting: Sendable {
    struct State: Sendable {
        var conversation = Conversation()
        var exchanges: [Exchange] = []
    }

    /// Messages of a sitting are answered one after the other.
    let line = Line(working: 1, waiting: 8, longestWait: .seconds(60))
    private let state = Mutex(State())

    var now: State { state.withLock { $0 } }

    /// The messages that a sitting keeps; the oldest are dropped.
    static let longest = 100

    func add(_ exchange: Exchange, _ conversation: Conversation) {
        state.withLock { state in
            state.exchanges = state.exchanges.suffix(Self.longest - 1) + [exchange]
            state.conversation = conversation
        }
    }

    /// Takes the latest answer with films back, and the conversation to before it.
    func takeBack(keeping: Bool) {
        state.withLock { state in
            guard let last = state.exchanges.lastIndex(where: { $0.hasFilms && !$0.isUndone }) else { return }
            state.conversation.add(Request(act: .undo))
            if keeping {
                state.exchanges[last].isUndone = true
            } else {
                state.exchanges.removeSubrange(last...)
            }
        }
    }
}

/// The conversations that are kept in memory: the latest ones, so many messages in all. They are never stored.
final class Sittings: Sendable {
    private struct Key: Hashable {
        var user: String
        var id: String
    }

    private struct Entry {
        var sitting: Sitting
        var used: UInt64
        var messages = 0
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var clock: UInt64 = 0
        var messages = 0
    }

    private let state = Mutex(State())
    private let mostMessages: Int

    init(mostMessages: Int = 2_000) { self.mostMessages = mostMessages }

    /// How many there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// The conversation of that name, or `nil`.
    func found(_ id: String, of user: String) -> Sitting? {
        state.withLock { state in
            state.clock += 1
            state.entries[Key(user: user, id: id)]?.used = state.clock
            return state.entries[Key(user: user, id: id)]?.sitting
        }
    }

    /// The conversation of that name, begun where it is new; counts a message.
    func joined(_ id: String, of user: String) -> Sitting {
        state.withLock { state in
            let key = Key(user: user, id: id)
            state.clock += 1
            var entry = state.entries[key] ?? Entry(sitting: Sitting(), used: 0)
            entry.used = state.clock
            if entry.messages < Sitting.longest {
                entry.messages += 1
                state.messages += 1
            }
            state.entries[key] = entry
            while state.messages > mostMessages, state.entries.count > 1 { Self.dropOldest(&state) }
            return entry.sitting
        }
    }

    private static func dropOldest(_ state: inout State) {
        guard let oldest = state.entries.min(by: { $0.value.used < $1.value.used }) else { return }
        state.messages -= oldest.value.messages
        state.entries[oldest.key] = nil
    }

    /// Forgets a conversation, or all of a user.
    func forget(_ id: String? = nil, of user: String) {
        state.withLock { state in
            for (key, entry) in state.entries where key.user == user && (id == nil || key.id == id) {
                state.messages -= entry.messages
                state.entries[key] = nil
            }
        }
    }
}
