import Foundation
import MatineeTesting
import Testing

@Suite("Evaluation of logs")
struct EvalCommandTests {
    private let program: Program
    private let log: String

    init() throws {
        program = try Program.tiny()
        log = program.folder.url.appending(path: "log.jsonl").path
        for user in ["ana", "<b>ben</b>"] {
            for wish in ["a heist at night", "a comedy from the 80s", "more"] {
                _ = try program.run(["recommend", wish, "--user", user])
            }
        }
        try Data(program.run(["log", "export"]).output.utf8).write(to: URL(filePath: log))
    }

    private func file(_ name: String) -> String { program.folder.url.appending(path: name).path }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: file(name), encoding: .utf8)
    }

    @Test("Alignment is printed as tables or JSON, of a file or of standard input, and written as a report")
    func alignment() throws {
        let printed = try program.run(["eval", "alignment", "--log", log, "--report", file("a.html")])
        #expect(printed.code == 0 && printed.errors.isEmpty, "\(printed.errors)")
        for part in ["cosine of taste and picks", "shown − embedding", "between users", "Gini"] {
            #expect(printed.output.contains(part))
        }
        let page = try text("a.html")
        #expect(
            page.contains("Do the films fit the taste?") && page.contains("data:image/svg+xml")
                && !page.contains("<b>")
        )
        let piped = try program.run(
            ["eval", "alignment", "--log", "-", "--json"],
            input: Data(contentsOf: URL(filePath: log))
        )
        let json = try #require(JSONSerialization.jsonObject(with: Data(piped.output.utf8)) as? [String: Any])
        let logs = try #require(json["logs"] as? [[String: Any]])
        #expect(logs.count == 1 && (logs[0]["turns"] as? [Any])?.count == 6 && logs[0]["users"] as? Int == 2)
    }

    @Test("Several logs are measured beside each other, and parts make one page")
    func together() throws {
        let two = ["eval", "alignment", "--log", log, "--log", log, "--report", file("part.json")]
        #expect(try program.run(two).code == 0)
        let samples = ["eval", "samples", "--log", log, "--html", file("s.html"), "--report", file("s.json")]
        #expect(try program.run(samples).code == 0)
        let made = try program.run([
            "eval", "report", file("part.json"), file("s.json"), "--output", file("r.html"),
        ])
        #expect(made.code == 0, "\(made.errors)")
        let page = try text("r.html")
        #expect(page.contains("By log") && page.contains("href=\"./s.html\"") && page.contains("SHA-256"))
        let wrong = try program.run(["eval", "report", log, "--output", file("x.html")])
        #expect(wrong.code == 1 && wrong.errors.contains("no part of a report"))
    }

    @Test("Samples are printed, and the worst come first")
    func samples() throws {
        let printed = try program.run(["eval", "samples", "--log", log, "--worst", "taste", "--count", "1"])
        #expect(
            printed.code == 0 && printed.output.contains("## ")
                && printed.output.contains("cosine of taste and picks")
        )
        #expect(printed.output.contains("holds no words") && !printed.output.contains("<b>"))
        let unknown = try program.run(["eval", "samples", "--log", log, "--worst", "beauty"])
        #expect(unknown.code == 64 && unknown.errors.contains("alignment"))
    }

    @Test("What cannot be read is refused with the line and what to do")
    func refusals() throws {
        let bad = file("bad.jsonl")
        try Data((try text("log.jsonl") + "{\"user\":\"x\"}\n").utf8).write(to: URL(filePath: bad))
        for command in ["alignment", "samples"] {
            let outcome = try program.run(["eval", command, "--log", bad])
            #expect(
                outcome.code == 1 && outcome.errors.contains("Line 7")
                    && outcome.errors.contains("picks is missing")
            )
            let missing = try program.run(["eval", command, "--log", "/nowhere"])
            #expect(missing.code == 1 && missing.errors.contains("Name a file that exists"))
        }
        let place = try program.run(["eval", "alignment", "--log", log, "--report", "/nowhere/a.html"])
        #expect(place.code == 1 && place.errors.contains("folder that exists"))
        #expect(try program.run(["eval", "alignment", "--log", log, "--report", "a.txt"]).code == 64)
        #expect(try program.run(["eval", "alignment"]).code == 64)
    }
}
