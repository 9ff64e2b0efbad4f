import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Ranking with a language model")
struct ListwiseTests {
    private static let messages = [
        "a spoof in space", "a heist in the city at night", "whimsical paris",
        "something slow and atmospheric",
    ]

    private func picks(_ message: String, _ model: (any LanguageModel)?, limit: Int = 14) async throws -> Turn
    {
        try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(deadline: .seconds(1_000)),
            settings: Settings(variety: 0)
        ).turn(message, limit: limit)
    }

    @Test("A model that prefers what stands first leaves the order as numbers have it", arguments: messages)
    func prefersFirst(_ message: String) async throws {
        let plain = try await picks(message, nil), model = ScriptedModel(rank: ScriptedRanks.first)
        let turn = try await picks(message, model)
        #expect(turn.models.reranker == "listwise" && model.count(of: .ranking) == 4)
        #expect(turn.languageModel?.ranking?.agreement ?? 1 < 0)
        #expect(tau(turn.picks, plain.picks) >= 0.9)
        let last = ScriptedModel(rank: { Array((1...$0.count).reversed()) })
        #expect(tau(try await picks(message, last).picks, plain.picks) >= 0.9)
    }

    @Test("The order of a perfect ranker comes through exactly", arguments: messages)
    func perfect(_ message: String) async throws {
        var generator = SeededGenerator(seed: 3)
        let labels = try TinyCatalog.catalog().movies.map(\.label).shuffled(using: &generator)
        let model = ScriptedModel(rank: ScriptedRanks.known(labels))
        let turn = try await picks(message, model)
        #expect(turn.picks.map { label($0) } == labels)
        #expect(turn.languageModel?.ranking?.agreement == 1 && model.count(of: .ranking) == 2)
        #expect(turn.picks.map(\.score) == turn.picks.map(\.score).sorted(by: >))
        #expect(turn.candidates.allSatisfy { $0.scores.listwise != nil } && turn.fallbacks.isEmpty)
        let standard = try await TinyCatalog.recommender(model: model).turn(message)
        #expect(standard.picks.map { label($0) } == Array(labels.prefix(5)))
    }

    @Test("Orders are drawn anew for other candidates, and the same for the same")
    func seeded() async throws {
        let one = ScriptedModel(), other = ScriptedModel(), third = ScriptedModel()
        _ = try await picks("a spoof in space", one)
        _ = try await picks("a spoof in space", other)
        _ = try await picks("whimsical paris", third)
        let key: (ScriptedModel) -> [String] = { $0.chats.prefix(2).map { $0.messages[1].text }.sorted() }
        #expect(key(one) == key(other) && key(one) != key(third))
    }

    @Test(
        "Numbers that are unknown, repeated or missing are counted, and the list is whole",
        arguments: [
            ("{\"order\":[3,3,99,-1,1]}", 2, 1, 12), ("[2, 1]", 0, 0, 12),
            ("```json\n{\"order\":[\"2\"]}\n```", 0, 0, 13),
            ("{\"order\":[1.5,true,null,{},1e300,4]}", 5, 0, 13),
        ] as [(String, Int, Int, Int)]
    )
    func repairs(_ text: String, _ unknown: Int, _ repeated: Int, _ missing: Int) async throws {
        let model = ScriptedModel(troubles: [.ranking: .text(text)])
        let recommender = try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(deadline: .seconds(1_000), permutations: 1)
        )
        let turn = try await recommender.turn("a spoof in space", limit: 14)
        let use = try #require(turn.languageModel?.ranking)
        #expect(
            use.unknown == unknown && use.repeated == repeated && use.missing == missing && use.films == 14
        )
        #expect(Set(turn.picks.map(\.id)).count == 14)
    }

    @Test("Where one of two replies fails, the other counts half, and nothing is said of it")
    func half() async throws {
        let calls = Counter()
        let model = ScriptedModel(rank: { calls.next() == 1 ? [] : Array(1...$0.count) })
        let turn = try await picks("a spoof in space", model)
        #expect(turn.languageModel?.ranking?.failed == 1 && turn.fallbacks.isEmpty)
    }

    @Test("The prompt of twenty long films has at most 2,500 tokens, and each film is in it")
    func promptSize() async throws {
        for letter in ["word ", "<\"\\> ", "映画", "é", "7 "] {
            let movies = (0..<20).map { Self.longFilm($0, of: letter) }
            let chat = Self.prompt(letter).chat(movies.map { FilmCard(movie: $0, rating: 4.25) })
            #expect(chat.promptTokens <= 2_500, "\(letter): \(chat.promptTokens)")
            let lines = try Self.lines(of: chat)
            #expect(lines.count == 20 && lines.allSatisfy { $0.contains("rating 4.2") })
        }
    }

    private static func prompt(_ text: String) -> ListwisePrompt {
        let long = String(repeating: text, count: 4_000), film = longFilm(0, of: text)
        return ListwisePrompt(
            person: PersonFacts(
                message: long,
                wish: long,
                unwanted: long,
                wanted: [long],
                films: Dictionary(
                    uniqueKeysWithValues: Stance.allCases.map { ($0, Array(repeating: film, count: 10)) }
                ),
                history: Array(repeating: .init(message: long, reply: long, films: [long]), count: 20)
            )
        )
    }

    private static func longFilm(_ number: Int, of text: String) -> Movie {
        var movie = Movie(id: "\(number)", title: String(repeating: text, count: 200))
        movie.overview = String(repeating: text, count: 2_000)
        movie.keywords = Array(repeating: String(repeating: text, count: 20), count: 40)
        movie.genres = Genre.all
        movie.directors = [String(repeating: text, count: 50)]
        (movie.year, movie.runtime) = (1999, 999)
        return movie
    }

    private static func lines(of chat: Chat) throws -> [String] {
        let data = Data(chat.messages[1].text.utf8)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(object["films"] as? [String])
    }

    @Test("Borda's count: agreement comes through, contradiction leaves the prior")
    func merge() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let count = Int.random(in: 2...20, using: &generator)
            let order = (0..<count).shuffled(using: &generator)
            #expect(RankMerge(orders: [order, order]).merged.map(\.film) == order)
            #expect(RankMerge(orders: [order, order.reversed()]).merged.map(\.film) == Array(0..<count))
            let other = (0..<count).shuffled(using: &generator)
            let merged = RankMerge(orders: [order, other]).merged
            #expect(merged.map(\.film).sorted() == Array(0..<count))
            #expect(merged.allSatisfy { (0...1).contains($0.score) })
            #expect(merged.map(\.score) == merged.map(\.score).sorted(by: >))
        }
        #expect(kendallTau([0, 1, 2], [2, 1, 0]) == -1 && kendallTau([0, 1, 2], [0, 2, 1]) > 0.3)
    }

    private func label(_ pick: Pick) -> String { pick.year.map { "\(pick.title) (\($0))" } ?? pick.title }

    private func tau(_ one: [Pick], _ other: [Pick]) -> Double {
        let ids = one.map(\.id)
        return kendallTau(Array(ids.indices), other.compactMap { ids.firstIndex(of: $0.id) })
    }
}
