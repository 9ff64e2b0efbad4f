import Foundation
import MatineeTesting
import Testing

@Suite("Bringing a history in")
struct HistoryCommandTests {
    private func write(_ files: [String: String], _ program: Program) throws -> String {
        let folder = program.folder.url.appending(path: "export")
        for (name, text) in files {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return folder.path
    }

    private static let export = [
        "ratings.csv": """
        Date,Name,Year,Letterboxd URI,Rating
        2021-01-01,Heat,1995,a,4.5
        2021-01-01,Amelie,2001,b,1
        2021-01-02,Ghost Busters,1984,c,3
        2021-01-02,Nowhere To Be Found,1984,d,3

        """,
        "watchlist.csv":
            "Date,Name,Year,Letterboxd URI\n2021-01-01,Spaceballs,1987,e\n2021-01-01,Thief,1981,f\n",
    ]

    @Test("Ratings become taste, seen films stay away, the watchlist can be asked for, and all can be undone")
    func letterboxd() throws {
        let program = try Program.tiny(), path = try write(Self.export, program)
        let arguments = ["users", "import", "letterboxd", path, "--user", "ana", "--json"]
        let report = try program.json(arguments)
        #expect(
            report["rows"] as? Int == 6 && report["linked"] as? Int == 5
                && report["in_catalogue"] as? Int == 5
        )
        #expect(
            report["unknown"] as? [String] == ["Nowhere To Be Found (1984)"] && report["changed"] as? Int == 5
        )
        #expect(try program.json(arguments)["changed"] as? Int == 0)
        let export = try program.json(["users", "export", "ana"])
        #expect(
            export["feedback"] as? [String: [String]] == [
                "liked": ["heat"], "disliked": ["amelie"], "seen": ["ghostbusters"],
            ]
        )
        #expect(
            (export["history"] as? [[String: Any]])?.count == 5
                && (export["tastes"] as? [String: Any])?.count == 1
        )
        let listed = try program.json(["recommend", "a film from my watchlist", "--user", "ana", "--json"])
        let picks = listed["picks"] as? [[String: Any]] ?? []
        #expect(Set(picks.compactMap { $0["id"] as? String }) == ["spaceballs", "thief"])
        let others = try program.json(["recommend", "a comedy", "--user", "ana", "--json", "--limit", "14"])
        let shown = (others["picks"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        #expect(Set(shown).isDisjoint(with: ["heat", "amelie", "ghostbusters"]))
        #expect(
            try program.run(["users", "import", "--undo", "--user", "ana"]).output.contains("Taken back")
        )
        #expect(try (program.json(["users", "export", "ana"])["history"] as? [Any])?.isEmpty == true)
        #expect(try program.run(["users", "import", "--undo", "--user", "ana"]).output.contains("no import"))
    }

    @Test("A list with too many rows that cannot be is refused, and nothing of it is taken in")
    func refused() throws {
        let program = try Program.tiny()
        let path = try write(
            [
                "ratings.csv":
                    "Date,Name,Year,Letterboxd URI,Rating\n2021-01-01,Heat,1995,a,5\n2021-01-01,It,2017,a,50\n"
            ],
            program
        )
        let outcome = try program.run(["users", "import", "letterboxd", path, "--user", "ana"])
        #expect(outcome.code == 1 && outcome.errors.contains("out of range"))
        #expect(try program.run(["users", "list"]).output.isEmpty)
    }

    @Test("A feed is fetched and taken in; from this machine only where a test says so")
    func feed() async throws {
        let program = try Program.tiny()
        let feed = """
            <rss xmlns:letterboxd="x"><channel><item><guid>letterboxd-watch-1</guid><letterboxd:filmTitle>Heat</letterboxd:filmTitle>
            <letterboxd:filmYear>1995</letterboxd:filmYear><letterboxd:memberRating>4.0</letterboxd:memberRating></item></channel></rss>
            """
        let server = try await TestServer(["/ana/rss/": .bytes(Array(feed.utf8))])
        let arguments = ["users", "import", "rss", server.address + "/ana/rss/", "--user", "ana"]
        let refused = try program.run(arguments)
        #expect(refused.code == 1 && refused.errors.contains("private network"))
        let outcome = try program.run(arguments, environment: ["MATINEE_TEST_PRIVATE_FEEDS": "1"])
        #expect(outcome.code == 0 && outcome.output.contains("1 film"), "\(outcome.errors)")
    }
}
