import Foundation
import MatineeTesting
import Testing

@Suite("eval run and eval simulate")
struct EvalSuiteCommandTests {
    private let program: Program

    init() throws { program = try Program.tiny() }

    private func write(_ text: String, _ name: String) throws -> String {
        let file = program.folder.url.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test("A suite is played to each variant, and that there is no language model is said")
    func run() throws {
        let suite = try write(
            #"{"conversations":[{"name":"a","kind":"b","messages":[{"say":"a comedy","expect":{"genres":"Comedy","year":[1900,1910]}},{"say":"more","expect":{"not_repeated":true}}]}]}"#,
            "suite.json"
        )
        let logs = program.folder.url.appending(path: "logs"),
            page = program.folder.url.appending(path: "r.html")
        let report = try program.json([
            "eval", "run", suite, "--limit", "2", "--json", "--logs", logs.path, "--report", page.path,
        ])
        let variants = try #require(report["variants"] as? [[String: Any]])
        #expect(variants.map { $0["name"] as? String } == ["embedding", "numeric"])
        for variant in variants {
            #expect(variant["passed"] as? Int == 2 && (variant["failures"] as? [Any])?.count == 1)
            #expect((variant["pass_rate_ci95"] as? [Double])?.count == 2)
        }
        #expect((report["skipped"] as? [[String: Any]])?.first?["name"] as? String == "listwise")
        let log = logs.appending(path: "numeric.jsonl").path
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(
            lines.count == 2 && lines[0].contains("\"message\":\"a comedy\"")
                && lines[0].contains("\"u_t\":[")
        )
        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(
            html.contains("Does it do what people expect?") && html.contains("<svg")
                && html.contains("1900 to 1910")
        )
        #expect(try program.run(["eval", "alignment", "--log", log]).code == 0)
        #expect(
            try program.run(["eval", "run", suite, "--logs", logs.path]).errors.contains("not there yet")
        )
    }

    @Test("A bad suite ends with 1 and the place, an unknown variant with 64, listwise alone needs a model")
    func refused() throws {
        let suite = try write(
            #"{"conversations":[{"name":"a","kind":"b","messages":[{"say":"x","expect":{"yeer":1}}]}]}"#,
            "s.json"
        )
        let bad = try program.run(["eval", "run", suite])
        #expect(
            bad.code == 1
                && bad.errors.contains("conversation 1 “a”, message 1, expect: no property is called “yeer”")
        )
        #expect(try program.run(["eval", "run", suite, "--variants", "best"]).code == 64)
        let listwise = try program.run(["eval", "run", suite, "--variants", "listwise"])
        #expect(listwise.code == 64 && listwise.errors.contains("needs a language model"))
        #expect(try program.run(["eval", "simulate", "--users", "0"]).code == 64)
    }

    @Test(
        "Simulated people talk to each variant; a film rated in a MovieLens folder is found by title and year"
    )
    func simulate() throws {
        let folder = program.folder.url.appending(path: "ml")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let films = [
            "Heat (1995)", "Collateral (2004)", "Thief (1981)", "Airplane! (1980)", "Spaceballs (1987)",
            "Ghostbusters (1984)", "Solaris (1972)", "Amélie (2001)", "Delicatessen (1991)", "Ikiru (1952)",
        ]
        let movies = films.enumerated().map { "\($0 + 1),\($1),Drama" }.joined(separator: "\n")
        let ratings = films.indices.map { "1,\($0 + 1),5.0,\(1_000 + $0)" }.joined(separator: "\n")
        try Data("movieId,title,genres\n\(movies)\n".utf8).write(to: folder.appending(path: "movies.csv"))
        try Data("userId,movieId,rating,timestamp\n\(ratings)\n".utf8).write(
            to: folder.appending(path: "ratings.csv")
        )
        let page = program.folder.url.appending(path: "simulated.html").path
        let report = try program.json([
            "eval", "simulate", "--ratings", folder.path, "--turns", "3", "--json", "--report", page,
        ])
        #expect(report["users"] as? Int == 1 && report["turns"] as? Int == 3)
        let variants = try #require(report["variants"] as? [[String: Any]])
        #expect(variants.map { $0["name"] as? String } == ["popularity", "embedding", "numeric"])
        #expect(variants.allSatisfy { ($0["success"] as? [Double])?.count == 3 })
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("Do simulated people find"))
    }
}
