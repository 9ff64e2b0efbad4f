import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Posters from TMDB")
struct TMDBPostersTests {
    private static let secret = "0123456789abcdef0123456789ABCDEF"
    private static let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]
    private static let heat = #"{"id":949,"poster_path":"/heat.jpg"}"#

    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func film(_ id: Int) -> Movie {
        var movie = Movie(id: "film \(id)", title: "Film \(id)")
        movie.tmdbID = id
        return movie
    }

    private func posters(_ server: TestServer, patience: Duration = .seconds(60)) throws -> TMDBPosters {
        try TMDBPosters(
            key: #require(TMDBKey(Self.secret)),
            base: server.address,
            images: server.address,
            cache: folder.url,
            patience: patience
        )
    }

    @Test("A poster is fetched once, however many ask, and kept; the key does not go to the pictures")
    func once() async throws {
        let server = try await TestServer([
            "/movie/949": .bytes(Array(Self.heat.utf8)), "/heat.jpg": .bytes(Self.picture),
        ])
        let posters = try posters(server), heat = film(949)
        await withTaskGroup(of: Data?.self) { group in
            for _ in 0..<5 { group.addTask { await posters.poster(of: heat) } }
            for await found in group { #expect(found == Data(Self.picture)) }
        }
        #expect(try await self.posters(server).poster(of: heat) == Data(Self.picture))
        #expect(server.requests.count == 2)
        let picture = try #require(server.requests.first { $0.uri.hasPrefix("/heat.jpg") })
        #expect(!"\(picture)".contains(Self.secret))
        try await server.stop()
    }

    @Test("What is no picture is not shown, and a film without one is not asked for again")
    func nothing() async throws {
        let page = Array("<html><script>alert(1)</script>".utf8)
        let server = try await TestServer([
            "/movie/1": .bytes(Array(#"{"id":1,"poster_path":"/page.jpg"}"#.utf8)), "/page.jpg": .bytes(page),
            "/movie/2": .bytes(Array(#"{"id":2,"poster_path":"/../../secret"}"#.utf8)),
            "/movie/3": .bytes(Array(#"{"id":3,"poster_path":null}"#.utf8)), "/movie/4": .status(404),
        ])
        let posters = try posters(server)
        for _ in 0..<2 { for id in 1...4 { #expect(await posters.poster(of: film(id)) == nil, "\(id)") } }
        #expect(await posters.poster(of: Movie(id: "x", title: "X")) == nil)
        #expect(server.requests.count == 5)
        try await server.stop()
    }

    @Test("Where TMDB fails, nothing is asked for until it has rested")
    func failing() async throws {
        let server = try await TestServer([
            "/movie/949": .sequence([.status(503), .bytes(Array(Self.heat.utf8))]),
            "/heat.jpg": .bytes(Self.picture),
        ])
        let patient = try posters(server), impatient = try posters(server, patience: .zero)
        #expect(await patient.poster(of: film(949)) == nil)
        #expect(await patient.poster(of: film(949)) == nil)
        #expect(server.requests.count == 1)
        #expect(await impatient.poster(of: film(949)) == Data(Self.picture))
        try await server.stop()
    }

    @Test("The first bytes tell a picture's type")
    func types() {
        let webP = Data("RIFF1234WEBPVP8 ".utf8)
        #expect(TMDBPosters.type(of: Data(Self.picture)) == "image/jpeg")
        #expect(TMDBPosters.type(of: webP) == "image/webp")
        #expect(TMDBPosters.type(of: Data([0x89, 0x50, 0x4E, 0x47])) == "image/png")
        for other in [Data(), Data("RIFF".utf8), Data("<svg onload=alert(1)>".utf8), webP.prefix(11)] {
            #expect(TMDBPosters.type(of: other) == nil)
        }
    }
}
