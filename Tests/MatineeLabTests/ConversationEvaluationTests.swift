import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("eval conversations")
struct ConversationEvaluationTests {
    private func turn(_ gold: [String], _ mentioned: [String], _ dialogue: String = "1")
        -> ConversationFile.Turn
    {
        .init(dialogue: dialogue, turn: 1, context: .init(messages: []), gold: gold, mentioned: mentioned)
    }

    private func report(_ turns: [ConversationFile.Turn], _ scores: [Float]) async throws
        -> ConversationReport
    {
        let artifacts = try await TinyCatalog.artifacts()
        return try await ConversationEvaluation(artifacts).report(
            turns,
            turns.map { _ in Dialogue() },
            systems: [.init(name: "fixed") { _, _ in scores }]
        )
    }

    @Test("A gold counts where it stands; films as good stand before it, films named before are removed")
    func places() async throws {
        let falling = (0..<14).map { -Float($0) }, ids = try TinyCatalog.catalog().movies.map(\.id)
        let third = try await report([turn([ids[2]], [])], falling).variants[0]
        #expect(third.recall["1"] == 0 && third.recall["5"] == 1 && abs(third.mrr - 1.0 / 3) < 1e-9)
        #expect(abs(third.ndcg10 - 0.5) < 1e-9)
        let removed = try await report([turn([ids[2]], [ids[0], ids[1]])], falling).variants[0]
        #expect(removed.recall["1"] == 1)
        let tied = try await report([turn([ids[2]], [])], Array(repeating: 1, count: 14)).variants[0]
        #expect(abs(tied.mrr - 1.0 / 14) < 1e-9)
        let left = try await report([turn([ids[2]], [])], Array(repeating: .nan, count: 14)).variants[0]
        #expect(left.mrr == 0 && left.recall["50"] == 0)
    }

    @Test("Recall is a share of golds, and its interval holds it")
    func intervals() async throws {
        let falling = (0..<14).map { -Float($0) }, ids = try TinyCatalog.catalog().movies.map(\.id)
        let turns = (0..<40).map { turn([ids[$0 % 14]], [], "\($0)") }
        let variant = try await report(turns, falling).variants[0]
        let recall = try #require(variant.recall["5"]), interval = try #require(variant.recall_ci95["5"])
        #expect(abs(recall - Double((0..<40).count { $0 % 14 < 5 }) / 40) < 1e-9)
        #expect(interval[0] < recall && recall < interval[1])
    }

    @Test("What should be found cannot reach the systems: without it they answer the same")
    func blind() async throws {
        let artifacts = try await TinyCatalog.artifacts()
        let folder = try TemporaryFolder(), url = folder.url.appending(path: "c.jsonl")
        let context = #""context":[{"role":"user","text":"I loved Heat (1995)"}]"#
        func dialogues(_ rest: String) async throws -> [[Float]] {
            try Data(#"{"dialog_id":"1","turn":1,\#(context)\#(rest)}"#.utf8).write(to: url)
            let file = try ConversationFile(contentsOf: url)
            let dialogues = try await DialogueReader(catalog: artifacts.catalog)
                .dialogues(of: file.turns.map(\.context), by: HashEmbedder())
            let fusion = try Fusion(
                FusionModel.standard(),
                artifacts: artifacts,
                editorial: Editorial(of: artifacts.catalog)
            )
            let systems = ConversationSystems(artifacts: artifacts, fusions: [fusion], parts: [0])
            return try await [
                systems.text, systems.neighbors, systems.popularity, systems.fusion("f", without: nil),
            ]
            .asyncMap { try await $0.scores(0, dialogues[0]) }
        }
        let told = try await dialogues(#","gold":["thief"],"mentioned":["heat"]"#)
        #expect(try await dialogues("") == told)
        #expect(try await dialogues(#","gold":["amelie"],"mentioned":[]"#) == told)
    }

    @Test("Lines that are no turns are named")
    func malformed() throws {
        let folder = try TemporaryFolder(), url = folder.url.appending(path: "c.jsonl")
        for text in ["{}", "[1]", #"{"dialog_id":"1","turn":"x","context":[]}"#] {
            try Data("\(#"{"dialog_id":"1","turn":1,"context":[]}"#)\n\(text)".utf8).write(to: url)
            let error = #expect(throws: EvaluationError.self) { try ConversationFile(contentsOf: url) }
            #expect(error?.description.contains("Line 2") == true)
        }
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ work: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await work(element)) }
        return results
    }
}
