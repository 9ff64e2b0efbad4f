import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("The way from ratings to a trained ranker")
struct TrainingTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/training.md")

    /// A small MovieLens: half of the people like what the others do not.
    private func writeRatings(_ folder: URL) throws {
        let films = (1...30).map {
            "\($0),Film \(["One", "Two", "Three"][$0 % 3]) \($0) (\(1970 + $0)),Drama"
        }
        var random = SeededGenerator(seed: 5), ratings: [String] = []
        for user in 1...40 {
            for (place, film) in (1...30).shuffled(using: &random).enumerated() {
                let rating =
                    (film % 2 == user % 2 ? 4.0 : 1.5) + Double(Int.random(in: 0...2, using: &random)) / 2
                ratings.append(
                    "\(user),\(film),\(rating),\(1_000_000_000 + user * 10_000_000 + place * 90_000)"
                )
            }
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data((["movieId,title,genres"] + films).joined(separator: "\n").utf8).write(
            to: folder.appending(path: "movies.csv")
        )
        try Data((["userId,movieId,rating,timestamp"] + ratings).joined(separator: "\n").utf8)
            .write(to: folder.appending(path: "ratings.csv"))
    }

    private func words(_ line: String) -> [String] {
        line.matches(of: /"([^"]*)"|(\S+)/).map { String($0.output.1 ?? $0.output.2 ?? "") }
    }

    @Test("Every command of the page on training works, in its order", .timeLimit(.minutes(3)))
    func page() async throws {
        let program = try Program.tiny(), server = try await JobServer()
        try writeRatings(program.folder.url.appending(path: "ml-latest-small"))
        let environment = [
            "MATINEE_CATALOG": program.folder.url.appending(path: "ml/catalog.jsonl").path,
            "MATINEE_ARTIFACTS": program.folder.url.appending(path: "ml-artifacts").path,
            "MATINEE_LLM": server.address,
        ]
        let blocks = try String(contentsOf: Self.page, encoding: .utf8).matches(of: /```sh\n([^`]*)```/)
        let commands = blocks.flatMap { $0.output.1.split(separator: "\n") }.map { words(String($0)) }
        #expect(commands.count >= 12)
        var outputs: [String] = []
        for command in commands {
            #expect(command.first == ".build/release/matinee")
            let outcome = try program.run(Array(command.dropFirst()), environment: environment)
            #expect(outcome.code == 0 && !outcome.output.isEmpty, "\(command): \(outcome.errors)")
            outputs.append(outcome.output)
        }
        #expect(server.jobs.count == 1 && server.jobs[0].suffix == "movie-pref-ranker")
        #expect(outputs.contains { $0.contains("succeeded") })
        let configuration = try Data(contentsOf: program.folder.url.appending(path: "matinee/config.json"))
        #expect(
            String(decoding: configuration, as: UTF8.self).contains(
                "ft:gpt-4o-mini-2024-07-18:org:movie-pref-ranker:1"
            )
        )
        let chats = server.requests.filter { $0.path == "/v1/chat/completions" }
        #expect(
            !chats.isEmpty
                && chats.allSatisfy { String(decoding: $0.body, as: UTF8.self).contains("ft:gpt-4o-mini") }
        )
        #expect(server.requests.allSatisfy { !String(decoding: $0.body, as: UTF8.self).contains("userId") })
    }

    @Test("Nothing is sent without a yes, and the costs and dates are said before")
    func consent() async throws {
        let program = try Program.tiny(), server = try await JobServer()
        try writeRatings(program.folder.url.appending(path: "source"))
        for arguments in [
            ["catalog", "import", "source", "--to", "ml"],
            ["dataset", "collect", "--ratings", "ml", "--to", "d.jsonl"],
            ["finetune", "prepare", "d.jsonl", "--to", "p"],
        ] { #expect(try program.run(arguments).code == 0, "\(arguments)") }
        let refused = try program.run(["finetune", "start", "p", "--llm", server.address])
        #expect(
            refused.code == 64 && refused.errors.contains("Nothing was sent") && refused.output.contains("$")
        )
        #expect(server.requests.isEmpty)
        let keyless = try program.run(
            ["finetune", "start", "p", "--yes"],
            environment: ["OPENAI_API_KEY": ""]
        )
        #expect(keyless.code == 64 && keyless.errors.contains("OPENAI_API_KEY"))
    }

    @Test("A dataset is collected of exports and feeds; what cannot be read is said, and the rest is there")
    func collected() async throws {
        let program = try Program.tiny()
        let feed =
            "<rss xmlns:letterboxd=\"x\"><channel><item><guid>letterboxd-review-1</guid><letterboxd:filmTitle>Heat</letterboxd:filmTitle><letterboxd:filmYear>1995</letterboxd:filmYear><letterboxd:memberRating>4.0</letterboxd:memberRating><letterboxd:watchedDate>2021-01-01</letterboxd:watchedDate><description>Fine.</description></item></channel></rss>"
        let server = try await TestServer(["/ana/rss/": .bytes(Array(feed.utf8))])
        try Data("Date,Name,Year,Letterboxd URI,Rating\n2021-01-01,Amélie,2001,a,4.5\n".utf8)
            .write(to: program.folder.url.appending(path: "ratings.csv"))
        try Data(
            "# people who agreed\nletterboxd ratings.csv\n\nrss \(server.address)/ana/rss/\nrss \(server.address)/gone\n"
                .utf8
        )
        .write(to: program.folder.url.appending(path: "people.txt"))
        let environment = ["MATINEE_TEST_PRIVATE_FEEDS": "1", "XDG_CACHE_HOME": program.folder.url.path]
        let outcome = try program.run(
            ["dataset", "collect", "--list", "people.txt", "--to", "dataset.jsonl"],
            environment: environment
        )
        #expect(outcome.code == 1 && outcome.errors.contains("Line 5 is left out"), "\(outcome.errors)")
        let lines = try String(
            contentsOf: program.folder.url.appending(path: "dataset.jsonl"),
            encoding: .utf8
        ).split(separator: "\n")
        #expect(
            lines.count == 2 && lines[0].contains("\"id\":\"amelie\"")
                && lines[1].contains("\"review\":\"Fine.\"")
        )
        #expect(!lines.joined().contains("ana") && !lines.joined().contains("127.0.0.1"))
    }
}
