import Foundation
import Matinee
import MatineeTesting
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Catalogue imports")
struct ImportTests {
    private let program: Program
    private var folder: URL { program.data.appending(path: "catalogs/ml-test") }
    private var source: URL { program.folder.url.appending(path: "ML test") }

    init() throws {
        program = try Program.tiny()
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    }

    /// Writes a source of MovieLens' form, each of whose users has rated all films.
    private func write(users: Int) throws {
        let films = ["Matrix, The (1999)", "Heat (1995)", "Alien (1979)", "Ran (1985)", "Amélie (2001)"]
        let rows = zip(films, 1...).map { "\($1),\"\($0)\",Drama|Crime\n" }
        try Data(("movieId,title,genres\n" + rows.joined()).utf8).write(
            to: source.appending(path: "movies.csv")
        )
        var ratings = "userId,movieId,rating,timestamp\n"
        for user in 0..<users { for film in 1...5 { ratings += "\(user),\(film),4.5,\(1_000_000 + user)\n" } }
        try Data(ratings.utf8).write(to: source.appending(path: "ratings.csv"))
    }

    @Test("An import ends with its report, and the catalogue can be used at once")
    func endToEnd() throws {
        try write(users: 3)
        let more = program.folder.url.appending(path: "more.csv")
        try Data("name,released,plot\nThe Matrix,1999-03-31,A hacker wakes up in a tense heist.\n".utf8)
            .write(to: more)
        let outcome = try program.run(["catalog", "import", source.path, "--metadata", more.path])
        #expect(outcome.code == 0, "\(outcome.errors)")
        for part in [
            "5 films, 15 ratings by 3 users", "more.csv, joined: 0 by id, 1 by title and year",
            "1 from more.csv",
            "matinee chat --catalog \(folder.path)/catalog.jsonl",
        ] { #expect(outcome.output.contains(part), "\(part): \(outcome.output)") }
        #expect(outcome.errors.contains("Warning: most films have no overview"))
        let catalog = folder.appending(path: "catalog.jsonl").path
        let shown = try program.json(["catalog", "show", "the matrix", "--catalog", catalog, "--json"])
        #expect(shown["id"] as? String == "ml-1" && shown["overview"] is String)
        let artifacts = program.folder.url.appending(path: "others").path
        let asked = ["recommend", "a heist", "--catalog", catalog, "--artifacts", artifacts]
        #expect(try program.run(asked).output.contains("The Matrix"))
    }

    @Test("Vectors of users are made of the ratings' own catalogue, and of no other")
    func users() throws {
        try write(users: 3)
        let place = program.folder.url.appending(path: "place")
        #expect(try program.run(["catalog", "import", source.path, "--to", place.path]).code == 0)
        let ratings = place.appending(path: "ratings.npy").path,
            catalog = place.appending(path: "catalog.jsonl")
        let made = program.folder.url.appending(path: "made").path
        func build(_ catalog: URL) throws -> Program.Outcome {
            try program.run(["build", "--catalog", catalog.path, "--artifacts", made, "--ratings", ratings])
        }
        let outcome = try build(catalog)
        // Everyone rates everything alike, so that nobody likes one film more than another.
        #expect(outcome.code == 0 && outcome.output.contains("and 0 users"), "\(outcome)")
        let other = program.folder.url.appending(path: "other.jsonl")
        try (Data(#"{"id":"x","title":"X"}\#n"#.utf8) + Data(contentsOf: catalog)).write(to: other)
        let refused = try build(other)
        #expect(refused.code == 1 && refused.errors.contains("name that with --catalog"), "\(refused)")
    }

    @Test("The report is JSON where asked, and --to names the folder")
    func json() throws {
        try write(users: 2)
        let place = program.folder.url.appending(path: "place")
        let report = try program.json(["catalog", "import", source.path, "--to", place.path, "--json"])
        #expect(
            report["movies"] as? Int == 5 && report["ratings"] as? Int == 10 && report["users"] as? Int == 2
        )
        #expect(report["folder"] as? String == place.path)
        #expect(try RatingsFile(contentsOf: place.appending(path: "ratings.npy"), movies: 5).users == 2)
    }

    @Test("Wrong calls and sources that cannot be used end in a sentence and change nothing")
    func failures() throws {
        try write(users: 2)
        try Data("userId,movieId,rating,timestamp\n1,1,x,5\n".utf8).write(
            to: source.appending(path: "ratings.csv")
        )
        let empty = program.folder.url.appending(path: "empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        let calls: [(arguments: [String], code: Int32, part: String)] = [
            ([source.path], 1, "--max-bad"), ([source.path + "/none"], 1, "no such file"),
            (["/dev/null"], 1, "no regular file"),
            ([empty.path], 1, "no list of films"),
            ([source.path, "--max-bad", "2"], 64, "0 to 1"),
            ([source.path, "--map", "x"], 64, "field=column"),
            ([source.path, "--metadata", "/nowhere", "--max-bad", "1"], 1, "/nowhere"),
            ([source.path, "--to", program.folder.url.path, "--max-bad", "1"], 1, "not made by an import"),
        ]
        for call in calls {
            let outcome = try program.run(["catalog", "import"] + call.arguments)
            #expect(outcome.code == call.code && outcome.output.isEmpty, "\(call): \(outcome)")
            #expect(
                outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(call.part),
                "\(outcome.errors)"
            )
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        #expect(try program.run(["catalog", "import", source.path, "--max-bad", "1"]).code == 0)
    }

    @Test("An import that is killed leaves the old catalogue or the new one, whole")
    func killed() async throws {
        var random = SeededGenerator(seed: 1), known: [Int] = []
        for round in 0..<12 {
            let users = 20_000 + round
            try write(users: users)
            let process = try program.process(["catalog", "import", source.path])
            (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
            try process.run()
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...150, using: &random)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            known.append(users)
            guard FileManager.default.fileExists(atPath: folder.path) else { continue }
            let ratings = try RatingsFile(contentsOf: folder.appending(path: "ratings.npy"), movies: 5)
            #expect(known.contains(ratings.users) && ratings.count == 5 * ratings.users)
            known = [ratings.users]
        }
        try write(users: 4)
        #expect(try program.run(["catalog", "import", source.path]).code == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: program.data.path + "/catalogs") == [
                "ml-test"
            ]
        )
        #expect(try RatingsFile(contentsOf: folder.appending(path: "ratings.npy"), movies: 5).users == 4)
    }
}
