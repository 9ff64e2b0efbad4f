import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import Testing

@Suite("Histories over HTTP")
struct ImportTests {
    private static let ratings =
        "Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Heat,1995,https://boxd.it/1,5\n2024-01-03,Nothing Known,1901,https://boxd.it/2,1\n"

    private func post(
        _ server: Running,
        _ body: String,
        service: String = "letterboxd",
        type: String = "text/csv",
        token: String? = nil
    )
        async throws -> Reply
    {
        try await server.send(
            "POST",
            "/v1/imports?service=\(service)",
            body,
            token: token,
            headers: ["Content-Type": type]
        )
    }

    @Test("An export is taken in once, and can be taken back")
    func taken() async throws {
        try await Running.server { server in
            let first = try await post(server, Self.ratings)
            #expect(first.status == 200, "\(first.text)")
            #expect(first["linked"] as? Int == 1 && first["changed"] as? Int == 1)
            #expect(first["unknown"] as? [String] == ["Nothing Known (1901)"])
            #expect(try await post(server, Self.ratings)["changed"] as? Int == 0)
            let liked = try await server.get("/v1/taste")["liked"] as? [[String: Any]]
            #expect(liked?.first?["id"] as? String == "heat")
            #expect(try await server.send("DELETE", "/v1/imports")["films"] as? Int == 1)
            #expect((try await server.get("/v1/taste")["liked"] as? [Any])?.isEmpty == true)
            #expect(try await server.send("DELETE", "/v1/imports")["films"] as? Int == 0)
        }
    }

    @Test(
        "What is no export is said without a place of this machine, and changes nothing",
        arguments: [
            ("PK\u{3}\u{4}broken", "letterboxd", "application/zip", 422),
            ("Const,Your Rating\n", "letterboxd", "text/csv", 422),
            ("[", "trakt", "application/json", 422), (ratings, "netflix", "text/csv", 400),
            (ratings, "imdb", "text/plain", 415),
            ("", "letterboxd", "application/zip", 422),
        ]
    )
    func wrong(_ body: String, _ service: String, _ type: String, _ status: Int) async throws {
        try await Running.server { server in
            let reply = try await post(server, body, service: service, type: type)
            #expect(reply.status == status && reply["detail"] is String, "\(reply.text)")
            #expect(!reply.text.contains("/matinee-"), "\(reply.text)")
            #expect(try server.store.users().isEmpty)
        }
    }

    @Test("A history is its user's alone")
    func others() async throws {
        try await Running.server(ServerSettings(port: 0, requiresToken: true)) { server in
            let nobody = try await post(server, Self.ratings)
            #expect(nobody.status == 401)
            let ana = server.tokens.token(for: "ana")
            #expect(try await post(server, Self.ratings, token: ana).status == 200)
            #expect(try server.store.users().map(\.user) == ["ana"])
            let ben = server.tokens.token(for: "ben")
            #expect(try await server.send("DELETE", "/v1/imports", token: ben)["films"] as? Int == 0)
            #expect(try await server.send("DELETE", "/v1/imports?user=ana", token: ben).status == 403)
        }
    }
}
