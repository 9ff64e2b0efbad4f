import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import Testing

@Suite("Assistants")
struct AssistantTests {
    private func ask(_ texts: String..., stream: Bool = false) throws -> String {
        let messages = texts.enumerated().map { ["role": $0 % 2 == 0 ? "user" : "assistant", "content": $1] }
        let body: [String: Any] = ["model": "matinee", "messages": messages, "stream": stream]
        return try String(decoding: JSONSerialization.data(withJSONObject: body), as: UTF8.self)
    }

    private func text(_ reply: Reply) -> String {
        let choice = (reply["choices"] as? [[String: Any]])?.first
        return (choice?["message"] as? [String: Any])?["content"] as? String ?? ""
    }

    @Test(
        "A chat completion lists films, goes on from the messages sent, and remembers nothing without a user's token"
    )
    func completions() async throws {
        try await Running.server { server in
            let first = try await server.post(
                "/v1/chat/completions",
                ask("a spoof in space"),
                token: "sk-any"
            )
            #expect(text(first).contains("1. **Spaceballs** (1987)"))
            let more = try await server.post(
                "/v1/chat/completions",
                ask("a spoof in space", text(first), "more")
            )
            #expect(!text(more).contains("Spaceballs") && text(more).contains("1. **"))
            #expect(try server.store.users().isEmpty)
            let token = server.tokens.token(for: "ana")
            _ = try await server.post("/v1/chat/completions", ask("a heist", "x", "a spoof"), token: token)
            #expect(try server.store.log(of: "ana").count == 1)
        }
    }

    @Test("A stream of chunks says what the whole answer says, and ends as OpenAI's do")
    func stream() async throws {
        try await Running.server { server in
            let whole = try await text(server.post("/v1/chat/completions", ask("a heist")))
            let events = try await server.events(ask("a heist", stream: true), at: "/v1/chat/completions")
            #expect(events.last?.data == "[DONE]" && events.allSatisfy { $0.name.isEmpty })
            let pieces = events.dropLast().compactMap { event -> String? in
                let chunk = try? JSONSerialization.jsonObject(with: Data(event.data.utf8)) as? [String: Any]
                return ((chunk?["choices"] as? [[String: Any]])?.first?["delta"] as? [String: Any])?[
                    "content"
                ] as? String
            }
            #expect(pieces.joined() == whole)
        }
    }

    @Test("Errors have OpenAI's form beside that of problems")
    func errors() async throws {
        try await Running.server { server in
            let reply = try await server.post("/v1/chat/completions", #"{"messages":[]}"#)
            #expect(
                reply.status == 400
                    && (reply["error"] as? [String: Any])?["type"] as? String == "invalid_request_error"
            )
            #expect(try await server.get("/v1/models/other").status == 404)
            #expect(try await server.get("/v1/films/none")["error"] == nil)
        }
    }

    @Test("What films are called cannot become markup in an assistant's window")
    func markup() async throws {
        let rows =
            #"{"id":"x","title":"<b>*Heist*</b> [x](http://x)","overview":"A heist. <script>","keywords":["heist"]}"#
        try await Running.server(rows: rows + "\n") { server in
            let said = try await text(server.post("/v1/chat/completions", ask("a heist")))
            #expect(
                said.contains(#"**\<b\>\*Heist\*\</b\> \[x\]\(http://x\)**"#) && !said.contains("<script>"),
                "\(said)"
            )
        }
    }

    private func call(_ tool: String, _ arguments: String) -> String {
        #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    }

    @Test("Over HTTP a session of the Model Context Protocol goes on from what was said in it")
    func sessions() async throws {
        try await Running.server { server in
            let hello = try await server.post(
                "/mcp",
                #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#
            )
            let session = try #require(hello.headers["Mcp-Session-Id"].first)
            let headers = ["Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-11-25"]
            #expect(
                try await server.post(
                    "/mcp",
                    #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                    headers: headers
                ).status == 202
            )
            let first = try await server.post(
                "/mcp",
                call("recommend", #"{"wish":"a spoof in space"}"#),
                headers: headers
            )
            #expect(first.text.contains("Spaceballs"))
            let why = try await server.post("/mcp", call("why", #"{"film":1}"#), headers: headers)
            #expect(why.text.contains("number 1"))
            let other = try await server.post("/mcp", call("why", #"{"film":1}"#))
            #expect(other.text.contains(#""isError":true"#))
            #expect(try await server.send("DELETE", "/mcp", headers: headers).status == 204)
            let after = try await server.post("/mcp", call("why", #"{"film":1}"#), headers: headers)
            #expect(after.text.contains(#""isError":true"#))
            #expect(try await server.get("/mcp").status == 405)
            #expect(
                try await server.post("/mcp", "{}", headers: ["MCP-Protocol-Version": "1999-01-01"]).status
                    == 400
            )
        }
    }

    @Test("Messages of any kind get an answer of JSON-RPC, or none")
    func anything() async throws {
        try await Running.server { server in
            var fuzzer = Fuzzer(seed: 3)
            let good = [
                call("recommend", #"{"wish":"a heist","limit":3}"#),
                call("find_film", #"{"title":"solaris"}"#),
                call("feedback", #"{"film":"Heat","stance":"liked"}"#),
                #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
            ]
            for _ in 0..<100 {
                let reply = try await server.post("/mcp", fuzzer.spoilt(fuzzer.one(of: good)))
                #expect(
                    reply.status == 202 || reply.status == 200 && reply["jsonrpc"] as? String == "2.0",
                    "\(reply.text)"
                )
            }
        }
    }
}
