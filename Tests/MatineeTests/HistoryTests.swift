import Matinee
import MatineeTesting
import Testing

@Suite("A history in the recommender")
struct HistoryTests {
    private let films = [
        HistoryFilm(id: "solaris-1972", rating: 5, date: "2021-01-01", isSeen: true),
        HistoryFilm(id: "it", rating: 1, isSeen: true), HistoryFilm(id: "thief", isWanted: true),
        HistoryFilm(id: "solaris-2002", isWanted: true),
    ]

    @Test("It becomes taste at once; the same again changes nothing; more of it adds")
    func taken() async throws {
        let store = InMemoryStore(), recommender = try await TinyCatalog.recommender(store: store)
        #expect(try recommender.take(films, from: "letterboxd", hasWatchlist: true, of: "ana") == 4)
        let memory = try store.memory(of: "ana", embedder: "hash")
        #expect(memory.taste != nil && memory.version == 1)
        #expect(
            try recommender.take(films.reversed(), from: "letterboxd", hasWatchlist: true, of: "ana") == 0
        )
        #expect(try store.memory(of: "ana", embedder: "hash") == memory)
        let turn = try await recommender.turn("", user: "ana")
        #expect(turn.picks.first?.id == "solaris-2002")
        #expect(
            try recommender.take(
                [HistoryFilm(id: "it", isLiked: true)],
                from: "rss",
                hasWatchlist: false,
                of: "ana"
            ) == 1
        )
        #expect(
            try store.history(of: "ana").first { $0.id == "it" }
                == HistoryFilm(id: "it", rating: 1, isSeen: true, isLiked: true)
        )
    }

    @Test("A film that is gone from a whole watchlist leaves it; a history without one takes nothing away")
    func watchlist() async throws {
        let store = InMemoryStore(), recommender = try await TinyCatalog.recommender(store: store)
        func list() throws -> [String] { try store.memory(of: "ana", embedder: "hash").watchlist }
        _ = try recommender.take(films, from: "letterboxd", hasWatchlist: true, of: "ana")
        _ = try recommender.take([films[0]], from: "rss", hasWatchlist: false, of: "ana")
        #expect(try list() == ["thief", "solaris-2002"])
        #expect(try recommender.take([films[2]], from: "letterboxd", hasWatchlist: true, of: "ana") == 1)
        #expect(try list() == ["thief"])
    }

    @Test(
        "The watchlist is asked for in plain words",
        arguments: [
            "something from my watchlist", "a slow film on my watch list",
            "what should I see from our watchlist?",
            "pick one that is already on my letterboxd watchlist",
        ]
    )
    func asked(_ message: String) async throws {
        let store = InMemoryStore(), recommender = try await TinyCatalog.recommender(store: store)
        #expect(recommender.interpreter.interpret(message).constraints.isOnWatchlist)
        let empty = try await recommender.turn(message, user: "ana")
        #expect(empty.picks.isEmpty && empty.reply.contains("users import"))
        _ = try recommender.take(films, from: "letterboxd", hasWatchlist: true, of: "ana")
        let turn = try await recommender.turn(message, user: "ana")
        #expect(
            Set(turn.picks.map(\.id)) == ["thief", "solaris-2002"]
                && turn.reply.contains("from your watchlist")
        )
    }

    @Test(
        "Other lists and what is not wanted are no watchlist",
        arguments: ["nothing from my watchlist", "a film about a watchlist", "my watchlist is long"]
    )
    func notAsked(_ message: String) async throws {
        #expect(try await !TinyCatalog.recommender().interpreter.interpret(message).constraints.isOnWatchlist)
    }
}
