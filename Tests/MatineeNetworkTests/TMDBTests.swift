import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("TMDB")
struct TMDBTests {
    private static let secret = "0123456789abcdef0123456789ABCDEF"
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJtYXRpbmVlIn0.dGVzdC1zaWduYXR1cmU"

    private static let heat = TestServer.Answer.bytes(heatReply)
    private static let heatReply =
        Array(
            """
            {"id":949,"title":"Heat","overview":"A thief and\\u001b[2J a policeman.","runtime":170,"original_language":"en",
             "spoken_languages":[{"iso_639_1":"en"},{"iso_639_1":"es"}],"production_countries":[{"iso_3166_1":"US"},{"iso_3166_1":"XC"},{"iso_3166_1":"?"}],
             "credits":{"cast":[{"name":"F","order":9},{"name":"Al Pacino","order":0},{"name":"Robert De Niro","order":1},{"name":"C"},{"name":"D"},{"name":"E","order":2}],
              "crew":[{"name":"Dante Spinotti","job":"Director of Photography"},{"name":"Michael Mann","job":"Director"}]},
             "keywords":{"keywords":[{"id":1,"name":"heist"},{"id":2,"name":"heist"},{"id":3,"name":""},{"id":4,"name":null}]},
             "release_dates":{"results":[{"iso_3166_1":"DE","release_dates":[{"certification":"16","type":3}]},
              {"iso_3166_1":"US","release_dates":[{"certification":"","type":1},{"certification":"NR","type":5},{"certification":"R","type":3}]}]}}
            """.utf8
        )

    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private static func film(_ id: Int, _ overview: String = "So it goes.") -> TestServer.Answer {
        .bytes(Array("{\"id\":\(id),\"overview\":\"\(overview)\"}".utf8))
    }

    private func movies(_ rows: String...) throws -> [Movie] {
        try rows.map { try JSONDecoder().decode(Movie.self, from: Data($0.utf8)) }
    }

    /// Rows with nothing but a TMDB id, from 1.
    private func numbered(_ count: Int) throws -> [Movie] {
        try (1...count).flatMap { try movies("{\"id\":\"m\($0)\",\"title\":\"T\($0)\",\"tmdb_id\":\($0)}") }
    }

    private func enricher(
        _ server: TestServer,
        key: String = secret,
        perSecond: Int = 1_000,
        waits: Waits = Waits()
    ) throws -> TMDBEnricher {
        try TMDBEnricher(
            key: #require(TMDBKey(key)),
            base: server.address,
            cache: folder.url,
            perSecond: perSecond,
            backoff: waits.backoff,
            time: waits.time
        )
    }

    @Test("A row is given what it lacks, and keeps what it has")
    func filled() async throws {
        let server = try await TestServer(["/movie/949": Self.heat])
        let rows = try movies(
            #"{"id":"a","title":"Heat","tmdb_id":949}"#,
            #"{"id":"b","title":"Heat","tmdb_id":949,"overview":"Ours.","runtime":1,"cast":["Ours"],"keywords":["ours"]}"#
        )
        let (filled, report) = try await enricher(server).enrich(rows)
        let heat = filled[0]
        #expect(heat.overview == "A thief and [2J a policeman." && heat.runtime == 170)
        #expect(heat.certificate == "R" && heat.languages == ["en"] && heat.countries == ["US", "CS"])
        #expect(heat.cast == ["Al Pacino", "Robert De Niro", "E", "F", "C"])
        #expect(heat.directors == ["Michael Mann"] && heat.keywords == ["heist"])
        let ours = filled[1]
        #expect(ours.overview == "Ours." && ours.runtime == 1 && ours.cast == ["Ours"])
        #expect(ours.keywords == ["ours"] && ours.certificate == "R")
        #expect(report.filled == 2 && report.failed == 0)
        #expect(server.requests[0].uri.contains("append_to_response=credits,keywords,release_dates"))
        try await server.stop()
    }

