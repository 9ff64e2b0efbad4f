import Foundation
import Matinee
import MatineeFormats
import MatineeTesting
import Testing

@Suite("Metadata")
struct MetadataTests {
    private let sources: Sources

    init() throws { sources = try Sources() }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: sources.folder.url.appending(path: name))
    }

    private static let tmdb = [
        "tmdb_5000_movies.csv": """
        budget,genres,homepage,id,keywords,original_language,original_title,overview,popularity,production_countries,release_date,runtime,title,vote_count
        1,"[{""id"": 80, ""name"": ""Crime""}, {""id"": 1, ""name"": ""TV Movie""}]",,807,"[{""id"": 1, ""name"": ""Serial Killer""}]",en,Se7en,"Two detectives,
        seven sins.",150.4,"[{""iso_3166_1"": ""US"", ""name"": ""United States of America""}]",1995-09-22,127.0,Seven,999
        1,[],,11,[],fr,La Cité,,0.5,[],,,"Cité, La",0

        """,
        "tmdb_5000_credits.csv": """
        movie_id,title,cast,crew
        807,Seven,"[{""name"": ""Morgan Freeman"", ""order"": 0}]","[{""job"": ""Writer"", ""name"": ""A W""}, {""job"": ""Director"", ""name"": ""David Fincher""}]"

        """,
    ]

    @Test("The two files of TMDB 5000 are one catalogue")
    func tmdb() throws {
        try sources.write(Self.tmdb)
        let report = try sources.run(), movies = try sources.movies(), seven = movies[0]
        #expect(report.movies == 2 && report.withOverview == 1 && report.metadata.map(\.byID) == [1])
        #expect(seven.id == "807" && seven.tmdbID == 807 && seven.year == 1995 && seven.runtime == 127)
        #expect(seven.overview == "Two detectives, seven sins." && seven.genres == ["Crime"])
        #expect(seven.keywords == ["serial killer"] && seven.languages == ["en"] && seven.countries == ["US"])
        #expect(
            seven.directors == ["David Fincher"] && seven.cast == ["Morgan Freeman"] && seven.popularity == 1
        )
        #expect(movies[1].title == "La Cité" && movies[1].aliases == [] && movies[1].popularity == 0)
    }

    @Test("Knowledge is joined by id, else by title and year, and what is in doubt is left out")
    func joining() throws {
        try sources.write(Sources.latest)
        try sources.write(
            "movies.csv",
            Sources.latest["movies.csv", default: ""]
                + "50,Emma (1996),Drama\n51,Emma (1996),Drama\n52,Solaris (1972),\n53,Heat (1995),Crime\n"
        )
        try write(
            "rows.jsonl",
            """
            {"title":"Whatever","imdb_id":"tt0114369","overview":"By id.","runtime":127,"certificate":"r"}
            {"title":"La Cité des Enfants Perdus","year":1996,"overview":"By alias.","director":"Jeunet; Caro"}
            {"title":"Emma","year":1996,"overview":"Which one?"}
            {"title":"Solaris","year":1972,"overview":"One."}
            {"title":"Solaris","year":1972,"overview":"Another."}
            {"title":"Solaris","year":1973,"overview":"Near."}
            {"title":"Heat","year":1986,"overview":"Another film."}
            {"title":"Heat","overview":"Of no year."}
            {"title":"Heat","year":1995,"overview":"Found.","keywords":["Heist","crime","heat","Al Pacino"],"cast":["Al Pacino"]}
            """
        )
        let report = try sources.run(metadata: ["rows.jsonl"]), joined = try #require(report.metadata.first)
        #expect(joined.rows == 9 && joined.byID == 1 && joined.byTitle == 2)
        #expect(joined.ambiguous == 3 && joined.unmatched == 3 && joined.overviews == 3)
        let movies = try sources.movies()
        #expect(movies.map(\.overview) == ["By alias.", nil, "By id.", nil, nil, nil, "Found."])
        #expect(movies[0].directors == ["Jeunet", "Caro"] && movies[0].year == 1995)
        #expect(movies[2].runtime == 127 && movies[2].certificate == "R" && movies[2].title == "Seven")
        #expect(movies[6].keywords == ["heist"] && movies[6].cast == ["Al Pacino"])
    }

    @Test("TMDB's credits are joined by the ids that its films bring, in any order of the files")
    func tmdbMetadata() throws {
        try sources.write("movies.csv", "movieId,title,genres\n47,Seven (1995),Crime\n")
        for (name, text) in Self.tmdb { try write(name, text) }
        let report = try sources.run(metadata: ["tmdb_5000_credits.csv", "tmdb_5000_movies.csv"])
        let seven = try sources.movies()[0]
        #expect(report.metadata.map(\.byTitle) == [1, 0] && report.metadata.map(\.byID) == [0, 1])
        #expect(seven.id == "ml-47" && seven.tmdbID == 807 && seven.directors == ["David Fincher"])
    }

    @Test("Wikipedia's list of films")
    func wikipedia() throws {
        try sources.write(
            "movies.json",
            """
            [
              {"title":"Heat","year":1995,"cast":["Al Pacino"],"genres":["Crime","Superhero"],"href":"Heat_(1995_film)",
               "extract":"Heat is {a} \\"film\\"."},
              {"title":"Heat","year":1995,"cast":[],"genres":[],"href":null}
            , 5, {"year": 3}, {"title": }
            ]
            """
        )
        let report = try sources.run(maxBad: 0.5), movies = try sources.movies()
        #expect(
            report.files[0].rows == 4 && report.files[0].malformed == 2
                && report.files[0].firstMalformedLine == 5
        )
        #expect(
            movies.map(\.id) == ["heat-1995", "heat-1995-2"] && movies[0].overview == "Heat is {a} \"film\"."
        )
        #expect(movies[0].keywords == ["superhero"] && movies[0].genres == ["Crime"])
        try sources.write("movies.json", "[{\"title\":\"A\"},{\"title\":\"B\"")
        #expect { try sources.run() } throws: { "\($0)".contains("ends within") }
    }

    @Test("Columns are mapped by name; a name that no file has is an error")
    func mapping() throws {
        try sources.write(
            "films.csv",
            "Nr;Filmtitel;Jahr;Inhalt;Sprache\n1;Boot, Das;1981;Ein U-Boot;German\n"
        )
        let map = ["title=Filmtitel", "year=jahr", "overview=Inhalt", "id=nr", "languages=Sprache"]
        let file = sources.source.appending(path: "films.csv")
        _ = try sources.run(file, map: map)
        let film = try sources.movies()[0]
        #expect(film.id == "1" && film.title == "Das Boot" && film.year == 1981 && film.languages == ["de"])
        #expect { try sources.run(file, map: map + ["cast=Besetzung"]) } throws: {
            "\($0)".contains("Besetzung") && "\($0)".contains("cast")
        }
        #expect { try sources.run(file, map: ["rating=x"]) } throws: { "\($0)".contains("rating=x") }
        #expect { try sources.run(file) } throws: { "\($0)".contains("--map title=COLUMN") }
    }

    @Test(
        "What holds no films is refused in a sentence",
        arguments: ["", "a,b\n1,2\n", "\0\u{1}", "{}", "[{}]", "{\n\"a\": 1\n}", "title\n"]
    )
    func noFilms(_ text: String) throws {
        try sources.write("films.csv", text)
        #expect(throws: FormatError.self) { try sources.run(sources.source.appending(path: "films.csv")) }
        try sources.write(Sources.latest)
        try write("extra.csv", text)
        #expect {
            try sources.run(metadata: ["extra.csv"])
        } throws: {
            "\($0)".contains("extra")
        }
        #expect(!FileManager.default.fileExists(atPath: sources.result.path))
    }

    @Test("Spoilt rows are imported or refused", .timeLimit(.minutes(Fuzzer.minutes)))
    func spoilt() async throws {
        let json =
            #"[{"title":"Heat","year":1995,"genres":["Crime"]},{"title":"Thief","cast":[{"name":"J"}]}]"#
        let texts = Array(Self.tmdb.values) + [json, json.replacing("},{", with: "}\n{")]
        let failures = await Fuzzer.failures(oneIn: 10) { fuzzer in
            let text = fuzzer.spoilt(fuzzer.one(of: texts).utf8)
            try Data(text).write(to: sources.source.appending(path: "films"))
            do {
                let report = try sources.run(maxBad: 1)
                return try sources.movies().count == report.movies ? nil : "\(report)"
            } catch is FormatError { return nil }
        }
        #expect(failures == [])
    }
}
