import Foundation
import MatineeNetwork
import MatineeTesting
import Synchronization
import Testing

@Suite("Collecting feeds")
struct FeedCollectorTests {
    private let folder: TemporaryFolder
    private static let feed = Array("<rss/>".utf8)

    init() throws { folder = try TemporaryFolder() }

    private func collector(_ waits: Waits = Waits(), hours: Int = 0) -> FeedCollector {
        FeedCollector(
            FeedFetcher(allowsPrivate: true),
            cache: folder.url,
            time: waits.time,
            now: { Date(timeIntervalSince1970: 1.7e9 + Double(hours) * 3_600) }
        )
    }

    @Test(
        "One request a second, the rules first; what is known is asked for again after a day, and only if it changed"
    )
    func polite() async throws {
        let server = try await TestServer(["/ana": .file(Self.feed, tag: "1"), "/bo": .bytes(Self.feed)]),
            waits = Waits()
        let collector = collector(waits)
        for path in ["/ana", "/bo", "/ana"] {
            #expect(try await collector.feed(server.address + path) == Self.feed)
        }
        #expect(server.requests.map(\.uri) == ["/robots.txt", "/ana", "/bo"] && waits.total >= .seconds(2))
        server.answer("/ana", with: .status(304))
        #expect(try await self.collector(hours: 23).feed(server.address + "/ana") == Self.feed)
        #expect(server.requests.count == 3)
        #expect(try await self.collector(hours: 25).feed(server.address + "/ana") == Self.feed)
        #expect(server.requests.last?["if-none-match"] == "\"1\"")
    }

    @Test(
        "What robots.txt forbids is not asked for; without one, all may be; where it cannot be had, nothing"
    )
    func robots() async throws {
        let rules = """
            User-agent: *
            Disallow: /

            User-agent: Matinee
            Disallow: /private # not these
            Allow: /private/rss$
            Disallow: /*.xml
            """
        let paths = [
            "/ana": TestServer.Answer.bytes(Self.feed), "/private/x": .bytes(Self.feed),
            "/private/rss": .bytes(Self.feed), "/a/b.xml": .bytes(Self.feed),
        ]
        let server = try await TestServer(paths.merging(["/robots.txt": .bytes(Array(rules.utf8))]) { $1 })
        let collector = collector()
        for (path, isAllowed) in [
            ("/ana", true), ("/private/x", false), ("/private/rss", true), ("/a/b.xml", false),
        ] {
            let address = server.address + path
            if isAllowed {
                #expect(try await collector.feed(address) == Self.feed, "\(path)")
            } else {
                await #expect(throws: FeedError.forbidden(address), "\(path)") {
                    try await collector.feed(address)
                }
            }
        }
        let broken = try await TestServer(["/ana": .bytes(Self.feed), "/robots.txt": .status(500)])
        await #expect(throws: FeedError.forbidden(broken.address + "/ana")) {
            try await self.collector().feed(broken.address + "/ana")
        }
    }

    @Test("A server that asks for quiet is left alone for so long, and not for ever")
    func busy() async throws {
        let server = try await TestServer([
            "/ana": .sequence([.busy(429, retryAfter: 7), .bytes(Self.feed)]),
            "/bo": .busy(503, retryAfter: 9_999),
        ])
        let waits = Waits()
        #expect(try await collector(waits).feed(server.address + "/ana") == Self.feed)
        #expect(waits.all.contains(.seconds(7)))
        await #expect(throws: FeedError.busy(server.address + "/bo", seconds: 9_999)) {
            try await collector().feed(server.address + "/bo")
        }
    }
}
