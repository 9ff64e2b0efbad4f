import Foundation
import MatineeTesting
import Testing

@Suite("eval linking")
struct LinkingCommandTests {
    @Test("The figures of each condition come as JSON, the failures as a file")
    func figures() throws {
        let folder = try TemporaryFolder(), program = try Program()
        func path(_ name: String) -> String { folder.url.appending(path: name).path }
        try Data(TinyCatalog.rows.utf8).write(to: URL(filePath: path("c.jsonl")))
        let turn = #"{"dialog_id":"1","context":[{"role":"user","text":"like Heat (1995) or It (2017)"}]}"#
        try Data(turn.utf8).write(to: URL(filePath: path("d.jsonl")))
        let arguments = ["eval", "linking", "--catalog", path("c.jsonl"), "--conversations", path("d.jsonl")]
        let report = try program.json(arguments + ["--failures", path("f.jsonl"), "--json"])
        let conditions = try #require(report["conditions"] as? [[String: Any]])
        #expect(conditions.count == 4)
        for condition in conditions {
            #expect(condition["gold"] as? Int == 2 && condition["name"] is String)
            for key in ["precision", "recall", "linked"] { #expect(condition[key] is NSNumber, "\(key)") }
        }
        #expect(FileManager.default.fileExists(atPath: path("f.jsonl")))
        let refused = try program.run([
            "eval", "linking", "--catalog", path("c.jsonl"), "--conversations", path("x"),
        ])
        #expect(refused.code == 1 && refused.errors.contains("cannot be read"))
    }
}
