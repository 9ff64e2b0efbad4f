import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Measuring title linking")
struct LinkingTests {
    private func dialogues(_ lines: String) throws -> [LinkingDialogue] {
        let folder = try TemporaryFolder(), file = folder.url.appending(path: "conversations.jsonl")
        try Data(lines.utf8).write(to: file)
        return try LinkingDialogue.read(file)
    }

    private static let turns = """
        {"dialog_id":"1","turn":1,"context":[{"role":"user","text":"I loved Heat (1995)"}]}
        {"dialog_id":"1","turn":2,"context":[{"role":"user","text":"I loved Heat (1995)"},{"role":"assistant","text":"Try solaris (1972) or Zardoz (1974)"}],"gold":["x"]}
        {"dialog_id":"2","turn":0,"context":[{"role":"user","text":"seen Airplane! (1980), loved The Unknown Reel"}]}

        """

    @Test("A text counts once for a dialogue, however many turns repeat it")
    func texts() throws {
        let read = try dialogues(Self.turns)
        #expect(read.map(\.id) == ["1", "2"] && read.map(\.texts.count) == [2, 1])
    }

    @Test("Titles with a year that the catalogue has are gold, in every condition")
    func gold() throws {
        let (report, _) = try LinkingEvaluation(TinyCatalog.catalog(), seed: 1).run(dialogues(Self.turns))
        #expect(report.conditions.map(\.name) == ["as written", "without year", "lower case", "one typo"])
        #expect(report.conditions.allSatisfy { $0.gold == 3 && $0.right <= $0.linked })
        let written = report.conditions[0]
        #expect(written.right == 3 && written.linked == 3 && written.precision == 1 && written.recall == 1)
        #expect(written.precision_ci95 == [1, 1] && written.unjudged == 1)
        #expect(report.texts == 3 && report.dialogues == 2)
    }

    @Test("The same seed gives the same figures and failures")
    func seeded() throws {
        let evaluation = try LinkingEvaluation(TinyCatalog.catalog(), seed: 7),
            read = try dialogues(Self.turns)
        let (first, failures) = evaluation.run(read), (second, again) = evaluation.run(read)
        #expect(first.conditions.map(\.right) == second.conditions.map(\.right))
        #expect(failures.map(\.text) == again.map(\.text))
    }

    @Test("A title that is missed is a failure that says where")
    func failures() throws {
        let read = try dialogues(#"{"dialog_id":"1","context":[{"text":"It (2017)"}]}"#)
        let (report, failures) = try LinkingEvaluation(TinyCatalog.catalog(), seed: 1).run(read)
        let small = try #require(failures.first { $0.condition == "lower case" })
        #expect(small.kind == "missed" && small.film == "It (2017)" && small.words == "it")
        #expect(report.conditions[2].recall == 0)
    }

    @Test("A file that holds no conversations is refused with its line")
    func refused() throws {
        #expect(throws: LinkingError.self) { try dialogues("") }
        let error = #expect(throws: LinkingError.self) { try dialogues(Self.turns + "{}\n") }
        #expect(error?.description.contains("Line 4 of") ?? false)
        #expect(throws: LinkingError.self) { try LinkingDialogue.read(URL(filePath: "/nowhere/at/all")) }
    }
}
