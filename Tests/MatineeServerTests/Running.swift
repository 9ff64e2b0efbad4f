import AsyncHTTPClient
import Foundation
import Matinee
import MatineeServer
import MatineeTesting
import NIOCore
import NIOHTTP1
import Testing

/// An answer of the server.
struct Reply {
    /// Headers by name, whose case does not matter.
    struct Headers {
        fileprivate var fields: HTTPHeaders
        subscript(_ name: String) -> [String] { fields[name] }
    }

    var status: Int
    var headers: Headers
    var body: Data

    /// The body, read as JSON; `NSNull` where it is none.
    var json: Any { (try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)) ?? NSNull() }

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(_ key: String) -> Any? { (json as? [String: Any])?[key] }

    /// The end of a problem's type.
    var problem: String? { (self["type"] as? String)?.replacing("urn:matinee:problem:", with: "") }
}

/// A server of the tiny catalogue on a free port, with a client.
struct Running {
    let port: Int
    let tokens: Tokens
    let store: InMemoryStore

    /// Runs a server for as long as some work takes.
    static func server(
        _ settings: ServerSettings = ServerSettings(port: 0),
        isLoading: Bool = false,
        rows: String = TinyCatalog.rows,
        embedder: any Embedder = HashEmbedder(),
        poster: (@Sendable (Movie) async -> Engine.Poster?)? = nil,
        _ work: @escaping @Sendable (Running) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder(), store = InMemoryStore(), tokens = try Tokens(folder: folder.url)
        let recommender = try await TinyCatalog.recommender(store: store, embedder: embedder, rows: rows)
        let server = MatineeServer(settings: settings, tokens: tokens)
        let ports = AsyncStream.makeStream(of: Int.self), made = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { ports.continuation.finish() }
                try await server.run(stopsAtSignals: false, onListening: { ports.continuation.yield($0) }) {
                    report in
                    defer { made.continuation.finish() }
                    while isLoading {
                        report("The films are being read.")
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    return Engine(recommender: recommender, store: store, poster: poster) {
                        map(of: recommender)
                    }
                }
            }
            var hasRun = false
            for await port in ports.stream {
                hasRun = true
                if !isLoading { for await _ in made.stream {} }
                let running = Running(port: port, tokens: tokens, store: store)
                if !isLoading { try await running.waitUntilReady() }
                try await work(running)
                break
            }
            #expect(hasRun, "The server did not start.")
            group.cancelAll()
            while let result = await group.nextResult() { _ = result }
        }
    }

    /// A map on which films lie in a row.
    private static func map(of recommender: Recommender) -> Engine.FilmMap {
        let count = recommender.artifacts.catalog.count
        return Engine.FilmMap(
            places: (0..<count).map { Engine.Place(x: Float($0) / Float(count), y: 0) },
            region: Array(repeating: 0, count: count),
            regions: [Engine.Region(keywords: ["all"], x: 0, y: 0, films: count)],
            place: { Engine.Place(x: $0[0], y: $0[1]) }
        )
    }

    private func waitUntilReady() async throws {
        while try await get("/ready").status != 200 { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Sends a request.
    /// - Parameter body: sent as JSON, unless another type is given.
    func send(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let data = try await response.body.collect(upTo: 10_000_000)
        let headers = Reply.Headers(fields: response.headers)
        return Reply(status: Int(response.status.code), headers: headers, body: Data(data.readableBytesView))
    }

    func get(_ path: String, token: String? = nil, headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, token: token, headers: headers)
    }

    func post(_ path: String, _ body: String, token: String? = nil, headers: [String: String] = [:])
        async throws -> Reply
    {
        try await send("POST", path, body, token: token, headers: headers)
    }

    /// Says something and gives the events that come.
    func events(_ body: String, at path: String = "/v1/chat") async throws -> [(name: String, data: String)] {
        let reply = try await post(path, body, headers: ["Accept": "text/event-stream"])
        #expect(
            reply.status == 200 && reply.headers["Content-Type"].first?.hasPrefix("text/event-stream") == true
        )
        return reply.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { event in
            let lines = event.split(separator: "\n").map(String.init)
            let name = lines.first { $0.hasPrefix("event: ") }?.dropFirst(7)
            let data = lines.first { $0.hasPrefix("data: ") }?.dropFirst(6)
            return (String(name ?? ""), String(data ?? ""))
        }
    }
}
