import Foundation
import MatineeFormats
import MatineeTesting
import Testing

@Suite("Histories of other services")
struct HistoryTests {
    private let folder: TemporaryFolder
    private var zip: URL { folder.url.appending(path: "export.zip") }

    init() throws { folder = try TemporaryFolder() }

    static let letterboxd = [
        "ratings.csv": """
        Date,Name,Year,Letterboxd URI,Rating
        2021-02-03,Heat,1995,https://boxd.it/heat,4.5
        2021-02-04,"Good, the Bad and the Ugly, The",1966,https://boxd.it/gbu,1

        """,
        "watched.csv":
            "Date,Name,Year,Letterboxd URI\r\n2021-02-01,Heat,1995,https://boxd.it/heat\r\n2021-02-01,Ikiru,,https://boxd.it/ikiru\r\n",
        "watchlist.csv": "Date,Name,Year,Letterboxd URI\n2021-03-01,Thief,1981,https://boxd.it/thief\n",
        "likes/films.csv": "Date,Name,Year,Letterboxd URI\n2021-02-01,Ikiru,,https://boxd.it/ikiru\n",
        "diary.csv": """
        Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
        2021-02-02,Heat,1995,https://boxd.it/entry1,3,,"a, b",2021-01-31
        2021-02-02,Solaris,1972,https://boxd.it/entry2,5,Yes,,2020-12-31

        """,
        "reviews.csv": """
        Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date
        2021-02-02,Heat,1995,https://boxd.it/entry1,3,,"A <b>""great""</b> film.<br>
        Over two lines &amp; more, <script>alert(1)</script>",,2021-01-31

        """,
        "lists/favourites-of-mine.csv": """
        Letterboxd list export v7
        Date,Name,Tags,URL,Description
        2021-01-01,Favourites of mine,,https://boxd.it/list,

        Position,Name,Year,URL,Description
        1,Airplane!,1980,https://boxd.it/airplane,

        """,
        "profile.csv": """
        Date Joined,Username,Given Name,Family Name,Email Address,Location,Website,Bio,Pronoun,Favorite Films
        2019-01-01,ana,Ana,Secret,ana@secret.example,,,,,"https://boxd.it/heat, https://boxd.it/gone"

        """,
        "deleted/diary.csv":
            "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2021-02-02,It,2017,x,1,,,\n",
        "orphaned/ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n2021-02-02,It,2017,x,1\n",
        "comments.csv": "Date,Content,Comment\n2021-02-02,x,y\n",
    ]

    private func write(_ files: [String: String], _ maker: ZIPMaker = ZIPMaker()) throws {
        try maker.file(files.sorted { $0.key > $1.key }.map { ($0.key, Array($0.value.utf8)) }).write(to: zip)
    }

    private func read(_ service: HistoryService = .letterboxd, _ url: URL? = nil, maxBad: Double = 0) throws
        -> History
    {
        var reader = HistoryReader()
        (reader.maxBad, reader.now) = (maxBad, Day.seconds("2022-01-01") ?? 0)
        return try reader.read(url ?? zip, from: service)
    }

