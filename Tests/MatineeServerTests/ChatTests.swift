import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import Testing

@Suite("The conversation over HTTP")
struct ChatTests {
    private func picks(_ reply: Reply) -> [String] {
        ((reply["picks"] as? [[String: Any]]) ?? []).compactMap { $0["id"] as? String }
    }

    private func understood(_ reply: Reply) -> [String] {
        ((reply["understood"] as? [[String: Any]]) ?? []).compactMap { $0["id"] as? String }
    }

    @Test("A message is answered with a turn, and the next one goes on from it")
    func conversation() async throws {
        try await Running.server { server in
            let first = try await server.post(
                "/v1/chat",
                #"{"message":"a spoof in space","conversation":"c1"}"#
            )
            #expect(
                first.status == 200 && first["conversation"] as? String == "c1" && first["turn"] as? Int == 1
            )
            #expect(picks(first).first == "spaceballs" && picks(first).count == 5)
            let second = try await server.post("/v1/chat", #"{"message":"more","conversation":"c1"}"#)
            #expect((second["request"] as? [String: Any])?["act"] as? String == "more")
            #expect(Set(picks(first)).isDisjoint(with: picks(second)))
            let sheet = try await server.get("/v1/conversations/c1")
            let messages = (sheet["messages"] as? [[String: Any]]) ?? []
            #expect(messages.compactMap { $0["message"] as? String } == ["a spoof in space", "more"])
            #expect(try server.store.users().map(\.user) == ["me"])
        }
    }

    @Test(
        "A stream tells what was understood, found, picked and said, in this order, and ends with all of it"
    )
    func stream() async throws {
        try await Running.server { server in
            let events = try await server.events(
                #"{"message":"loved Heat and hated Zardoz","conversation":"c1"}"#
            )
            #expect(events.map(\.name) == ["request", "candidates", "picks", "text", "fallback", "done"])
            let done = try #require(
                JSONSerialization.jsonObject(with: Data((events.last?.data ?? "").utf8)) as? [String: Any]
            )
            #expect(done["conversation"] as? String == "c1" && (done["fallbacks"] as? [Any])?.count == 1)
        }
    }

    @Test(
        "A part that was understood can be taken out: the message is answered again without it, in the place of the old answer"
    )
    func chips() async throws {
        try await Running.server { server in
            let first = try await server.post(
                "/v1/chat",
                #"{"message":"a French comedy, no romance","conversation":"c1"}"#
            )
            #expect(Set(understood(first)).isSuperset(of: ["genres.in:Comedy", "genres.out:Romance"]))
            #expect(!picks(first).contains("amelie"))
            let again = try await server.post(
                "/v1/chat",
                #"{"without":["genres.out:Romance"],"conversation":"c1"}"#
            )
            #expect(!understood(again).contains("genres.out:Romance") && picks(again).contains("amelie"))
            #expect(try server.store.log(of: "me").map(\.undone) == [true, false])
            let sheet = try await server.get("/v1/conversations/c1")
            #expect((sheet["messages"] as? [Any])?.count == 1)
            let third = try await server.post(
                "/v1/chat",
                #"{"without":["genres.in:Comedy"],"conversation":"c1"}"#
            )
            #expect(Set(understood(third)).isDisjoint(with: ["genres.out:Romance", "genres.in:Comedy"]))
            let none = try await server.post("/v1/chat", #"{"without":["wish"],"conversation":"c2"}"#)
            #expect(none.status == 404 && none.problem == "no-message")
        }
    }

    @Test("What was said last is taken back by a word, and by a request")
    func undo() async throws {
        try await Running.server { server in
            _ = try await server.post("/v1/chat", #"{"message":"a spoof","conversation":"c1"}"#)
            let said = try await server.post("/v1/chat", #"{"message":"undo","conversation":"c1"}"#)
            #expect((said["reply"] as? String)?.contains("taken back") == true)
            _ = try await server.post("/v1/chat", #"{"message":"a heist","conversation":"c1"}"#)
            let undone = try await server.post("/v1/undo", #"{"conversation":"c1"}"#)
            #expect(undone["undone"] as? Bool == true && undone["turn"] as? Int == 2)
            _ = try await server.post("/v1/feedback", #"{"film":"heat","stance":"liked"}"#)
            #expect(try await server.post("/v1/undo", "{}")["films"] as? [String] == ["heat"])
            #expect(try await server.post("/v1/undo", "{}")["undone"] as? Bool == false)
            let sheet = try await server.get("/v1/conversations/c1")
            let messages = (sheet["messages"] as? [[String: Any]]) ?? []
            #expect(messages.compactMap { $0["undone"] as? Bool } == [true, false, true])
        }
    }

    @Test("Feedback moves the taste, which can be seen, exported and deleted")
    func taste() async throws {
        try await Running.server { server in
            _ = try await server.post("/v1/chat", #"{"message":"a heist at night","conversation":"c1"}"#)
            _ = try await server.post("/v1/feedback", #"{"film":"heat","stance":"liked"}"#)
            let taste = try await server.get("/v1/taste")
            #expect(((taste["liked"] as? [[String: Any]]) ?? []).first?["id"] as? String == "heat")
            #expect((taste["trail"] as? [Any])?.count == 1 && (taste["genres"] as? [Any])?.isEmpty == false)
            let export = try await server.get("/v1/taste/export")
            #expect(export.headers["Content-Disposition"].first?.hasPrefix("attachment") == true)
            #expect((export["turns"] as? [Any])?.count == 1)
            #expect(try await (server.get("/v1/history")["turns"] as? [Any])?.count == 1)
            #expect(try await server.send("DELETE", "/v1/taste").status == 204)
            #expect(try server.store.users().isEmpty)
            #expect(try await (server.get("/v1/conversations/c1")["messages"] as? [Any])?.isEmpty == true)
            #expect(try await server.get("/v1/taste")["turns"] as? Int == 0)
        }
    }

    @Test("A message of any kind is answered, or refused with a problem, and the server goes on")
    func anything() async throws {
        try await Running.server { server in
            var fuzzer = Fuzzer(seed: 9)
            for _ in 0..<60 {
                let body = try JSONEncoder().encode(["message": fuzzer.text(upTo: 300)])
                let good = String(decoding: body, as: UTF8.self), spoilt = fuzzer.spoilt(good)
                #expect(try await server.post("/v1/chat", good).status == 200, "\(good)")
                let reply = try await server.post("/v1/chat", spoilt)
                #expect([200, 400, 404].contains(reply.status), "\(spoilt) \(reply.text)")
            }
            #expect(try await server.get("/health").status == 200)
        }
    }

    @Test("Messages of one conversation are answered one after the other, also when they come at once")
    func together() async throws {
        try await Running.server { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for i in 0..<8 {
                    group.addTask {
                        let body = #"{"message":"a spoof \#(i)","conversation":"c1"}"#
                        let reply = try await server.post("/v1/chat", body)
                        #expect(reply.status == 200)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try server.store.log(of: "me").compactMap(\.record.turn) == Array(1...8))
            #expect(try await (server.get("/v1/conversations/c1")["messages"] as? [Any])?.count == 8)
        }
    }
}
