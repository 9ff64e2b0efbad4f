public import Matinee

/// What every store must do, whatever its backend.
public struct StoreConformance: Sendable {
    /// One thing that must be so.
    public enum Requirement: String, CaseIterable, Sendable, CustomStringConvertible {
        case unknown = "Of an unknown user nothing is known"
        case numbers = "Turns are numbered from 1, for each user"
        case tastes = "The latest taste comes back bit for bit, by embedder"
        case feedback = "The latest word on a film counts, and having seen it takes no liking back"
        case shown = "The films shown lately are remembered, oldest first"
        case conflicts = "A change made from outdated data is refused and changes nothing"
        case latest = "The latest turns come page by page, without those taken back"
        case undo = "Undo takes back the latest change, and the log keeps it"
        case users = "Users do not mix"
        case forget = "A forgotten user is as one never seen"
        case privacy = "The words of wishes are not kept"
        case histories = "A history is kept whole, the latest word counts, and it can be taken back alone"
        case names = "Names that cannot be seen are refused, odd ones are kept"

        public var description: String { rawValue }
    }

    /// A requirement that is not met.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let make: @Sendable () throws -> any Store

    /// - Parameter make: makes an empty store.
    public init(make: @escaping @Sendable () throws -> any Store) { self.make = make }

    /// Checks one requirement.
    /// - Throws: ``Failure``, or what the store throws unasked.
    public func verify(_ requirement: Requirement) async throws {
        let turn = try await TinyCatalog.recommender().turn("a quixotic wish, not too violent", limit: 14)
        let check = Check(requirement: requirement, turn: turn, store: try make())
        switch requirement {
        case .unknown: try check.unknown()
        case .numbers: try check.numbers()
        case .tastes: try check.tastes()
        case .feedback: try check.feedback()
        case .shown: try check.shown()
        case .conflicts: try check.conflicts()
        case .latest: try check.latest()
        case .undo: try check.undo()
        case .users: try check.users()
        case .forget: try check.forget()
        case .privacy: try check.privacy()
        case .histories: try check.histories()
        case .names: try check.names()
        }
    }
}

private struct Check {
    let requirement: StoreConformance.Requirement
    /// A turn that shows every film of ``TinyCatalog``.
    let turn: Turn
    let store: any Store
    let first: [Float] = [0.6, 0.8], second: [Float] = [-0.8, 0.6]

    func expect(_ holds: Bool, _ reason: String) throws {
        if !holds { throw StoreConformance.Failure(description: "\(requirement): \(reason)") }
    }

    func refuses(_ error: StoreError, _ body: () throws -> Void) throws {
        do { try body() } catch let found as StoreError where found == error { return }
        try expect(false, "\(error) was not thrown")
    }

    @discardableResult
    func commit(
        _ user: String = "ana",
        taste: [Float]? = nil,
        embedder: String = "hash",
        said: [(String, Stance)] = [],
        picks: [String]? = ["heat"]
    ) throws -> Int? {
        let version = try store.memory(of: user, embedder: embedder).version
        return try store.commit(change(user, version, taste ?? first, embedder, said, picks))
    }

    func memory(_ user: String = "ana", embedder: String = "hash") throws -> Memory {
        try store.memory(of: user, embedder: embedder)
    }

    func unknown() throws {
        try expect(memory() == Memory() && store.version(of: "ana") == 0, "there is a memory")
        try expect(store.undo("ana") == nil, "something was undone")
        try expect(store.users().isEmpty && store.log(of: nil).isEmpty, "there are users or turns")
        for body in [
            { _ = try store.export("ana") }, { try store.forget("ana") }, { _ = try store.log(of: "ana") },
        ] {
            try refuses(.unknownUser("ana"), body)
        }
    }

    func numbers() throws {
        let numbers = try [commit(), commit("bo"), commit(picks: nil), commit()]
        try expect(numbers == [1, 1, nil, 2], "the numbers are \(numbers)")
        try expect(store.log(of: "ana").map(\.record.turn) == [1, 2], "the log has other numbers")
        try expect(store.users().map(\.turns) == [2, 1], "the users have other counts")
    }

