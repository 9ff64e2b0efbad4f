import AsyncHTTPClient
import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import NIOCore
import Synchronization
import Testing

/// An embedder that waits until it is let go, or stopped.
private final class WaitingEmbedder: Embedder {
    let inner = HashEmbedder()
    private let state = Mutex((isHolding: false, waiting: 0, stopped: 0))
    var name: String { inner.name }
    var dimension: Int { inner.dimension }
    var waiting: Int { state.withLock { $0.waiting } }
    var stopped: Int { state.withLock { $0.stopped } }

    func hold(_ isHolding: Bool) { state.withLock { $0.isHolding = isHolding } }

    func embed(_ texts: [String]) async throws -> [[Float]] {
        state.withLock { $0.waiting += 1 }
        defer { state.withLock { $0.waiting -= 1 } }
        while state.withLock({ $0.isHolding }) {
            do { try await Task.sleep(for: .milliseconds(1)) } catch {
                state.withLock { $0.stopped += 1 }
                throw error
            }
        }
        return try await inner.embed(texts)
    }

    /// Waits until something is so; not for ever.
    func until(_ holds: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(10)
        while !holds() {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}

@Suite("Clients that leave, and too many of them")
struct LeavingTests {
    @Test(
        "A client that leaves stops the work, and nothing is remembered",
        arguments: ["text/event-stream", "application/json"]
    )
    func leaving(_ type: String) async throws {
        let embedder = WaitingEmbedder()
        try await Running.server(embedder: embedder) { server in
            embedder.hold(true)
            let asking = Task {
                try await server.post(
                    "/v1/chat",
                    #"{"message":"a heist","conversation":"c1"}"#,
                    headers: ["Accept": type]
                )
            }
            try await embedder.until { embedder.waiting == 1 }
            asking.cancel()
            try await embedder.until { embedder.stopped == 1 && embedder.waiting == 0 }
            embedder.hold(false)
            #expect(try server.store.users().isEmpty)
            #expect(
                try await server.post("/v1/chat", #"{"message":"a heist","conversation":"c1"}"#).status == 200
            )
        }
    }

    @Test("So many messages are answered at once; others wait, and a line that is too long is refused")
    func line() async throws {
        let embedder = WaitingEmbedder()
        try await Running.server(ServerSettings(port: 0, turns: 2), embedder: embedder) { server in
            embedder.hold(true)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for i in 0..<6 {
                    group.addTask {
                        try await server.post("/v1/chat", #"{"message":"a heist","conversation":"c\#(i)"}"#)
                            .status
                    }
                }
                try await embedder.until { embedder.waiting == 2 }
                while try await !server.get("/metrics").text.contains("matinee_turns_waiting 4\n") {}
                #expect(embedder.waiting == 2)
                embedder.hold(false)
                for try await status in group { #expect(status == 200) }
            }
        }
    }

    @Test("A turn that takes too long ends with a problem, in a stream too")
    func slow() async throws {
        let embedder = WaitingEmbedder()
        var settings = ServerSettings(port: 0)
        settings.longestTurn = .milliseconds(100)
        try await Running.server(settings, embedder: embedder) { server in
            embedder.hold(true)
            let reply = try await server.post("/v1/chat", #"{"message":"a heist"}"#)
            #expect(reply.status == 504 && reply.problem == "too-slow")
            let events = try await server.events(#"{"message":"a heist"}"#)
            #expect(events.map(\.name) == ["error"] && events[0].data.contains("too-slow"))
        }
    }
}
