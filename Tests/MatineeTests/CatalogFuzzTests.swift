import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Random catalogues")
struct CatalogFuzzTests {
    private static let rows = TinyCatalog.rows.split(separator: "\n").map { Array($0.utf8) }
    private static let full = Array(
        """
        {"id":"é","title":"A","aliases":["B"],"year":1999,"genres":["Sci-Fi"],"directors":["D"],"cast":["C"],\
        "keywords":["k"],"overview":"O.","runtime":90,"languages":["en"],"countries":["US"],"certificate":"PG",\
        "popularity":0.5,"imdb_id":"tt1234567","tmdb_id":7,"more":{"a":[1,null,true]}}
        """.utf8
    )

    /// What is wrong with a movie that was read, or `nil`.
    private func fault(_ movie: Movie) -> String? {
        let names = [movie.title] + movie.aliases + movie.people + movie.keywords + movie.genres
        let texts = names + [movie.overview, movie.certificate, movie.imdbID].compactMap { $0 }
        if let odd = texts.first(where: { $0.isEmpty || $0 != printable($0) }) {
            return "“\(odd)” is not printable"
        }
        if movie.id.isEmpty || movie.text.isEmpty || movie.label.isEmpty { return "it has no name or text" }
        if let popularity = movie.popularity, !(0...1).contains(popularity) {
            return "popularity \(popularity)"
        }
        return nil
    }

    @Test("Any row is a movie within its ranges or an error", .timeLimit(.minutes(Fuzzer.minutes)))
    func rows() async throws {
        let file = try TemporaryFolder()
        let url = file.url.appending(path: "catalog.jsonl")
        let failures = await Fuzzer.failures { fuzzer in
            let row = fuzzer.spoilt(fuzzer.oneIn(2) ? Self.full : fuzzer.one(of: Self.rows))
            try Data(row).write(to: url)
            _ = try CatalogCheck(contentsOf: url)
            do {
                let catalog = try Catalog(contentsOf: url)
                _ = catalog.search(catalog[0].title, limit: 3)
                return catalog.movies.lazy.compactMap(fault).first
            } catch is CatalogError { return nil }
        }
        #expect(failures == [])
    }

    @Test("Titles and names of any text can be spoken of", .timeLimit(.minutes(Fuzzer.minutes)))
    func interpreters() async throws {
        let file = try TemporaryFolder()
        let url = file.url.appending(path: "catalog.jsonl")
        let failures = await Fuzzer.failures(oneIn: 20) { fuzzer in
            let lines = (0..<4).map { number in
                let text = fuzzer.spoilt(fuzzer.text(upTo: 20)), name = fuzzer.text(upTo: 12)
                return ["id": "\(number)", "title": text + "x", "overview": name, "directors": [name, text]]
                    as [String: Any]
            }
            let rows = try lines.map { try JSONSerialization.data(withJSONObject: $0) }
            try Data(rows.joined(separator: [10])).write(to: url)
            let catalog = try Catalog(contentsOf: url), interpreter = Interpreter(catalog: catalog)
            let named = interpreter.interpret("loved \(catalog[0].title), films by \(catalog[1].directors)")
                .named
            return named.allSatisfy { catalog.row(of: $0.id) != nil } ? nil : "\(named)"
        }
        #expect(failures == [])
    }

    @Test("A title of thousands of words holds no message up")
    func longTitle() throws {
        let folder = try TemporaryFolder(), url = folder.url.appending(path: "catalog.jsonl")
        let title = String(repeating: "x y ", count: 2_000)
        try Data(#"{"id":"1","title":"\#(title)"}"#.utf8).write(to: url)
        let interpreter = try Interpreter(catalog: Catalog(contentsOf: url)), start = Fuzzer.threadTime()
        _ = interpreter.interpret("loved " + title)
        #expect(Fuzzer.threadTime() - start < Fuzzer.longest)
    }

    @Test("A file of huge, deep or binary lines is read or refused by its line")
    func hugeLines() throws {
        let folder = try TemporaryFolder(), url = folder.url.appending(path: "catalog.jsonl")
        let long = String(repeating: "x", count: 4_000_000)
        let good = Data(#"{"id":"1","title":"A","overview":"\#(long)"}"#.utf8)
        try (good + Data("\n".utf8)).write(to: url)
        #expect(try Catalog(contentsOf: url)[0].overview?.count == 4_000_000)
        for bad in ["[", #"{"a":"#, "\u{0}", "x", #"{"id":""#] {
            let line = Data(String(repeating: bad, count: 400_000).utf8)
            try (Data("{\"id\":\"1\",\"title\":\"A\"}\n".utf8) + line).write(to: url)
            #expect { try Catalog(contentsOf: url) } throws: { "\($0)".contains("Line 2") }
        }
        try Data(repeating: 10, count: 4_000_000).write(to: url)
        #expect(throws: CatalogError.empty(url)) { try Catalog(contentsOf: url) }
    }
}
