import Foundation
import MatineeTesting
import Testing

@Suite("train fusion and eval conversations")
struct ConversationCommandTests {
    /// Ninety dialogues in which Heat leads to Thief and Airplane! to Spaceballs.
    private func conversations() -> String {
        (0..<90).map { number in
            let (title, id, gold) =
                number % 2 == 0
                ? ("Heat (1995)", "heat", "thief") : ("Airplane! (1980)", "airplane", "spaceballs")
            return
                #"{"dialog_id":"\#(number)","turn":1,"context":[{"role":"user","text":"I loved \#(title)"}],"gold":["\#(gold)"],"mentioned":["\#(id)"]}"#
        }.joined(separator: "\n")
    }

    @Test("A fusion is trained and measured, with predictions; a trained file is used from then on")
    func whole() throws {
        let folder = try TemporaryFolder(), program = try Program()
        func path(_ name: String) -> String { folder.url.appending(path: name).path }
        try Data(TinyCatalog.rows.utf8).write(to: URL(filePath: path("c.jsonl")))
        try Data(conversations().utf8).write(to: URL(filePath: path("d.jsonl")))
        let films = ["--catalog", path("c.jsonl"), "--artifacts", path("a")]
        let measured = ["--conversations", path("d.jsonl"), "--variant", "fusion", "--json"]
        let report = try program.json(
            ["eval", "conversations"] + films + measured
                + ["--cross-validate", "3", "--variant", "turn", "--predictions", path("p.jsonl")]
        )
        let variants = try #require(report["variants"] as? [[String: Any]])
        #expect(variants.map { $0["name"] as? String } == ["fusion", "turn"])
        #expect(report["golds"] as? Int == 90)
        let recall = try #require(variants[0]["recall"] as? [String: Double])
        #expect(recall["5"] ?? 0 > 0.9 && Set(recall.keys) == ["1", "5", "10", "20", "50"])
        let lines = try String(contentsOfFile: path("p.jsonl"), encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 180 && lines.allSatisfy { $0.contains(#""ids":["#) })
        let trained = try program.run(
            ["train", "fusion"] + films + ["--conversations", path("d.jsonl")]
        )
        #expect(trained.code == 0 && trained.output.contains("fusion.json"))
        let used = try program.json(["eval", "conversations"] + films + measured)
        let again = try #require(
            (used["variants"] as? [[String: Any]])?.first?["recall"] as? [String: Double]
        )
        #expect(again["1"] ?? 0 > 0.9)
    }

    @Test("Unknown variants, lists of no length and empty files are refused with a sentence")
    func refused() throws {
        let folder = try TemporaryFolder(), program = try Program()
        let file = folder.url.appending(path: "d.jsonl"),
            eval = ["eval", "conversations", "--conversations", file.path]
        #expect(try program.run(eval + ["--variant", "magic"]).code == 64)
        #expect(try program.run(eval + ["--k", "0"]).code == 64)
        try Data().write(to: file)
        let empty = try program.run(eval)
        #expect(empty.code == 1 && empty.errors.contains("holds no conversations"))
    }
}
