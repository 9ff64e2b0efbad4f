import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import Testing

@Suite("The server")
struct ServerTests {
    @Test(
        "While the films are being read, it is healthy, says what is missing, and refuses the rest politely"
    )
    func loading() async throws {
        try await Running.server(isLoading: true) { server in
            #expect(try await server.get("/health").status == 200)
            let ready = try await server.get("/ready")
            #expect(ready.status == 503 && ready.headers["Retry-After"] == ["2"])
            #expect(ready.headers["Content-Type"] == ["application/problem+json"])
            let chat = try await server.post("/v1/chat", #"{"message":"a heist"}"#)
            #expect(chat.status == 503 && chat.problem == "not-ready")
            #expect(try await server.get("/").status == 200)
        }
    }

    @Test("Every operation answers as its description says, and nothing else is there")
    func description() async throws {
        let picture = Engine.Poster(data: Data([1]), type: "image/png")
        try await Running.server(poster: { _ in picture }) { server in
            let description = try Description()
            let talk = try await server.post("/v1/chat", #"{"message":"loved Heat","conversation":"heat"}"#)
            #expect(talk.status == 200)
            for operation in try description.operations {
                let path = operation.path.replacing(
                    "{id}",
                    with: operation.path.contains("models") ? "matinee" : "heat"
                )
                let reply = try await server.send(operation.method, path, operation.example)
                #expect(
                    reply.status < 300 || ["/v1/session", "/v1/imports"].contains(operation.path),
                    "\(operation.method) \(path): \(reply.text)"
                )
                #expect(
                    description.faults(reply, of: operation).isEmpty,
                    "\(operation.method) \(path): \(description.faults(reply, of: operation))"
                )
            }
            let served = try await server.get("/openapi.json")
            #expect(
                try await server.get(
                    "/openapi.json",
                    headers: ["If-None-Match": served.headers["ETag"].first ?? ""]
                ).status == 304
            )
        }
    }

    @Test("The routes are those of the description, and their methods those described")
    func routes() async throws {
        let operations = try Description().operations,
            known = Set(operations.map { "\($0.method) \($0.path)" })
        let served = Set(
            MatineeServer.operations.filter {
                !$0.hasSuffix(".js") && !$0.hasSuffix(".css") && !$0.hasSuffix(".svg")
            }
        )
        #expect(served.subtracting(["GET /"]) == known)
    }

    @Test("Another method of a known path is refused with those that it has; an unknown path is not found")
    func methods() async throws {
        try await Running.server { server in
            for path in Set(try Description().operations.map(\.path)) {
                let reply = try await server.send("PATCH", path.replacing("{id}", with: "heat"))
                #expect(reply.status == 405 && reply.headers["Allow"].first?.isEmpty == false, "\(path)")
            }
            for path in [
                "/nothing", "/v1", "/v1/films/heat/other", "/../etc/passwd", "/%2e%2e/server.key",
                "/app.css/x",
            ] {
                let reply = try await server.get(path)
                #expect(reply.status == 404 && reply.problem == "not-found", "\(path)")
            }
            #expect(try await server.send("HEAD", "/health").status == 200)
        }
    }

    @Test("A body that is too large is refused")
    func large() async throws {
        try await Running.server { server in
            let body = #"{"message":""# + String(repeating: "x", count: 100_000) + #""}"#
            let reply = try await server.post("/v1/chat", body)
            #expect(reply.status == 413 && reply.problem == "too-large")
        }
    }

    @Test(
        "What a request gets wrong is named",
        arguments: [
            (#"{"message":5}"#, "message"), (#"{}"#, "message"), (#"[]"#, "object"),
            (#"{"message":"#, "JSON"),
            (#"{"message":"a","limit":0}"#, "limit"), (#"{"message":"a","limit":101}"#, "limit"),
            (#"{"message":"a","conversation":"a b"}"#, "conversation"),
            (#"{"message":"a","conversation":""}"#, "conversation"),
        ]
    )
    func wrong(_ body: String, _ word: String) async throws {
        try await Running.server { server in
            let reply = try await server.post("/v1/chat", body)
            #expect(
                reply.status == 400 && (reply["detail"] as? String)?.contains(word) == true,
                "\(reply.text)"
            )
        }
    }

    @Test("Who asks too fast is told how long to wait, and others are not held up")
    func rate() async throws {
        try await Running.server(ServerSettings(port: 0, turnRate: 0.034)) { server in
            func ask(_ token: String?) async throws -> Reply {
                try await server.post("/v1/recommendations", #"{"message":"a heist"}"#, token: token)
            }
            var replies: [Int] = []
            for _ in 0..<5 { try await replies.append(ask(nil).status) }
            #expect(replies == [200, 429, 429, 429, 429])
            let refused = try await ask(server.tokens.token(for: "ana"))
            #expect(refused.status == 429 && Int(refused.headers["Retry-After"].first ?? "") ?? 0 >= 1)
            #expect(try await server.get("/health").status == 200)
            #expect(try await server.get("/metrics").text.contains("matinee_rate_limited_total 5"))
        }
    }

    @Test("The figures count what was done")
    func metrics() async throws {
        try await Running.server { server in
            _ = try await server.post("/v1/chat", #"{"message":"loved Heat, hated Zardoz"}"#)
            _ = try await server.get("/nothing")
            let text = try await server.get("/metrics").text
            for line in [
                #"matinee_requests_total{method="POST",route="/v1/chat",status="200"} 1"#,
                #"matinee_fallbacks_total{kind="unknown_titles"} 1"#, "matinee_turn_seconds_count 1",
                "matinee_ready 1",
                #"matinee_requests_total{method="GET",route="NotFound",status="404"} 1"#,
                "matinee_conversations 1",
            ] {
                #expect(text.contains(line + "\n"), "\(line)")
            }
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                #expect(
                    line.wholeMatch(
                        of: /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+/.ignoresCase()
                    ) != nil,
                    "\(line)"
                )
            }
        }
    }

    @Test("Of many conversations the latest are kept")
    func bounded() async throws {
        try await Running.server(ServerSettings(port: 0, turnRate: 10_000)) { server in
            for i in 0..<2_050 {
                _ = try await server.post("/v1/chat", #"{"message":"undo","conversation":"c\#(i)"}"#)
            }
            for (name, count) in [("c0", 0), ("c49", 0), ("c50", 1), ("c2049", 1)] {
                let sheet = try await server.get("/v1/conversations/\(name)")
                #expect((sheet["messages"] as? [Any])?.count == count, "\(name)")
            }
            #expect(try await server.get("/metrics").text.contains("matinee_conversations 2000\n"))
        }
    }

    @Test("Films are found by words, shown, and compared")
    func films() async throws {
        try await Running.server { server in
            let found = try await server.get("/v1/films?query=solaris").json as? [[String: Any]]
            #expect(found?.compactMap { $0["id"] as? String } == ["solaris-1972", "solaris-2002"])
            #expect(try await server.get("/v1/films/heat")["title"] as? String == "Heat")
            #expect(try await server.get("/v1/films/none").problem == "unknown-film")
            let similar = try await server.get("/v1/films/heat/similar?limit=3").json as? [[String: Any]]
            #expect(
                similar?.count == 3 && (similar?[0]["film"] as? [String: Any])?["id"] as? String != "heat"
            )
            #expect(try await server.get("/v1/films/heat/similar?limit=x").status == 400)
            #expect(try await (server.get("/v1/map?limit=5")["films"] as? [Any])?.count == 5)
        }
    }
}
