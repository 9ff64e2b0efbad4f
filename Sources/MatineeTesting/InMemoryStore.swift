public import Matinee
import Synchronization

/// A store that lives as long as the process; for tests and for trying things out.
///
/// It never keeps words, and its log is not dated.
public final class InMemoryStore: Store {
    private struct User {
        var version: Int64 = 0
        var turns = 0
        var changes: [Entry] = []
    }

    private struct Entry {
        var change: Change
        var undone = false
    }

    private let state = Mutex<(users: [String: User], order: [(user: String, place: Int)])>(([:], []))

    public let remembersWords = false

    public init() {}

    public func memory(of user: String, embedder: String) throws -> Memory {
        let name = try userName(user)
        return state.withLock { state in
            guard let user = state.users[name] else { return Memory() }
            let changes = user.changes.filter { !$0.undone }.map(\.change)
            let tastes = changes.filter { $0.taste != nil }
            let own = tastes.last { $0.embedder == embedder }, said = said(changes)
            return Memory(
                taste: own?.taste,
                otherEmbedder: own == nil ? tastes.last?.embedder : nil,
                feedback: said.feedback,
                shown: shown(changes),
                rated: said.rated,
                watchlist: said.watchlist,
                version: user.version
            )
        }
    }

    public func version(of user: String) throws -> Int64 {
        let name = try userName(user)
        return state.withLock { $0.users[name]?.version ?? 0 }
    }

    private func said(_ changes: [Change]) -> Said {
        var said = Said()
        for change in changes {
            for movie in change.feedback { said.say(movie.stance, of: movie.id) }
            change.history.forEach { said.take($0) }
        }
        return said
    }

    private func shown(_ changes: [Change]) -> [String] {
        var order: [String] = []
        for id in changes.compactMap(\.turn).suffix(Memory.turnsShown).flatMap(\.picks).map(\.id) {
            order = order.filter { $0 != id } + [id]
        }
        return order
    }

    @discardableResult
    public func commit(_ change: Change) throws -> Int? {
        let name = try userName(change.user)
        return try state.withLock { state in
            var user = state.users[name] ?? User(), change = change
            guard user.version == change.version else { throw StoreError.conflict }
            user.version += 1
            if change.turn != nil {
                user.turns += 1
                state.order.append((name, user.changes.count))
            }
            change.turn?.user = name
            change.turn?.turn = user.turns
            if let words = change.turn?.request { change.turn?.request = words.withoutWords }
            user.changes.append(Entry(change: change))
            state.users[name] = user
            return change.turn?.turn
        }
    }

    public func undo(_ user: String) throws -> Undone? { try undo(user) { _ in true } }

    public func undoHistory(_ user: String) throws -> Undone? { try undo(user) { $0.source != nil } }

    private func undo(_ user: String, where holds: (Change) -> Bool) throws -> Undone? {
        let name = try userName(user)
        return state.withLock { state in
            guard let changes = state.users[name]?.changes,
                let last = changes.lastIndex(where: { !$0.undone && holds($0.change) })
            else { return nil }
            state.users[name]?.changes[last].undone = true
            state.users[name]?.version += 1
            let change = changes[last].change
            if let source = change.source { return .history(source: source, films: change.history.count) }
            return change.turn?.turn.map(Undone.turn) ?? .feedback(change.feedback.map(\.id))
        }
    }

    public func history(of user: String) throws -> [HistoryFilm] {
        let name = try userName(user)
        return state.withLock { state in
            said((state.users[name]?.changes ?? []).filter { !$0.undone }.map(\.change)).history
        }
    }

    public func users() throws -> [UserSummary] {
        state.withLock { state in
            state.users.sorted { $0.key < $1.key }.map { name, user in
                let movies = said(user.changes.filter { !$0.undone }.map(\.change)).feedback.values
                    .reduce(0) { $0 + $1.count }
                return UserSummary(user: name, turns: user.turns, movies: movies)
            }
        }
    }

    public func export(_ user: String) throws -> UserExport {
        let name = try userName(user)
        let turns = try log(of: name)
        return state.withLock { state in
            let changes = (state.users[name]?.changes ?? []).filter { !$0.undone }.map(\.change)
            var tastes: [String: [Float]] = [:]
            for change in changes { if let taste = change.taste { tastes[change.embedder] = taste } }
            let said = said(changes)
            let stances = Dictionary(uniqueKeysWithValues: said.feedback.map { ($0.key.rawValue, $0.value) })
            return UserExport(
                user: name,
                tastes: tastes,
                feedback: stances,
                history: said.history,
                turns: turns
            )
        }
    }

    public func forget(_ user: String) throws {
        let name = try userName(user)
        try state.withLock { state in
            guard state.users.removeValue(forKey: name) != nil else { throw StoreError.unknownUser(name) }
            state.order.removeAll { $0.user == name }
        }
    }

    public func log(of user: String?) throws -> [LoggedTurn] {
        let name = try user.map(userName)
        return try state.withLock { state in
            if let name, state.users[name] == nil { throw StoreError.unknownUser(name) }
            return state.order.filter { name == nil || $0.user == name }.compactMap { order in
                guard let entry = state.users[order.user]?.changes[order.place], let turn = entry.change.turn
                else { return nil }
                return LoggedTurn(
                    record: turn,
                    present: entry.change.present,
                    taste: entry.change.taste,
                    alpha: entry.change.alpha,
                    created: "",
                    undone: entry.undone
                )
            }
        }
    }

    public func turns(of user: String, before: Int?, limit: Int) throws -> [LoggedTurn] {
        let name = try userName(user)
        guard state.withLock({ $0.users[name] != nil }) else { return [] }
        let log = try log(of: name).filter { !$0.undone && ($0.record.turn ?? 0) < before ?? .max }
        return log.reversed().prefix(max(0, limit)).map { $0 }
    }
}
