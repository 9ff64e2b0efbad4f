import Matinee
import MatineeTesting
import Testing

@Suite("Who films are for")
struct PersonTests {
    /// A recommender that has heard what Ana and Ben like.
    private func recommender(
        _ store: InMemoryStore,
        _ settings: Settings = Settings(),
        model: (any LanguageModel)? = nil
    ) async throws -> Recommender {
        let recommender = try await TinyCatalog.recommender(
            store: store,
            fusion: FusionModel.standard(),
            model: model,
            settings: settings
        )
        for (user, titles) in [
            ("ana", ["Heat", "Collateral"]), ("ben", ["Amélie", "The Umbrellas of Cherbourg"]),
        ] {
            for title in titles {
                let movie = try #require(recommender.interpreter.movie(titled: title))
                try recommender.feedback(.liked, on: movie, from: user)
            }
        }
        return recommender
    }

    @Test("What somebody liked before steers what a message leaves open, and gives way to a clear wish")
    func history() async throws {
        let recommender = try await recommender(InMemoryStore())
        let open = "something to watch"
        let ana = try await recommender.turn(open, user: "ana", limit: 14).picks.map(\.id)
        let ben = try await recommender.turn(open, user: "ben", limit: 14).picks.map(\.id)
        let (heist, whimsy) = ("thief", "delicatessen")
        #expect(try #require(ana.firstIndex(of: heist)) < #require(ben.firstIndex(of: heist)))
        #expect(try #require(ben.firstIndex(of: whimsy)) < #require(ana.firstIndex(of: whimsy)))
        #expect(try await recommender.turn("a spoof in space", user: "ana").picks.first?.id == "spaceballs")
    }

    @Test("Without its weight, what people liked before changes nothing but what is hidden")
    func weight() async throws {
        let recommender = try await recommender(InMemoryStore(), Settings(historyWeight: 0))
        let known = Set(["heat", "collateral", "amelie", "umbrellas"])
        let (ana, ben) = try await (
            recommender.turn("something to watch", user: "ana", limit: 14),
            recommender.turn("something to watch", user: "ben", limit: 14)
        )
        #expect(
            ana.picks.map(\.id).filter { !known.contains($0) }
                == ben.picks.map(\.id).filter { !known.contains($0) }
        )
    }

    @Test(
        "For several, nothing comes that any of them knows, and all remember the turn, each with a taste of their own",
        arguments: [nil, ScriptedModel()]
    )
    func together(_ model: ScriptedModel?) async throws {
        let store = InMemoryStore(), recommender = try await recommender(store, model: model)
        let before = try ["ana", "ben"].map { try store.memory(of: $0, embedder: HashEmbedder().name) }
        let turn = try await recommender.turn(
            "something with ghosts",
            user: "ana",
            with: ["ben", "ana"],
            limit: 14
        )
        #expect(
            Set(turn.candidates.map(\.id)).isDisjoint(with: ["heat", "collateral", "amelie", "umbrellas"])
        )
        #expect(turn.user == "ana")
        for (user, before) in zip(["ana", "ben"], before) {
            let memory = try store.memory(of: user, embedder: HashEmbedder().name)
            #expect(memory.shown == turn.picks.map(\.id))
            #expect(memory.taste != before.taste && memory.version > before.version)
            let log = try store.log(of: user)
            #expect(log.map(\.record.user) == [user])
        }
        let tastes = try ["ana", "ben"].map { try store.memory(of: $0, embedder: HashEmbedder().name).taste }
        #expect(tastes[0] != tastes[1])
    }

    @Test("A language model is told what each of several people likes")
    func told() async throws {
        let model = ScriptedModel(), store = InMemoryStore()
        let turn = try await recommender(store, model: model).turn("ghosts", user: "ana", with: ["ben"])
        #expect(turn.models.reranker == "listwise" && !model.chats.isEmpty)
        for chat in model.chats {
            let data = chat.messages.last?.text ?? ""
            #expect(data.contains("Collateral (2004)") && data.contains("The Umbrellas of Cherbourg (1964)"))
        }
    }

    @Test("Several judgements become the least or the mean")
    func joined() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<100 {
            let scores = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                Double.random(in: -3...3, using: &random)
            }
            #expect(Together.leastMisery.joined(scores) == scores.min())
            let mean = Together.mean.joined(scores)
            #expect(abs(mean * Double(scores.count) - scores.reduce(0, +)) < 1e-9)
        }
    }
}
