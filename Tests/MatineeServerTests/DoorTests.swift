import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import Testing

@Suite("Who may do what")
struct DoorTests {
    /// Every operation of the API's description, with parameters filled in and a body that is right.
    private func operations() throws -> [(method: String, path: String, body: String?, open: Bool)] {
        try Description().operations.map {
            ($0.method, $0.path.replacing("{id}", with: "heat"), $0.example, $0.isOpen)
        }
    }

    @Test("With tokens required, every route that tells or changes something refuses those without one")
    func tokenRequired() async throws {
        try await Running.server(ServerSettings(port: 0, requiresToken: true)) { server in
            for (method, path, body, open) in try operations() where !open {
                for token in [nil, "", "mt1.x.y", server.tokens.token(for: "ana") + "A", "sk-anything"] {
                    let reply = try await server.send(method, path, body, token: token)
                    #expect(
                        reply.status == 401 && reply.problem == "token",
                        "\(method) \(path) \(token ?? "-")"
                    )
                }
            }
        }
    }

    @Test("Nobody reads or changes what is another user's, on any route")
    func otherUser() async throws {
        try await Running.server(ServerSettings(port: 0, requiresToken: true)) { server in
            let (ana, bo) = (server.tokens.token(for: "ana"), server.tokens.token(for: "bo"))
            let owner = server.tokens.token(for: "me", owner: true)
            _ = try await server.post("/v1/chat", #"{"message":"a heist","conversation":"c1"}"#, token: ana)
            let before = try server.store.export("ana")
            for (method, path, body, open) in try operations() where !open && !path.hasPrefix("/v1/models") {
                for token in [bo, owner] {
                    let reply = try await server.send(method, path + "?user=ana", body, token: token)
                    #expect(reply.status == 403, "\(method) \(path): \(reply.status)")
                    guard let body, body.hasPrefix("{"), path != "/v1/chat/completions", path != "/mcp",
                        path != "/v1/users"
                    else { continue }
                    let named = body == "{}" ? #"{"user":"ana"}"# : #"{"user":"ana","# + body.dropFirst()
                    #expect(try await server.send(method, path, named, token: token).status == 403, "\(path)")
                }
            }
            for (token, count) in [(bo, 0), (ana, 1)] {
                let sheet = try await server.get("/v1/conversations/c1", token: token)
                #expect((sheet["messages"] as? [Any])?.count == count)
            }
            #expect(try server.store.export("ana") == before)
        }
    }

    @Test("Only the owner sees who is there, makes tokens, and reads the figures")
    func owner() async throws {
        try await Running.server(ServerSettings(port: 0, requiresToken: true, ownerToken: "a secret of mine"))
        { server in
            let ana = server.tokens.token(for: "ana")
            for (method, path, body) in [
                ("GET", "/v1/users", nil), ("POST", "/v1/users", #"{"user":"bo"}"#), ("GET", "/metrics", nil),
            ] {
                #expect(try await server.send(method, path, body, token: ana).status == 403, "\(path)")
                #expect(
                    try await server.send(method, path, body, token: "a secret of mine").status < 300,
                    "\(path)"
                )
            }
            let made = try await server.post("/v1/users", #"{"user":"bo"}"#, token: "a secret of mine")
            #expect(made["token"] as? String == server.tokens.token(for: "bo"))
            #expect(
                try await server.get("/v1/taste", token: made["token"] as? String)["user"] as? String == "bo"
            )
        }
    }

    @Test("A request by a name that is not the server's, or from another page, is refused on every route")
    func hosts() async throws {
        try await Running.server { server in
            let host = "127.0.0.1:\(server.port)"
            for (method, path, body, _) in try operations() + [
                ("GET", "/", nil, true), ("GET", "/app.css", nil, true),
            ] {
                for headers in [
                    ["Host": "evil.example"], ["Host": "127.0.0.1.evil.example:\(server.port)"], ["Host": ""],
                    ["Host": host, "Origin": "https://evil.example"], ["Host": host, "Origin": "null"],
                    ["Host": host, "Origin": "http://127.0.0.1:1"],
                ] {
                    let reply = try await server.send(method, path, body, headers: headers)
                    #expect(reply.status == 403, "\(method) \(path) \(headers): \(reply.status)")
                }
            }
            #expect(
                try await server.get("/v1/taste", headers: ["Sec-Fetch-Site": "cross-site"]).status == 403
            )
            for name in ["localhost", "localhost:1234", "127.0.0.1", "[::1]:80"] {
                #expect(try await server.get("/health", headers: ["Host": name]).status == 200, "\(name)")
            }
            let own = try await server.post(
                "/v1/undo",
                "{}",
                headers: ["Origin": "http://127.0.0.1:\(server.port)"]
            )
            #expect(own.status == 200)
        }
    }

    @Test("What is no JSON by its type is refused where JSON is wanted")
    func types() async throws {
        try await Running.server { server in
            for (method, path, body, _) in try operations() where body != nil {
                for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
                    let reply = try await server.send(method, path, body, headers: ["Content-Type": type])
                    #expect(reply.status == 415, "\(path) \(type): \(reply.status)")
                }
            }
        }
    }

    @Test("A browser signs in by a cookie that pages cannot read and others do not send")
    func cookie() async throws {
        try await Running.server(ServerSettings(port: 0, requiresToken: true)) { server in
            let token = server.tokens.token(for: "ana")
            #expect(try await server.post("/v1/session", #"{"token":"mt1.x.y"}"#).status == 401)
            let reply = try await server.post("/v1/session", #"{"token":"\#(token)"}"#)
            let cookie = try #require(reply.headers["Set-Cookie"].first)
            #expect(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict")
                    && !cookie.contains("Secure")
            )
            let pair = String(cookie.split(separator: ";")[0])
            let taste = try await server.get("/v1/taste", headers: ["Cookie": pair])
            #expect(taste["user"] as? String == "ana")
            let over = try await server.send("DELETE", "/v1/session")
            #expect(over.headers["Set-Cookie"].first?.contains("Max-Age=0") == true)
        }
    }

    @Test("Every answer forbids to be framed, sniffed or to run what is not the server's")
    func headers() async throws {
        try await Running.server { server in
            for path in ["/", "/health", "/v1/taste", "/nothing", "/openapi.json"] {
                let headers = try await server.get(path).headers
                let policy = headers["Content-Security-Policy"].first ?? ""
                #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
                #expect(headers["X-Content-Type-Options"] == ["nosniff"], "\(path)")
            }
        }
    }

    @Test("A token is of one user, cannot be changed, and other keys' tokens are none")
    func tokens() throws {
        let folder = try TemporaryFolder(), other = try TemporaryFolder()
        let tokens = try Tokens(folder: folder.url)
        #expect(try Tokens(folder: folder.url).token(for: "Zoë 🎬") == tokens.token(for: "Zoë 🎬"))
        #expect(try Tokens(folder: other.url).token(for: "ana") != tokens.token(for: "ana"))
        #expect(tokens.token(for: "ana") != tokens.token(for: "ana", owner: true))
        #expect(tokens.isFirstShowing() && !tokens.isFirstShowing())
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.url.appending(path: "server.key").path
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}
