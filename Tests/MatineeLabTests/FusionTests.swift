import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Fusion")
struct FusionTests {
    /// Dialogues in which whoever names Heat gets Thief, and whoever names Airplane! gets Spaceballs.
    private func turns(_ count: Int = 60) -> [ConversationFile.Turn] {
        (0..<count).map { number in
            let (named, gold) = number % 2 == 0 ? ("heat", "thief") : ("airplane", "spaceballs")
            let title = number % 2 == 0 ? "Heat (1995)" : "Airplane! (1980)"
            return ConversationFile.Turn(
                dialogue: "\(number)",
                turn: 1,
                context: .init(messages: [.init(role: .user, text: "I loved \(title)")]),
                gold: [gold],
                mentioned: [named]
            )
        }
    }

    private func trained(_ artifacts: Artifacts, seed: UInt64 = 1) async throws -> (FusionModel, [Dialogue]) {
        let turns = turns(), embedder = HashEmbedder()
        let dialogues = try await DialogueReader(catalog: artifacts.catalog)
            .dialogues(of: turns.map(\.context), by: embedder)
        let scorer = SignalScorer(
            catalog: artifacts.catalog,
            movies: artifacts.movies,
            editorial: Editorial(of: artifacts.catalog)
        )
        let model = try FusionTrainer(seed: seed)
            .train(turns, dialogues, scorer: scorer, embedder: embedder, source: "a test")
        return (model, dialogues)
    }

    @Test("What is recommended with a film is learned, and the same seed learns the same")
    func learns() async throws {
        let artifacts = try await TinyCatalog.artifacts()
        let (model, dialogues) = try await trained(artifacts)
        let fusion = Fusion(model, artifacts: artifacts, editorial: Editorial(of: artifacts.catalog))
        let rows = Array(0..<artifacts.catalog.count)
        for (dialogue, gold) in [(dialogues[0], "thief"), (dialogues[1], "spaceballs")] {
            let scores = fusion.scores(dialogue, rows: rows)
            let others = rows.filter { !dialogue.films.contains($0) }
            #expect(others.max { scores[$0] < scores[$1] } == artifacts.catalog.row(of: gold))
        }
        #expect(try await trained(artifacts).0.file() == model.file())
        #expect(try await trained(artifacts, seed: 2).0.file() != model.file())
    }

    @Test("A model comes back from its file as it was; spoilt files are refused with a sentence")
    func file() async throws {
        let artifacts = try await TinyCatalog.artifacts(), folder = try TemporaryFolder()
        let (model, dialogues) = try await trained(artifacts)
        let url = folder.url.appending(path: "fusion.json"), data = try model.file()
        try data.write(to: url)
        let read = try FusionModel(contentsOf: url)
        #expect(try read.file() == data)
        let editorial = Editorial(of: artifacts.catalog), rows = Array(0..<artifacts.catalog.count)
        let scores = [model, read].map {
            Fusion($0, artifacts: artifacts, editorial: editorial).scores(dialogues[0], rows: rows)
        }
        #expect(scores[0] == scores[1])
        var fuzzer = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            var spoilt = data
            for _ in 0..<3 {
                spoilt[Int.random(in: 0..<spoilt.count, using: &fuzzer)] = UInt8.random(
                    in: 0...255,
                    using: &fuzzer
                )
            }
            spoilt =
                Bool.random(using: &fuzzer)
                ? spoilt.prefix(Int.random(in: 0..<data.count, using: &fuzzer)) : spoilt
            try spoilt.write(to: url)
            do {
                let read = try FusionModel(contentsOf: url)
                let scores = Fusion(read, artifacts: artifacts, editorial: editorial).scores(
                    dialogues[0],
                    rows: rows
                )
                #expect(scores.count == rows.count)
            } catch let error as FusionError {
                #expect(error.description.contains("matinee train fusion"))
            }
        }
    }

    @Test("Counts without a dialogue are those that were before it was counted")
    func counts() throws {
        var generator = SeededGenerator(seed: 3)
        func drawn() -> MentionCounts.Counted {
            let named = Set((0..<5).map { _ in Int.random(in: 0..<9, using: &generator) })
            return .init(
                named: named,
                recommended: named.filter { $0 % 2 == 0 },
                asked: named.filter { $0 % 3 == 0 }
            )
        }
        var counts = MentionCounts(movies: 9)
        for _ in 0..<100 {
            let before = counts, dialogue = drawn()
            counts.add(dialogue)
            var without = counts
            without.add(dialogue, times: -1)
            #expect(without.named == before.named && without.together == before.together)
            #expect(without.recommendedWith == before.recommendedWith && without.asked == before.asked)
            for row in 0..<9 {
                for (other, count) in counts.together[row] {
                    #expect(counts.together[Int(other)][Int32(row)] == count && count > 0)
                }
            }
        }
        #expect(counts.dialogues == 100)
    }

    @Test("Counts of one catalogue are found again in another by IMDb id, or by title and year")
    func mentions() async throws {
        let catalog = try TinyCatalog.catalog()
        var counts = MentionCounts(movies: catalog.count)
        counts.add(.init(named: [0, 1, 4], recommended: [1], asked: [0]))
        let same = MentionFile(counts, catalog.movies).counts(for: catalog)
        #expect(same.named == counts.named && same.together == counts.together && same.dialogues == 1)
        #expect(same.recommendedWith == counts.recommendedWith)
    }

    @Test(
        "Words that everybody says and genres tell nothing of a wish; special words do, and unknown ones leave it open"
    )
    func informativeness() async throws {
        let artifacts = try await TinyCatalog.artifacts()
        let fusion = try Fusion(
            .standard(),
            artifacts: artifacts,
            editorial: Editorial(of: artifacts.catalog)
        )
        for wish in [nil, "comedy", "I am looking for a crime film", "something good to watch tonight"] {
            #expect(fusion.informativeness(of: wish) == 0, "\(wish ?? "nothing")")
        }
        #expect(fusion.informativeness(of: "heist") == 0.5)
        #expect(fusion.informativeness(of: "a whimsical comedy") == fusion.informativeness(of: "whimsical"))
        #expect(fusion.informativeness(of: "zaubern") == 0.5)
        #expect(fusion.tellingWords(of: "a slow atmospheric comedy for tonight") == ["slow", "atmospheric"])
    }

    @Test("The shipped fusion fits this version, and a recommender with it keeps every promise of a turn")
    func shipped() async throws {
        let model = try FusionModel.standard()
        #expect(model.embedder == "all-MiniLM-L6-v2" && model.source.contains("ReDial"))
        let recommender = try await TinyCatalog.recommender(store: InMemoryStore(), fusion: model)
        let first = try await recommender.turn("loved Heat and Collateral, seen Thief, hated It", user: "ana")
        let told = Set(["heat", "collateral", "thief", "it"])
        #expect(told.isDisjoint(with: first.candidates.map(\.id)) && first.picks.count == 5)
        #expect(first.picks.map(\.score) == first.picks.map(\.score).sorted(by: >))
        #expect(first.candidates.allSatisfy { (0...1).contains($0.scores.final) })
        let comedy = try await recommender.turn("a comedy from the 80s", user: "bob")
        #expect(
            comedy.candidates.filter { $0.note == nil }.allSatisfy { (1980...1989).contains($0.year ?? 0) }
        )
        let named = try await recommender.turn("show me Heat", user: "cy")
        #expect(named.picks.first?.id == "heat")
    }
}
