import Foundation
import MatineeTesting
import Testing

@Suite("eval judge")
struct EvalJudgeCommandTests {
    private let program: Program

    init() throws { program = try Program.tiny() }

    /// Writes a log of so many people with words, or without.
    private func log(_ people: Int, words: Bool = true) throws -> String {
        let lines = (0..<people).map { person in
            """
            {"user":"p\(person)","turn":1,"request":{"wish":\(words ? "\"wish \(person)\"" : "null")},"reply":"Two films.",\
            "picks":[{"id":"heat","title":"Heat","reason":"Heist \(person)."},{"id":"thief","title":"Thief","reason":"Neon."}]}
            """
        }
        let file = program.folder.url.appending(path: "log-\(people)-\(words).jsonl")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        return file.path
    }

    private func judge(_ log: String, _ server: ModelServer?, _ more: [String] = []) throws -> Program.Outcome
    {
        let place = server.map { ["--base-url", $0.address] } ?? []
        return try program.run(
            ["eval", "judge", "--log", log, "--model", "judge-1"] + place + more,
            within: 60
        )
    }

    @Test("A server's judgements are kept, asked for once, and a judge that always says 1 is not trusted")
    func judges() async throws {
        let server = try await ModelServer(), log = try log(6)
        let page = program.folder.url.appending(path: "judge.html").path
        let first = try judge(log, server, ["--repeats", "2", "--report", page])
        #expect(first.code == 0 && first.output.hasPrefix("This judge cannot be trusted"), "\(first)")
        #expect(first.errors.contains("6 conversations with their films and explanations go to"))
        let asked = server.chats.count
        // 6 conversations twice, 3 controls of each, and comparisons with one of these in both orders.
        #expect(asked == 6 * 2 + 6 * 3 + 6 * 2 && server.violations.isEmpty)
        let again = try judge(log, server, ["--repeats", "2", "--json"])
        let report = try #require(
            JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any]
        )
        #expect(server.chats.count == asked && report["known"] as? Int == asked)
        #expect((report["doubts"] as? [String])?.isEmpty == false && report["broken"] as? Int == 0)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("What does a judge say?") && html.contains("judgement/calls.jsonl"))
        try await server.stop()
    }

    @Test("Nothing is sent before a server is switched on, words are missing, or a price is unknown")
    func refused() async throws {
        let server = try await ModelServer(), log = try log(2)
        let off = try judge(log, nil)
        #expect(off.code == 64 && off.errors.contains("No server is switched on"))
        let silent = try judge(self.log(2, words: false), server)
        #expect(silent.code == 1 && silent.errors.contains("holds no words"))
        let price = try judge(log, server, ["--max-cost", "1"])
        #expect(price.code == 64 && price.errors.contains("--llm-price"))
        #expect(try program.run(["eval", "judge", "--model", "m"]).code == 64)
        #expect(server.requests.isEmpty)
        let capped = try judge(log, server, ["--max-cost", "0.000001", "--llm-price", "1/1"])
        #expect(capped.code == 1 && capped.errors.contains("higher --max-cost") && server.requests.isEmpty)
        try await server.stop()
    }
}