    @Test("A film is found by its IMDb id; one that TMDB does not know is not asked for again")
    func found() async throws {
        let server = try await TestServer([
            "/find/tt0113277": .bytes(Array(#"{"movie_results":[{"id":949}],"tv_results":[]}"#.utf8)),
            "/find/tt0000001": .bytes(Array(#"{"movie_results":[]}"#.utf8)), "/movie/949": Self.heat,
        ])
        let rows = try movies(
            #"{"id":"a","title":"Heat","imdb_id":"tt0113277"}"#,
            #"{"id":"b","title":"B","imdb_id":"tt0000001"}"#,
            #"{"id":"c","title":"C","tmdb_id":404}"#,
            #"{"id":"d","title":"D","imdb_id":"../../etc"}"#,
            #"{"id":"e","title":"E","tmdb_id":-1}"#
        )
        let (filled, report) = try await enricher(server).enrich(rows)
        #expect(filled[0].tmdbID == 949 && filled[0].runtime == 170)
        #expect(report.filled == 1 && report.notFound == 2 && report.withoutID == 2)
        #expect(server.requests.count == 4)
        let (again, second) = try await enricher(server).enrich(rows)
        #expect(again == filled && second.fromCache == 3 && second.notFound == 2)
        #expect(server.requests.count == 4)
        try await server.stop()
    }

    @Test("A server that is busy is waited for, one that fails is asked again, and every film is filled")
    func patient() async throws {
        let server = try await TestServer([
            "/movie/1": .sequence([.busy(429, retryAfter: 7), Self.film(1)]),
            "/movie/2": .sequence([
                .status(500), .status(502), .broken(Array(repeating: 32, count: 90)), Self.film(2),
            ]),
            "/movie/3": .sequence([.status(429), Self.film(3)]), "/movie/4": Self.film(4),
        ])
        let waits = Waits()
        let (filled, report) = try await enricher(server, waits: waits).enrich(numbered(4))
        #expect(report.filled == 4 && filled.allSatisfy { $0.overview == "So it goes." })
        #expect(waits.total >= .seconds(7) && server.requests.count == 9)
        try await server.stop()
    }

    @Test("A server that stays away ends the run with a sentence; what came before is not asked for again")
    func away() async throws {
        let server = try await TestServer(["/movie/1": Self.film(1)])
        for id in 2...60 { server.answer("/movie/\(id)", with: .status(503)) }
        await #expect(throws: TMDBError.unavailable("it answers with status 503")) {
            try await enricher(server).enrich(numbered(60))
        }
        #expect(server.requests.count <= 9 * 5 + 1)
        for id in 2...60 { server.answer("/movie/\(id)", with: Self.film(id)) }
        // What was under way when the run ended may still arrive.
        let before = server.requests.count, late = 0..<TMDBEnricher.width
        let (_, report) = try await enricher(server).enrich(numbered(60))
        #expect(report.filled == 60 && report.fromCache == 1)
        #expect(late.contains(server.requests.count - before - 59))
        try await server.stop()
    }

    @Test("Single films that fail or have unreadable answers are counted and skipped")
    func skipped() async throws {
        let hostile: [TestServer.Answer] = [
            .bytes(Array("<html>".utf8)), .bytes([]), .bytes(Array(repeating: 91, count: 1 << 20)),
            .bytes(Array(repeating: 32, count: 5 << 20)), Self.film(999), .bytes([0xFF, 0xFE, 0x00]),
            .bytes(Array(#"{"id":7,"overview":{"a":1}}"#.utf8)), .redirect("/movie/11"), .status(422),
            Self.film(10, "the key is \(Self.secret)"),
        ]
        let server = try await TestServer(["/movie/11": Self.film(11), "/movie/12": .status(500)])
        for (place, answer) in hostile.enumerated() { server.answer("/movie/\(place + 1)", with: answer) }
        let (filled, report) = try await enricher(server).enrich(numbered(12))
        #expect(report.unreadable == hostile.count && report.failed == 1 && report.filled == 1)
        #expect(filled.count { $0.overview != nil } == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["movie-11.json"])
        try await server.stop()
    }

    @Test("Values out of range or of senseless length are left out")
    func cleaned() async throws {
        let long = String(repeating: "x", count: 9_000)
        let names = (1...3_000).map { "{\"name\":\"\($0)\"}" }.joined(separator: ",")
        let server = try await TestServer([
            "/movie/1": .bytes(
                Array(
                    """
                    {"id":1,"overview":"\(long)","runtime":0,"original_language":"xx","production_countries":[{"iso_3166_1":"usa"}],
                     "keywords":{"keywords":[\(names)]},"credits":{"cast":[{"name":"\(long)"}]},
                     "release_dates":{"results":[{"iso_3166_1":"US","release_dates":[{"certification":"X","type":3}]}]}}
                    """.utf8
                )
            )
        ])
        let film = try await enricher(server).enrich(numbered(1)).0[0]
        #expect(film.overview == nil && film.runtime == nil && film.certificate == nil && film.cast.isEmpty)
        #expect(film.languages.isEmpty && film.countries.isEmpty && film.keywords.count == 40)
        try await server.stop()
    }

    @Test("A key that is not accepted ends the run at once", arguments: [401, 403])
    func badKey(_ code: Int) async throws {
        let server = try await TestServer([:])
        for id in 1...50 { server.answer("/movie/\(id)", with: .status(code)) }
        await #expect(throws: TMDBError.badKey) { try await enricher(server).enrich(numbered(50)) }
        #expect(server.requests.count <= TMDBEnricher.width)
        try await server.stop()
    }

    @Test("A wait that is too long is said instead of waited")
    func tooBusy() async throws {
        let server = try await TestServer(["/movie/1": .busy(429, retryAfter: 3_600)])
        let waits = Waits()
        await #expect(throws: TMDBError.tooBusy(seconds: 3_600)) {
            try await enricher(server, waits: waits).enrich(numbered(1))
        }
        #expect(waits.total < .seconds(1))
        try await server.stop()
    }

    @Test("Requests start at an even pace, and few are under way at once")
    func pace() async throws {
        let server = try await TestServer([:])
        for id in 1...40 { server.answer("/movie/\(id)", with: .slow(Self.film(id), milliseconds: 5)) }
        let waits = Waits()
        _ = try await enricher(server, perSecond: 10, waits: waits).enrich(numbered(40))
        #expect(waits.total >= .milliseconds(3_800))
        #expect((2...TMDBEnricher.width).contains(server.mostAtOnce), "\(server.mostAtOnce)")
        try await server.stop()
    }

    @Test("The limit counts films that are asked for; what is kept costs nothing")
    func limited() async throws {
        let server = try await TestServer([:])
        for id in 1...9 { server.answer("/movie/\(id)", with: Self.film(id)) }
        for (limit, filled, left) in [(4, 4, 5), (0, 4, 5), (4, 8, 1), (100, 9, 0)] {
            let report = try await enricher(server).enrich(numbered(9), limit: limit).1
            #expect(report.filled == filled && report.left == left)
        }
        #expect(server.requests.count == 9)
        try await server.stop()
    }

    @Test("What was kept for too long, or is no entry, is asked for again")
    func stale() async throws {
        let server = try await TestServer(["/movie/1": Self.film(1), "/movie/2": Self.film(2)])
        _ = try await enricher(server).enrich(numbered(2))
        let entry = folder.url.appending(path: "movie-1.json")
        let text = try String(contentsOf: entry, encoding: .utf8)
        let old = text.replacing(/"fetched":[0-9.e+]+/, with: "\"fetched\":1")
        #expect(old != text)
        try Data(old.utf8).write(to: entry)
        try Data("{".utf8).write(to: folder.url.appending(path: "movie-2.json"))
        #expect(try await enricher(server).enrich(numbered(2)).1.filled == 2)
        #expect(server.requests.count == 4)
        try await server.stop()
    }

    @Test("A short key goes into the address, a token into a header, and neither into the cache")
    func keys() async throws {
        let server = try await TestServer(["/movie/1": Self.film(1), "/movie/2": Self.film(2)])
        _ = try await enricher(server).enrich(numbered(1))
        _ = try await enricher(server, key: Self.token).enrich(numbered(2))
        let requests = server.requests
        #expect(requests[0].uri.hasSuffix("&api_key=\(Self.secret)") && requests[0]["authorization"] == nil)
        #expect(requests[1]["authorization"] == "Bearer \(Self.token)" && !requests[1].uri.contains("eyJ"))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            let text = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
            #expect(!text.contains(Self.secret) && !text.contains(Self.token))
        }
        try await server.stop()
    }

    @Test("A key cannot be printed, and text that is no key is none")
    func hidden() throws {
        let key = try #require(TMDBKey(" \(Self.secret)\n"))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\([key])", "\(Optional(key) as Any)", dumped] {
            #expect(!text.contains("0123456789"), "\(text)")
        }
        for wrong in ["", "short", "a&b=c&d=eeee", "abc\r\nX-Evil: 1", "ключключключ"] {
            #expect(TMDBKey(wrong) == nil, "\(wrong)")
        }
    }

    @Test(
        "Any reply is facts that a catalogue may hold, or an error",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func spoilt() async throws {
        let row = try numbered(1)[0]
        let failures = await Fuzzer.failures { fuzzer in
            let reply = Data(fuzzer.spoilt(Self.heatReply))
            guard let facts = try? TMDBFacts(reply: reply) else { return nil }
            let film = facts.filling(row)
            let line = try JSONEncoder().encode(film)
            let isSound =
                try JSONDecoder().decode(Movie.self, from: line) == film
                && film.cast.count <= 5 && film.overview?.count ?? 0 <= 5_000
                && film.runtime.map((1...1_000).contains) ?? true
            return isSound ? nil : String(decoding: reply, as: UTF8.self)
        }
        #expect(failures == [])
    }
}