    func tastes() throws {
        try commit(taste: first)
        try commit(taste: second, embedder: "other")
        try expect(memory().taste == first && memory(embedder: "other").taste == second, "a taste differs")
        try expect(memory().otherEmbedder == nil, "an embedder with a taste has another")
        let third = try memory(embedder: "third")
        try expect(
            third.taste == nil && third.otherEmbedder == "other",
            "a new embedder does not know of the old one"
        )
        try expect(store.export("ana").tastes == ["hash": first, "other": second], "the export differs")
    }

    func feedback() throws {
        try commit(said: [("heat", .liked), ("it", .liked)])
        try commit(said: [("it", .disliked), ("heat", .seen), ("thief", .seen)], picks: nil)
        try expect(
            memory().feedback == [.liked: ["heat"], .disliked: ["it"], .seen: ["thief"]],
            "it is \(memory().feedback)"
        )
    }

    func shown() throws {
        try commit(picks: ["heat", "it"])
        try commit(picks: ["thief", "heat"])
        try expect(memory().shown == ["it", "thief", "heat"], "it is \(memory().shown)")
        for _ in 1..<Memory.turnsShown { try commit(picks: ["airplane"]) }
        try expect(memory().shown == ["thief", "heat", "airplane"], "it is \(memory().shown)")
        try commit(said: [("it", .seen)], picks: nil)
        try commit(picks: ["airplane"])
        try expect(memory().shown == ["airplane"], "it is \(memory().shown)")
    }

    func conflicts() throws {
        try commit()
        let before = try store.export("ana")
        try refuses(.conflict) {
            try store.commit(change("ana", 0, second, "hash", [("it", .liked)], ["it"]))
        }
        try refuses(.conflict) { try store.commit(change("bo", 7, second, "hash", [], nil)) }
        try expect(store.export("ana") == before && store.users().count == 1, "something changed")
    }

    func undo() throws {
        try commit(taste: first, said: [("heat", .liked)], picks: ["it"])
        try commit(taste: second, said: [("thief", .liked)], picks: nil)
        let version = try memory().version
        try expect(store.undo("ana") == .feedback(["thief"]), "the feedback was not taken back")
        try expect(
            memory().taste == first && memory().feedback == [.liked: ["heat"]],
            "the taste is not as before"
        )
        try expect(memory().version == store.version(of: "ana"), "the versions differ")
        try expect(memory().version != version, "a change from before the undo would be taken")
        try expect(store.undo("ana") == .turn(1) && store.undo("ana") == nil, "the turn was not taken back")
        try expect(
            memory().taste == nil && memory().shown.isEmpty && memory().feedback.isEmpty,
            "something stayed"
        )
        try expect(store.log(of: "ana").map(\.undone) == [true], "the log does not keep the turn")
        try expect(commit() == 2, "a number was given twice")
    }

    func latest() throws {
        for _ in 1...5 { try commit() }
        try commit("bo")
        try commit(picks: nil)
        _ = try (store.undo("ana"), store.undo("ana"))
        func numbers(_ before: Int?, _ limit: Int) throws -> [Int?] {
            try store.turns(of: "ana", before: before, limit: limit).map(\.record.turn)
        }
        try expect(numbers(nil, 2) == [4, 3] && numbers(3, 9) == [2, 1], "they are \(numbers(nil, 9))")
        try expect(
            numbers(nil, 0).isEmpty && store.turns(of: "eve", before: nil, limit: 9).isEmpty,
            "too many"
        )
    }

    func users() throws {
        try commit("ana", taste: first, said: [("heat", .liked)])
        try commit("bo", taste: second, picks: ["it"])
        try expect(memory("bo").feedback.isEmpty && memory("bo").shown == ["it"], "bo has something of ana's")
        try store.forget("ana")
        try expect(memory("bo").taste == second && store.log(of: nil).count == 1, "bo lost something")
    }

    func forget() throws {
        try commit(said: [("heat", .liked)])
        try store.forget("ana")
        try unknown()
        try expect(commit() == 1, "the numbers go on")
    }

    func privacy() throws {
        try commit()
        guard let turn = try store.log(of: "ana").first?.record else {
            return try expect(false, "no turn is logged")
        }
        try expect(turn.request.wish == nil && turn.request.unwanted == nil, "the wish is kept")
        try expect(
            turn.user == "ana" && turn.turn == 1 && turn.picks.map(\.id) == ["heat"],
            "the turn is not kept"
        )
    }

