import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("A turn")
struct RecommenderTests {
    @Test("Twenty candidates at most, five picks, in order, with reasons")
    func shape() async throws {
        let turn = try await TinyCatalog.recommender().turn("a spoof in space")
        #expect(turn.picks.map(\.rank) == [1, 2, 3, 4, 5])
        #expect(turn.candidates.count == 14)
        #expect(turn.picks.map(\.id) == turn.candidates.prefix(5).map(\.id))
        #expect(turn.picks.map(\.score) == turn.picks.map(\.score).sorted(by: >))
        #expect(turn.picks.first?.id == "spaceballs")
        #expect(
            turn.picks.allSatisfy { !$0.reason.isEmpty && !$0.evidence.isEmpty && (0...1).contains($0.score) }
        )
        #expect(turn.user == nil && turn.turn == nil && turn.fallbacks.isEmpty)
    }

    @Test("What a turn tells while it goes on is what it ends with")
    func events() async throws {
        var events: [TurnEvent] = []
        let turn = try await TinyCatalog.recommender().turn("something like Xyzzy Nights") {
            events.append($0)
        }
        #expect(
            events.prefix(3) == [.request(turn.request), .candidates(turn.candidates), .picks(turn.picks)]
        )
        #expect(events.contains(.text(turn.reply)))
        #expect(events.suffix(turn.fallbacks.count) == turn.fallbacks.map(TurnEvent.fallback)[...])
    }

    @Test(
        "Where no film fits, those are shown that fit but for one thing, and marked; what was ruled out stays out"
    )
    func nearMisses() async throws {
        let recommender = try await TinyCatalog.recommender(fusion: FusionModel.standard())
        let turn = try await recommender.turn("a Japanese horror film, not a comedy")
        #expect(turn.fallbacks.contains { $0.kind == .nearMisses })
        #expect(!turn.picks.isEmpty && turn.candidates.allSatisfy { $0.note == .nearMiss })
        let movies = turn.picks.compactMap { recommender.movie(id: $0.id) }
        #expect(movies.allSatisfy { $0.genres.contains("Horror") && !$0.genres.contains("Comedy") })
        #expect(turn.picks.allSatisfy { $0.reason.contains("does not fit all that you asked for") })
    }

    @Test("Films that are seen, liked or disliked never come back, in this turn or later")
    func named() async throws {
        let recommender = try await TinyCatalog.recommender(store: InMemoryStore())
        let first = try await recommender.turn("loved Heat and Collateral, seen Thief, hated It", user: "ana")
        let second = try await recommender.turn("a heist in the city at night", user: "ana")
        let told = Set(["heat", "collateral", "thief", "it"])
        #expect(told.isDisjoint(with: first.candidates.map(\.id)))
        #expect(told.isDisjoint(with: second.candidates.map(\.id)))
    }

    @Test("A film that is only named comes first, with its like")
    func mentioned() async throws {
        let turn = try await TinyCatalog.recommender().turn("show me Heat")
        #expect(turn.picks[0].id == "heat" && turn.picks[0].evidence.contains(.named))
        #expect(turn.picks.dropFirst().contains { $0.id == "thief" })
    }

    @Test("Picks are not repeated until nothing else is left, and then marked; asked for, they are")
    func repeats() async throws {
        let recommender = try await TinyCatalog.recommender(store: InMemoryStore())
        let first = try await recommender.turn("a spoof", user: "ana"),
            second = try await recommender.turn("a spoof", user: "ana")
        #expect(Set(first.picks.map(\.id)).isDisjoint(with: second.picks.map(\.id)))
        let third = try await recommender.turn("a spoof", user: "ana")
        #expect(third.picks.count == 5)
        #expect(third.fallbacks.map(\.kind) == [.repeated])
        #expect(third.candidates.filter { $0.note == .shownBefore }.count == 1)
        let again = try await recommender.turn("show the spoof again", user: "ana")
        #expect(again.fallbacks.isEmpty && again.picks.contains { $0.id == first.picks[0].id })
    }

    @Test("Constraints hold for every candidate, whatever is asked")
    func constraints() async throws {
        let recommender = try await TinyCatalog.recommender(), catalog = recommender.artifacts.catalog
        let parts = [
            "a comedy", "no horror", "from the 80s", "before 1990", "under 100 minutes", "over two hours",
            "French",
            "in English", "by Michael Mann", "without Tom Cruise", "a comedy or a drama",
        ]
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let message = parts.shuffled(using: &generator).prefix(Int.random(in: 1...3, using: &generator))
                .joined(separator: ", ")
            let turn = try await recommender.turn(message)
            let constraints = turn.request.constraints
            for candidate in turn.candidates where candidate.note == nil {
                let movie = catalog[try #require(catalog.row(of: candidate.id))]
                #expect(
                    constraints.year.contains(movie.year) && constraints.runtime.contains(movie.runtime),
                    "\(message)"
                )
                #expect(
                    constraints.genres.allows(movie.genres) && constraints.countries.allows(movie.countries),
                    "\(message)"
                )
                #expect(
                    constraints.languages.allows(movie.languages) && constraints.people.allows(movie.people),
                    "\(message)"
                )
            }
        }
    }

    @Test("A film of which a constrained field is unknown only fills up the list, marked")
    func unknownFields() async throws {
        let turn = try await TinyCatalog.recommender().turn("a comedy from the 80s")
        #expect(turn.candidates.last?.id == "unknown" && turn.candidates.last?.note == .unknownField)
        #expect(turn.fallbacks.map(\.kind) == [.unknownFields, .fewMovies])
        #expect(turn.picks.last?.evidence.contains(.note(.unknownField)) == true)
    }

    @Test("Where nothing fits, the answer says so")
    func nothing() async throws {
        let turn = try await TinyCatalog.recommender().turn("a Turkish western")
        #expect(turn.picks.isEmpty && turn.fallbacks.map(\.kind) == [.fewMovies])
        #expect(turn.reply.contains("No film"))
    }

    @Test(
        "Without a wish the best known films come, with a question",
        arguments: ["", "   ", "hello", "\u{7}\u{0}"]
    )
    func noWish(_ message: String) async throws {
        let turn = try await TinyCatalog.recommender().turn(message)
        #expect(turn.fallbacks.map(\.kind) == [.noWish] && turn.reply.contains("What do you feel like"))
        #expect(turn.picks.count == 5 && turn.picks[0].id == "heat")
        #expect(turn.candidates.allSatisfy { $0.scores.cosine == nil })
    }

    @Test("Words that no film has are a guess, and called so")
    func unfamiliar() async throws {
        let turn = try await TinyCatalog.recommender().turn("asdf qwertz")
        #expect(turn.fallbacks.map(\.kind) == [.unfamiliarWords] && turn.picks.count == 5)
    }

    @Test("A title that the catalogue does not have is said to be missing, without quoting it")
    func unknownTitle() async throws {
        let turn = try await TinyCatalog.recommender().turn("loved Heat and hated Zardoz")
        #expect(turn.fallbacks.map(\.kind) == [.unknownTitles] && !turn.reply.contains("Zardoz"))
    }

    @Test("A message of 100,000 characters is answered, and shortened openly")
    func long() async throws {
        let turn = try await TinyCatalog.recommender().turn(String(repeating: "slow films ", count: 9_100))
        #expect(turn.fallbacks.map(\.kind) == [.messageShortened] && turn.picks.count == 5)
    }

    @Test("Favourites alone are enough")
    func favourites() async throws {
        let recommender = try await TinyCatalog.recommender()
        let heat = try #require(recommender.interpreter.movie(titled: "Heat"))
        let turn = try await recommender.turn("", liked: [heat])
        #expect(turn.fallbacks.isEmpty && !turn.candidates.contains { $0.id == "heat" })
        #expect(Set(turn.picks.map(\.id)).isSuperset(of: ["collateral", "thief"]))
    }

    @Test("A message that only rejects is answered from what was there before, not from what lies farthest")
    func rejecting() async throws {
        let recommender = try await TinyCatalog.recommender(store: InMemoryStore())
        let first = try await recommender.turn("hated Heat", user: "ana")
        #expect(
            first.candidates.allSatisfy { $0.scores.cosine == nil } && first.picks[0].id == "ghostbusters"
        )
        _ = try await recommender.turn("a spoof in space", user: "ana")
        let later = try await recommender.turn("not too whimsical", user: "ana")
        #expect(later.candidates.allSatisfy { $0.scores.cosine != nil })
    }

    @Test(
        "Films of the list can be meant by their place in it",
        arguments: [
            ("I've seen the first two", Stance.seen, [0, 1]), ("I liked number 3", .liked, [2]),
            ("I've seen 2", .seen, [1]),
            ("more like the second one", .liked, [1]), ("I hated the last one", .disliked, [4]),
            ("loved the fourth", .liked, [3]),
            ("I've seen #5", .seen, [4]), ("the first film I ever loved", .liked, []),
            ("I've seen 9", .seen, []),
            ("the second world war", .seen, []), ("seen the first 99", .seen, []),
        ] as [(String, Stance, [Int])]
    )
    func places(_ message: String, _ stance: Stance, _ places: [Int]) async throws {
        let recommender = try await TinyCatalog.recommender()
        let turn = try await recommender.turn("a spoof in space")
        var conversation = Conversation()
        conversation.add(turn.request, picks: turn.picks)
        let named = recommender.interpreter.interpret(message, in: conversation).ids(stance)
        #expect(named == places.map { turn.picks[$0].id }, "\(message)")
        #expect(recommender.interpreter.interpret(message).named.isEmpty, "\(message)")
    }

    @Test("A narrowing message takes nothing back that was said of its films since")
    func carriedFilms() async throws {
        let recommender = try await TinyCatalog.recommender(store: InMemoryStore())
        var conversation = Conversation()
        conversation.add(try await recommender.turn("loved Heat", user: "ana").request)
        let heat = try #require(recommender.movie(id: "heat"))
        try recommender.feedback(.disliked, on: heat, from: "ana")
        let turn = try await recommender.turn("under two hours", user: "ana", conversation: conversation)
        #expect(turn.request.carried == ["heat"] && turn.request.ids(.disliked) == ["heat"])
        #expect(try recommender.tasteSummary(of: "ana")?.said == [.disliked: ["Heat (1995)"]])
    }

    @Test("Of a film named twice, the later definite word counts, and it is named once")
    func namedTwice() async throws {
        let recommender = try await TinyCatalog.recommender()
        let heat = try #require(recommender.movie(id: "heat"))
        let turn = try await recommender.turn("hated Heat", liked: [heat])
        #expect(turn.request.named == [NamedMovie(heat, .liked)])
    }

    @Test("Feedback after a change of the embedder begins from the films liked before")
    func feedbackAfterChange() async throws {
        let store = InMemoryStore()
        _ = try await TinyCatalog.recommender(store: store, embedder: HashEmbedder(name: "old")).turn(
            "loved Heat",
            user: "ana"
        )
        let new = try await TinyCatalog.recommender(store: store)
        try new.feedback(.liked, on: #require(new.movie(id: "amelie")), from: "ana")
        let taste = try #require(try store.memory(of: "ana", embedder: "hash").taste)
        let row = try #require(new.artifacts.catalog.row(of: "heat"))
        #expect(innerProduct(taste, new.artifacts.movies[row]) > 0.9)
    }

    @Test("Every fact of a reason is true of the film")
    func truth() async throws {
        let recommender = try await TinyCatalog.recommender(store: InMemoryStore()),
            catalog = recommender.artifacts.catalog
        for message in [
            "a French comedy", "loved Heat", "a heist by Michael Mann from the 80s", "whimsical paris",
            "a spoof under 100 minutes",
        ] {
            let turn = try await recommender.turn(message, user: "ana")
            for pick in turn.picks {
                let movie = catalog[try #require(catalog.row(of: pick.id))]
                let note = turn.candidates.first { $0.id == pick.id }?.note
                for fact in pick.evidence {
                    let isTrue = holds(fact, of: movie, note, in: catalog)
                    #expect(isTrue, "\(message): \(fact)")
                }
            }
        }
    }

    private func holds(_ fact: Evidence, of movie: Movie, _ note: Candidate.Note?, in catalog: Catalog)
        -> Bool
    {
        switch fact {
        case .keywords(let words): return words.allSatisfy(movie.keywords.contains)
        case .genres(let genres): return genres.allSatisfy(movie.genres.contains)
        case .people(let people): return people.allSatisfy(movie.people.contains)
        case .year(let year): return movie.year == year
        case .runtime(let minutes): return movie.runtime == minutes
        case .origin(let names): return names == ["France"] && movie.countries == ["FR"]
        case .shared(let title, let people, let words, let genres):
            return catalog.movies.contains { other in
                other.title == title
                    && people.allSatisfy { other.people.contains($0) && movie.people.contains($0) }
                    && words.allSatisfy { other.keywords.contains($0) && movie.keywords.contains($0) }
                    && genres.allSatisfy { other.genres.contains($0) && movie.genres.contains($0) }
            }
        case .listed, .themes: return false
        case .near(let title): return catalog.movies.contains { $0.title == title }
        case .taste, .meaning, .wellKnown, .named: return true
        case .note(let found): return found == note
        }
    }

    @Test("The stored taste of another model of the same name gives way too", arguments: [32, 96])
    func otherDimension(_ dimension: Int) async throws {
        let store = InMemoryStore()
        let old = try await TinyCatalog.recommender(
            store: store,
            embedder: HashEmbedder(dimension: dimension)
        )
        _ = try await old.turn("loved Heat", user: "ana")
        let turn = try await TinyCatalog.recommender(store: store).turn("something whimsical", user: "ana")
        #expect(turn.fallbacks.map(\.kind) == [.tasteStartsAnew])
        #expect(try store.memory(of: "ana", embedder: "hash").taste?.count == 64)
    }

    @Test("The stored taste of another embedder gives way to one from the films named")
    func otherEmbedder() async throws {
        let store = InMemoryStore()
        let old = try await TinyCatalog.recommender(
            store: store,
            embedder: HashEmbedder(name: "old", dimension: 32)
        )
        _ = try await old.turn("loved Heat", user: "ana")
        let new = try await TinyCatalog.recommender(store: store)
        let turn = try await new.turn("something whimsical", user: "ana")
        #expect(turn.fallbacks.map(\.kind) == [.tasteStartsAnew])
        #expect(try store.memory(of: "ana", embedder: "hash").taste?.count == 64)
        #expect(try store.memory(of: "ana", embedder: "old").taste?.count == 32)
        #expect(
            try await new.turn("more", user: "ana").fallbacks.contains { $0.kind == .tasteStartsAnew }
                == false
        )
    }

    @Test("A turn survives the trip through JSON, with every key the documentation names")
    func json() async throws {
        var turn = try await TinyCatalog.recommender(store: InMemoryStore()).turn(
            "loved Heat, a comedy under two hours",
            user: "ana"
        )
        #expect(turn.request.utterance != nil)
        turn.request.utterance = nil
        let data = try JSONEncoder().encode(turn)
        #expect(try JSONDecoder().decode(Turn.self, from: data) == turn)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let keys: Set = [
            "user", "turn", "request", "candidates", "picks", "reply", "models", "fallbacks", "timings_ms",
        ]
        #expect(Set(object.keys) == keys)
        let request = try #require(object["request"] as? [String: Any])
        #expect(Set(request.keys).isSuperset(of: ["wish", "named", "constraints"]))
        let constraints = try #require(request["constraints"] as? [String: Any])
        #expect(
            Set(constraints.keys).isSuperset(of: [
                "year", "runtime", "genres", "languages", "countries", "people",
            ])
        )
        #expect((constraints["runtime"] as? [String: Any])?["max"] as? Int == 119)
    }

    @Test("An index of another size is refused")
    func wrongIndex() async throws {
        let artifacts = try await TinyCatalog.artifacts()
        #expect(throws: VectorIndexError.wrongRowCount(expected: 14, found: 1)) {
            try Recommender(
                artifacts: artifacts,
                embedder: HashEmbedder(),
                index: ScanIndex(EmbeddingMatrix([[1, 0]], dimension: 2))
            )
        }
    }
}