    private func refuses(_ words: String, _ body: () throws -> Void) {
        #expect { try body() } throws: {
            (words.isEmpty || "\($0)".contains(words)) && "\($0)".contains("Nothing was changed")
        }
    }

    @Test(
        "An export of Letterboxd gives each film once, with all that its tables say",
        arguments: ["", "letterboxd-ana-2021/"]
    )
    func letterboxd(root: String) throws {
        try write(Dictionary(uniqueKeysWithValues: Self.letterboxd.map { (root + $0.key, $0.value) }))
        let history = try read(),
            films = Dictionary(uniqueKeysWithValues: history.films.map { ($0.title, $0) })
        #expect(
            Set(films.keys) == [
                "Heat", "Good, the Bad and the Ugly, The", "Ikiru", "Thief", "Solaris", "Airplane!",
            ]
        )
        let heat = try #require(films["Heat"])
        #expect(
            heat.rating == 4.5 && heat.rated == Day.seconds("2021-02-03")
                && heat.watched == Day.seconds("2021-01-31")
        )
        #expect(heat.isSeen && heat.isFavourite && !heat.isLiked && !heat.isWanted && heat.year == 1995)
        #expect(heat.review == "A \"great\" film. Over two lines & more, alert(1)")
        #expect(films["Solaris"]?.rating == 5 && films["Solaris"]?.watched == Day.seconds("2020-12-31"))
        #expect(
            films["Ikiru"]?.isLiked == true && films["Ikiru"]?.isSeen == true && films["Ikiru"]?.year == nil
        )
        #expect(films["Thief"]?.isWanted == true && films["Thief"]?.isSeen == false)
        #expect(films["Airplane!"]?.lists == ["favourites-of-mine"] && films["Airplane!"]?.isSeen == false)
        #expect(history.hasWatchlist && history.skipped.isEmpty && history.rows == 10)
        #expect(!"\(history)".contains("secret"))
    }

    @Test("A folder gives the same as the ZIP file, and a table alone what it holds")
    func folders() throws {
        try write(Self.letterboxd)
        let export = folder.url.appending(path: "export")
        for (name, text) in Self.letterboxd {
            let url = export.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        let names = try Set(read().films.map(\.label))
        #expect(try Set(read(.letterboxd, export).films.map(\.label)) == names)
        let table = folder.url.appending(path: "my ratings.csv")
        try Data("\u{FEFF}\(Self.letterboxd["ratings.csv"] ?? "")".utf8).write(to: table)
        #expect(try read(.letterboxd, table).films.map(\.rating) == [4.5, 1])
    }

    @Test("Ratings of IMDb are halved, and what is no film is left out")
    func imdb() throws {
        let url = folder.url.appending(path: "ratings.csv")
        try Data(
            """
            Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors
            tt0113277,9,2020-05-06,Heat,Heat,https://www.imdb.com/title/tt0113277/,Movie,8.3,170,1995,"Action, Crime",1,1995-12-15,Michael Mann
            tt0944947,10,2020-05-06,Game of Thrones,Game of Thrones,x,TV Series,9.2,60,2011,Action,1,2011-04-17,

            """.utf8
        ).write(to: url)
        let films = try read(.imdb, url).films
        #expect(films.map(\.imdbID) == ["tt0113277"] && films[0].rating == 4.5 && films[0].isSeen)
        #expect(films[0].rated == Day.seconds("2020-05-06"))
        let list = folder.url.appending(path: "watchlist.csv")
        try Data(
            "Position,Const,Created,Title,Title Type,Year,Your Rating\n1,tt0113277,2020-01-01,Heat,movie,1995,\n"
                .utf8
        )
        .write(to: list)
        let wanted = try read(.imdb, list)
        #expect(
            wanted.films.map(\.isWanted) == [true] && wanted.films[0].rating == nil && wanted.hasWatchlist
        )
    }

    static let trakt = [
        "ratings/ratings-movies.json": """
        [{"rated_at":"2019-01-01T10:00:00.000Z","rating":7,"type":"movie","movie":{"title":"Heat","year":1995,"ids":{"trakt":1,"slug":"heat-1995","imdb":"tt0113277","tmdb":949}}}]
        """,
        "watched/watched-movies.json": """
        [{"plays":2,"last_watched_at":"2020-02-02T00:00:00.000Z","movie":{"title":"Heat","year":1995,"ids":{"imdb":"tt0113277","tmdb":949}}}]
        """,
        "watched/watched-history-1.json": """
        [{"id":1,"watched_at":"2020-02-02T00:00:00.000Z","type":"episode","show":{"title":"X"},"episode":{}},
         {"id":2,"watched_at":"2020-03-02T00:00:00.000Z","type":"movie","movie":{"title":"Thief","year":1981,"ids":{}}}]
        """,
        "lists/watchlist.json": """
        [{"listed_at":"2020-02-02T00:00:00.000Z","type":"movie","movie":{"title":"Ikiru","year":1952,"ids":{"imdb":"tt0044741"}}}]
        """,
        "ratings/ratings-shows.json": "[{\"rating\":7,\"show\":{}}]",
        "user/profile.json": "{}",
    ]

    @Test("An export of Trakt gives ratings, dates and the watchlist, by ids")
    func trakt() throws {
        try write(Self.trakt)
        let films = try Dictionary(uniqueKeysWithValues: read(.trakt).films.map { ($0.title, $0) })
        #expect(films.count == 3 && films["Heat"]?.rating == 3.5 && films["Heat"]?.tmdbID == 949)
        #expect(films["Heat"]?.watched == Day.seconds("2020-02-02") && films["Thief"]?.isSeen == true)
        #expect(films["Ikiru"]?.isWanted == true)
    }

    static let feed = """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:letterboxd="https://letterboxd.com" xmlns:tmdb="https://themoviedb.org"><channel><title>x</title>
        <item><title>Heat, 1995</title><guid isPermaLink="false">letterboxd-review-1</guid>
        <letterboxd:watchedDate>2021-05-06</letterboxd:watchedDate><letterboxd:filmTitle>Heat &amp; Dust</letterboxd:filmTitle>
        <letterboxd:filmYear>1983</letterboxd:filmYear><letterboxd:memberRating>3.5</letterboxd:memberRating>
        <letterboxd:memberLike>Yes</letterboxd:memberLike><tmdb:movieId>949</tmdb:movieId>
        <description><![CDATA[ <p><img src="x"/></p> <p>Fine &amp; dusty.</p> ]]></description></item>
        <item><title>A list</title><guid>letterboxd-list-2</guid><description>Heat</description></item>
        </channel></rss>
        """

    @Test("A feed gives its films, and lists in it are left out")
    func feed() throws {
        var reader = HistoryReader()
        reader.now = Day.seconds("2022-01-01") ?? 0
        let films = try reader.read(feed: Array(Self.feed.utf8), named: "x").films
        #expect(films.map(\.label) == ["Heat & Dust (1983)"] && films[0].review == "Fine & dusty.")
        #expect(films[0].isLiked && films[0].rating == 3.5 && films[0].tmdbID == 949)
    }

    @Test("A feed that declares entities, is a web page or no XML is refused")
    func badFeeds() throws {
        let bomb =
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><rss><channel>&c;</channel></rss>"
        for text in [
            bomb, "<!DOCTYPE html><html></html>", "{}", "", "<rss><channel>", "<a/>", "\u{0}<rss/>",
            "<rss><channel></rss></channel>", "<rss><channel a='></channel></rss>",
            "<rss><![CDATA[<channel/></rss>",
        ] {
            refuses("") { _ = try HistoryReader().read(feed: Array(text.utf8), named: "x") }
        }
        let deep = String(repeating: "<a>", count: 100_000)
        refuses("well-formed") {
            _ = try HistoryReader().read(feed: Array("<rss><channel>\(deep)".utf8), named: "x")
        }
    }

    @Test("A ZIP file cut short, or with names that lead out of it, is refused")
    func badZIP() throws {
        try write(Self.letterboxd)
        let whole = try Data(contentsOf: zip)
        try whole.prefix(whole.count - 100).write(to: zip)
        #expect(throws: FormatError.self) { try read() }
        for name in ["../ratings.csv", "/ratings.csv", "a\\..\\ratings.csv"] {
            try write([name: Self.letterboxd["ratings.csv"] ?? ""])
            refuses(name.hasPrefix("..") ? "no history" : "outside of itself") { _ = try read() }
        }
    }

    @Test("A table that grows a thousandfold when inflated is refused")
    func bomb() throws {
        let text = "Date,Name,Year,Letterboxd URI,Rating\n" + String(repeating: "0", count: 3 << 20)
        try write(["ratings.csv": text])
        #expect(throws: FormatError.self) { try read() }
    }

    @Test("A missing column and a wrong encoding are said by name; other columns change nothing")
    func columns() throws {
        try write(["ratings.csv": "Date,Name,Letterboxd URI,Rating\n2021-01-01,Heat,x,5\n"])
        refuses("“Year”") { _ = try read() }
        try write(["ratings.csv": "Extra,Rating,Year,Date,Name,Letterboxd URI\nx,5,1995,2021-01-01,Heat,x\n"])
        #expect(try read().films.map(\.label) == ["Heat (1995)"])
        let table = folder.url.appending(path: "ratings.csv")
        try #require("Date,Name,Year,Letterboxd URI,Rating\n".data(using: .utf16LittleEndian)).write(
            to: table
        )
        refuses("UTF-16") { _ = try read(.letterboxd, table) }
    }

    @Test("Rows that cannot be true are counted; more than a few of them, and nothing is read")
    func badRows() throws {
        let good = (0..<300).map { "2021-01-01,Film \($0),1995,x,4\n" }.joined()
        let header = "Date,Name,Year,Letterboxd URI,Rating\n"
        for (row, why) in [
            ("2021-01-01,Heat,1995,x,9", "out of range"), ("2021-01-01,Heat,1995,x,0", "out of range"),
            ("2021-01-01,Heat,1995,x,nan", "no number"), ("2021-01-01,Heat,soon,x,4", "no year"),
            ("2021-13-01,Heat,1995,x,4", "no date"), ("2021-01-01,,1995,x,4", "no title"),
            ("2021-01-01", "too few"),
        ] {
            try write(["ratings.csv": header + row + "\n"])
            refuses(why) { _ = try read(maxBad: 0.01) }
            try write(["ratings.csv": header + row + "\n" + good])
            let history = try read(maxBad: 0.01)
            #expect(
                history.films.count == 300 && history.skipped.map(\.rows) == [1]
                    && history.skipped[0].line == 2
            )
        }
    }

    @Test("A date in the future is left out and counted, the film stays")
    func future() throws {
        try write(["ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n2099-01-01,Heat,1995,x,4\n"])
        let history = try read()
        #expect(
            history.films.map(\.rated) == [nil] && history.films[0].rating == 4 && history.futureDates > 0
        )
    }

    @Test("A review of many megabytes is passed over in bounded memory")
    func longReview() throws {
        let table = folder.url.appending(path: "reviews.csv"),
            header = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
        var data =
            Data(header.utf8) + Data("2021-01-01,It,2017,x,1,,\"".utf8)
            + Data(repeating: 120, count: 20 << 20)
        data += Data("\",,\n".utf8)
        for i in 0..<200 { data += Data("2021-01-01,Film \(i),1995,x,4,,short,,2021-01-01\n".utf8) }
        try data.write(to: table)
        let history = try read(.letterboxd, table, maxBad: 0.01)
        #expect(history.films.count == 200 && history.skipped[0].reason.contains("longer than"))
    }

    @Test("What is of another service is said to be so", arguments: HistoryService.allCases)
    func otherService(_ service: HistoryService) throws {
        try write(["notes.txt": "hello", "other.csv": "a,b\n1,2\n"])
        refuses("") { _ = try read(service) }
    }

    @Test("Spoilt exports are read or refused with a sentence, soon", .timeLimit(.minutes(Fuzzer.minutes)))
    func spoilt() async throws {
        try write(Self.letterboxd, ZIPMaker(isDeflated: false))
        let zips = try [
            Array(Data(contentsOf: zip)),
            {
                try write(Self.trakt, ZIPMaker(isDeflated: false)); return try Array(Data(contentsOf: zip))
            }(),
        ]
        let feed = Array(Self.feed.utf8), table = Array((Self.letterboxd["reviews.csv"] ?? "").utf8)
        let url = folder.url.appending(path: "spoilt.csv")
        let failures = await Fuzzer.failures(oneIn: 4) { fuzzer in
            do {
                switch fuzzer.number(upTo: 3) {
                case 0: _ = try HistoryReader().read(feed: fuzzer.spoilt(feed), named: "x")
                case 1:
                    try Data(fuzzer.spoilt(table)).write(to: url)
                    _ = try read(.letterboxd, url, maxBad: 1)
                default:
                    let place = fuzzer.number(upTo: 1)
                    try Data(fuzzer.spoilt(zips[place])).write(to: url)
                    _ = try read(place == 0 ? .letterboxd : .trakt, url, maxBad: 1)
                }
            } catch is HistoryError { return nil } catch is FormatError { return nil }
            return nil
        }
        #expect(failures == [])
    }

    @Test("Days come back as they were written, and none that does not exist is read")
    func days() {
        for text in ["1895-12-28", "1970-01-01", "2000-02-29", "2024-12-31"] {
            #expect(Day.seconds(text).map(Day.text) == text)
        }
        #expect(Day.seconds("1970-01-02T01:02:03.000Z") == 86_400 + 3_723)
        for text in ["2023-02-29", "2023-00-01", "1-1-2023", "", "2023-01-01T99:00:00", "２０２３-01-01"] {
            #expect(Day.seconds(text) == nil, "\(text)")
        }
    }
}