    /// Commits a history as one change.
    private func take(_ films: [HistoryFilm], from source: String = "letterboxd") throws {
        try store.commit(
            Change(
                user: "ana",
                version: memory().version,
                embedder: "hash",
                present: second,
                taste: second,
                alpha: 0.8,
                feedback: [],
                turn: nil,
                source: source,
                history: films
            )
        )
    }

    func histories() throws {
        let films = [
            HistoryFilm(id: "heat", rating: 4.5, date: "2021-01-02", isSeen: true, isFavourite: true),
            HistoryFilm(id: "it", rating: 0.5, date: "2020-01-02", isSeen: true),
            HistoryFilm(id: "thief", isWanted: true), HistoryFilm(id: "amelie", isSeen: true, isWanted: true),
        ]
        try expect(store.history(of: "ana").isEmpty, "there is a history")
        try take(films)
        try expect(store.history(of: "ana") == films, "the history is \(store.history(of: "ana"))")
        try expect(store.export("ana").history == films, "the export lacks the history")
        try expect(
            memory().feedback == [.liked: ["heat"], .disliked: ["it"], .seen: ["amelie"]],
            "the stances differ"
        )
        try expect(
            memory().rated == [RatedMovie(id: "it", rating: 0.5), RatedMovie(id: "heat", rating: 4.5)],
            "the ratings are \(memory().rated)"
        )
        try expect(memory().watchlist == ["thief"], "the watchlist is \(memory().watchlist)")
        try commit(said: [("heat", .disliked)], picks: ["umbrellas"])
        try expect(memory().rated.map(\.id) == ["it"], "a rating stands against a later word")
        try take(
            [HistoryFilm(id: "it", rating: 3, isSeen: true), HistoryFilm(id: "thief", isWanted: false)],
            from: "rss"
        )
        try expect(
            memory().feedback[.seen] == ["it", "amelie"] && memory().watchlist.isEmpty,
            "the later history does not count"
        )
        try expect(store.undoHistory("ana") == .history(source: "rss", films: 2), "the later history stayed")
        try expect(memory().watchlist == ["thief"] && memory().shown == ["umbrellas"], "more was taken back")
        try expect(store.undoHistory("ana") == .history(source: "letterboxd", films: 4), "the history stayed")
        try expect(store.undoHistory("ana") == nil && store.history(of: "ana").isEmpty, "something stayed")
        try expect(memory().feedback == [.disliked: ["heat"]], "a word was taken back with the history")
        try take(films)
        try expect(
            store.undo("ana") == .history(source: "letterboxd", films: 4),
            "undo passes a history over"
        )
        try store.forget("ana")
        try expect(store.history(of: "ana").isEmpty, "a forgotten user has a history")
    }

    func names() throws {
        for name in ["", "  ", "a\nb", "\u{1B}[31m", String(repeating: "x", count: 101)] {
            try refuses(.badUserName) { try commit(name) }
        }
        let odd = ["../../etc/passwd", "O'Brien \"Bob\"; DROP TABLE users", "Zoë 🎬", "100 %"]
        for name in odd { try commit(name) }
        try expect(store.users().map(\.user) == odd.sorted(), "the names are \(store.users().map(\.user))")
        try commit("Zoe\u{308} 🎬 ")
        try expect(store.users().count == 4, "one name in two spellings is two users")
    }

    /// A change as a turn makes it, or feedback alone where there are no picks.
    private func change(
        _ user: String,
        _ version: Int64,
        _ taste: [Float],
        _ embedder: String,
        _ said: [(String, Stance)],
        _ picks: [String]?
    ) throws -> Change {
        let catalog = try TinyCatalog.catalog()
        var turn = turn
        turn.user = user
        turn.picks = (picks ?? []).compactMap { id in self.turn.picks.first { $0.id == id } }
        return Change(
            user: user,
            version: version,
            embedder: embedder,
            present: taste,
            taste: taste,
            alpha: 0.8,
            feedback: said.compactMap { id, stance in
                catalog.row(of: id).map { NamedMovie(catalog[$0], stance) }
            },
            turn: picks == nil ? nil : turn
        )
    }
}
