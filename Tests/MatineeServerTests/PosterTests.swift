import Foundation
import Matinee
import MatineeServer
import Testing

@Suite("Posters over HTTP")
struct PosterTests {
    @Test("A real poster is sent as what it is; where there is none, the page draws one")
    func posters() async throws {
        let picture = Data([0xFF, 0xD8, 0xFF, 1])
        try await Running.server(poster: { movie in
            movie.id == "heat" ? Engine.Poster(data: picture, type: "image/jpeg") : nil
        }) { server in
            #expect(try await server.get("/v1/session")["posters"] as? Bool == true)
            let found = try await server.get("/v1/films/heat/poster")
            #expect(found.status == 200 && found.body == picture)
            #expect(found.headers["Content-Type"] == ["image/jpeg"])
            #expect(found.headers["Cache-Control"] == ["private, max-age=86400"])
            #expect(try await server.get("/v1/films/amelie/poster").problem == "no-poster")
            #expect(try await server.get("/v1/films/nothing/poster").problem == "unknown-film")
        }
    }

    @Test("Without a key for TMDB there are no real posters")
    func none() async throws {
        try await Running.server { server in
            let session = try await server.get("/v1/session")
            #expect(session["posters"] as? Bool == false)
            #expect(try await server.get("/v1/films/heat/poster").status == 404)
        }
    }
}
