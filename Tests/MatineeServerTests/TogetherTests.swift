import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import Testing

@Suite("Several who watch together, over HTTP")
struct TogetherTests {
    private func turns(_ server: Running) throws -> [String: Int] {
        try Dictionary(uniqueKeysWithValues: server.store.users().map { ($0.user, $0.turns) })
    }

    private func chat(
        _ server: Running,
        _ message: String,
        _ together: [String],
        token: String? = nil,
        without: String? = nil
    )
        async throws -> Reply
    {
        var body: [String: Any] = ["message": message, "conversation": "c", "together": together]
        if let without { body["without"] = [without] }
        let text = try String(decoding: JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        return try await server.post("/v1/chat", text, token: token)
    }

    @Test("All remember what is watched together; a part taken out replaces it for all")
    func remembered() async throws {
        try await Running.server { server in
            let first = try await chat(server, "a comedy, no horror", ["ben", "me", "ben"])
            #expect(first.status == 200, "\(first.text)")
            #expect(try turns(server) == ["me": 1, "ben": 1])
            let part = try #require((first["understood"] as? [[String: Any]])?.last?["id"] as? String)
            #expect(try await chat(server, "", ["ben"], without: part).status == 200)
            let live = try ["me", "ben"].map { try server.store.turns(of: $0, before: nil, limit: 9).count }
            #expect(live == [1, 1])
        }
    }

    @Test("Of others only those take part who gave their tokens")
    func consent() async throws {
        try await Running.server(ServerSettings(port: 0, requiresToken: true)) { server in
            let ana = server.tokens.token(for: "ana"), ben = server.tokens.token(for: "ben")
            let refused = try await chat(server, "a comedy", ["ben"], token: ana)
            #expect(refused.status == 403 && refused.problem == "other-user")
            #expect(try turns(server).isEmpty)
            #expect(try await chat(server, "a comedy", [ben], token: ana).status == 200)
            #expect(try turns(server) == ["ana": 1, "ben": 1])
            let many = Array(repeating: ben, count: 8)
            #expect(try await chat(server, "a comedy", many, token: ana).status == 400)
        }
    }
}
