import Foundation
import Matinee
import MatineeFormats
import MatineeTesting
import Testing

@Suite("MovieLens")
struct MovieLensTests {
    private let sources: Sources

    init() throws { sources = try Sources() }

    private static let expected = ["7 ml-47 0.5 964981247", "7 ml-1 4.0 964982703", "9 ml-47 5.0 964982224"]

    @Test("The form of latest-small, 20M, 25M and 32M")
    func latest() throws {
        try sources.write(Sources.latest)
        let report = try sources.run(), movies = try sources.movies()
        #expect(report.movies == 3 && report.ratings == 3 && report.users == 2 && report.files.count == 4)
        #expect(movies.map(\.title) == ["The City of Lost Children", "Babylon 5", "Seven"])
        #expect(movies.map(\.year) == [1995, nil, 1995] && movies[2].aliases == ["Se7en"])
        #expect(
            movies.map(\.genres) == [
                ["Adventure", "Family", "Science Fiction"], [], ["Mystery", "Film Noir"],
            ]
        )
        #expect(movies.map(\.imdbID) == ["tt0112682", "tt0105946", "tt0114369"])
        #expect(movies.map(\.tmdbID) == [902, nil, 807])
        #expect(movies[2].keywords == ["dark ending", "gloomy, rainy"])
        #expect(movies.map(\.popularity) == [0.6309, 0, 1])
        #expect(try sources.ratings() == Self.expected)
    }

    @Test("A ZIP file gives the same as its folder")
    func zip() throws {
        let files = Sources.latest.sorted { $0.key < $1.key }
        let entries = files.map { (name: "ml-x/" + $0.key, data: Array($0.value.utf8)) }
        let url = sources.folder.url.appending(path: "ml-x.zip")
        try ZIPMaker().file(entries + [("__MACOSX/ml-x/._movies.csv", [0])]).write(to: url)
        #expect(try sources.run(url).source == "ml-x")
        #expect(try sources.ratings() == Self.expected)
        #expect(try sources.movies()[2].keywords == ["dark ending", "gloomy, rainy"])
    }

    @Test("The form of 1M, in ISO 8859-1")
    func million() throws {
        try sources.write(
            [
                "movies.dat": """
                1::City of Lost Children, The (Cité des enfants perdus, La) (1995)::Adventure|Sci-Fi
                47::Star Wars:: Seven (1995)::Film-Noir

                """.replacing(":: Seven", with: ": Seven"),
                "ratings.dat": "7::1::4::964982703\n7::47::0.5::964981247\n9::47::5::964982224\n",
                "users.dat": "7::F::1::10::48067\n9::M::56::16::70072\n",
            ],
            as: .isoLatin1
        )
        _ = try sources.run()
        let movies = try sources.movies()
        #expect(movies.map(\.title) == ["The City of Lost Children", "Star Wars: Seven"])
        #expect(movies[0].aliases == ["La Cité des enfants perdus"] && movies[1].genres == ["Film Noir"])
        #expect(try sources.ratings() == Self.expected)
    }

    @Test("The form of 100k: flags for genres, ratings in no order and repeated in parts")
    func hundredThousand() throws {
        func item(_ id: Int, _ title: String, _ date: String, _ flags: [Int]) -> String {
            "\(id)|\(title)|\(date)||http://x|"
                + (0..<19).map { flags.contains($0) ? "1" : "0" }.joined(separator: "|")
        }
        let ratings = "7\t1\t4\t964982703\n9\t47\t5\t964982224\n7\t47\t0.5\t964981247\n"
        try sources.write(
            [
                "u.item": [
                    item(1, "Cité (1995)", "01-Jan-1995", [2, 4]), item(47, "Seven", "01-Jan-1996", [0, 10]),
                ].joined(separator: "\n"),
                "u.data": ratings, "u1.base": "7\t1\t4\t964982703\n", "u.user": "1|24|M|technician|85711\n",
                "u.genre": "unknown|0\nAction|1\n",
            ],
            as: .isoLatin1
        )
        _ = try sources.run()
        let movies = try sources.movies()
        #expect(movies.map(\.genres) == [["Adventure", "Family"], ["Film Noir"]] && movies[1].year == 1996)
        #expect(movies[0].title == "Cité" && movies[1].keywords == [])
        #expect(try sources.ratings() == Self.expected)
    }

    @Test("The form that recbole has 100k in")
    func recbole() throws {
        try sources.write([
            "ml-100k.item": """
            item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq
            1\tPostino, Il\t1994\tAnimation Children's
            47\tSeven\t1995\tFilm-Noir

            """,
            "ml-100k.inter": """
            user_id:token\titem_id:token\trating:float\ttimestamp:float
            7\t1\t4\t964982703.0
            9\t47\t5\t964982224
            7\t47\t0.5\t964981247

            """,
            "ml-100k.user": "user_id:token\tage:token\n7\t24\n",
            "ml-100k.link": "item_id:token\tentity_id:token\n1\tm.0\n",
        ])
        _ = try sources.run()
        #expect(try sources.movies().map(\.title) == ["Il Postino", "Seven"])
        #expect(try sources.movies().map(\.genres) == [["Animation", "Family"], ["Film Noir"]])
        #expect(try sources.ratings() == Self.expected)
    }

    @Test("The tag genome gives the most relevant tags, before those of people")
    func genome() throws {
        try sources.write(Sources.latest)
        try sources.write("genome-tags.csv", "tagId,tag\n1,serial killer\n2,cute\n3,dark ending\n")
        try sources.write(
            "genome-scores.csv",
            "movieId,tagId,relevance\n47,1,0.8\n47,2,0.1\n47,3,0.9\n1,2,0.70000000000000005\n"
        )
        _ = try sources.run()
        #expect(
            try sources.movies().map(\.keywords) == [
                ["cute"], [], ["dark ending", "serial killer", "gloomy, rainy"],
            ]
        )
    }

    @Test("Malformed rows are counted with the first line, and stop the import where there are too many")
    func malformed() throws {
        try sources.write(Sources.latest)
        let good = String(repeating: "9,47,5.0,964982224\n", count: 94)
        let bad = ["9,48,5.0,1", "9,47,x,1", "9,47,5.0,-1", "9,47", ",47,5,1", "9,47,nan,1"]
        try sources.write(
            "ratings.csv",
            "userId,movieId,rating,timestamp\r\n" + good + bad.joined(separator: "\n")
        )
        let report = try sources.run(maxBad: 0.06), file = try #require(report.files.last)
        #expect(
            report.ratings == 94 && file.rows == 100 && file.malformed == 6 && file.firstMalformedLine == 96
        )
        let before = try FileManager.default.contentsOfDirectory(
            atPath: sources.folder.url.path + "/catalogs"
        )
        let catalog = try Data(contentsOf: sources.result.appending(path: "catalog.jsonl"))
        try sources.write("movies.csv", "movieId,title,genres\n47,Seven,\n")
        try sources.write("links.csv", "movieId,imdbId,tmdbId\n")
        #expect { try sources.run(maxBad: 0.05) } throws: { error in
            ["6 of 100 rows of ratings.csv", "line 96", "not in the list", "--max-bad"].allSatisfy {
                "\(error)".contains($0)
            }
        }
        #expect(try Data(contentsOf: sources.result.appending(path: "catalog.jsonl")) == catalog)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: sources.folder.url.path + "/catalogs")
                == before
        )
    }

    @Test("Ratings in any order come out by user and time, however little fits into memory", arguments: 1...8)
    func anyOrder(seed: UInt64) throws {
        var fuzzer = Fuzzer(seed: seed), numbers: [Int: UInt32] = [:], given: [RatingsFile.Rating] = []
        let url = sources.folder.url.appending(path: "ratings.npy")
        let writer = try RatingsWriter(url, budget: fuzzer.one(of: [1, 7, 100, 10_000]))
        let users = (0..<fuzzer.one(of: [1, 500])).flatMap { _ in
            Array(repeating: fuzzer.number(upTo: 40), count: 1 + fuzzer.number(upTo: 9))
        }
        for user in seed < 3 ? users.sorted() : users {
            let number = numbers[user] ?? UInt32(numbers.count)
            numbers[user] = number
            let time = UInt32(fuzzer.number(upTo: 30)), movie = UInt32(fuzzer.number(upTo: 9))
            given.append(.init(user: number, movie: movie, rating: 3, time: time))
        }
        for rating in given { try writer.add(rating) }
        #expect(try writer.finish() == given.count)
        let expected = given.sorted { ($0.user, $0.time, $0.movie) < ($1.user, $1.time, $1.movie) }
        #expect(try Array(RatingsFile(contentsOf: url, movies: 10).ratings) == expected)
        #expect(!FileManager.default.fileExists(atPath: url.path + ".unordered"))
    }

    @Test("Spoilt files are imported or refused", .timeLimit(.minutes(Fuzzer.minutes)))
    func spoilt() async throws {
        let names = Sources.latest.keys.sorted()
        let failures = await Fuzzer.failures(oneIn: 10) { fuzzer in
            try sources.write(Sources.latest)
            let name = fuzzer.one(of: names), text = Sources.latest[name] ?? ""
            try Data(fuzzer.spoilt(text.utf8)).write(to: sources.source.appending(path: name))
            do {
                let report = try sources.run(maxBad: fuzzer.one(of: [0, 1]))
                let isWhole = try report.ratings == 0 || sources.ratings().count == report.ratings
                return try isWhole && sources.movies().count == report.movies ? nil : "\(report)"
            } catch is FormatError { return nil }
        }
        #expect(failures == [])
    }
}
