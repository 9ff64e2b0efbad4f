import Foundation
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Fetching feeds")
struct FeedTests {
    private static let bytes = Array("<rss/>".utf8)

    private func server(_ answers: [String: TestServer.Answer]) async throws -> TestServer {
        try await TestServer(answers)
    }

    @Test("A feed is fetched, with its version, and not again while it is the same")
    func fetched() async throws {
        let server = try await server(["/rss": .file(Self.bytes, tag: "v1")])
        let fetcher = FeedFetcher(allowsPrivate: true)
        #expect(try await fetcher.fetch(server.address + "/rss") == .feed(Self.bytes, .init(tag: "\"v1\"")))
        server.answer("/rss", with: .status(304))
        #expect(try await fetcher.fetch(server.address + "/rss", since: .init(tag: "\"v1\"")) == .unchanged)
        #expect(server.requests.map { $0["if-none-match"] } == [nil, "\"v1\""])
        #expect(server.requests.allSatisfy { $0["user-agent"]?.hasPrefix("matinee/") == true })
    }

    @Test("This machine and private networks are not asked, whatever they are called")
    func privateAddresses() async throws {
        let server = try await server(["/rss": .bytes(Self.bytes)])
        let port = server.address.split(separator: ":").last ?? ""
        for host in [
            "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]",
        ] {
            await #expect(throws: FeedError.self, "\(host)") {
                try await FeedFetcher().fetch("http://\(host):\(port)/rss")
            }
        }
        #expect(server.requests.isEmpty)
    }

    @Test("A name with one private address among public ones is not asked")
    func mixedAddresses() async throws {
        for addresses in [
            ["10.0.0.1"], ["93.184.215.14", "192.168.1.1"], ["fd00::1"], ["169.254.169.254"], ["not one"],
        ] {
            let fetcher = FeedFetcher(resolve: { _ in addresses })
            await #expect(throws: FeedError.privateAddress("feeds.example")) {
                try await fetcher.fetch("https://feeds.example/rss")
            }
        }
    }

    @Test("The connection goes to the address that was checked, even where the name leads elsewhere by then")
    func pinned() async throws {
        let server = try await server(["/rss": .bytes(Self.bytes)])
        let port = server.address.split(separator: ":").last ?? ""
        let fetcher = FeedFetcher(allowsPrivate: true, resolve: { _ in ["127.0.0.1"] })
        #expect(try await fetcher.fetch("http://nowhere.invalid:\(port)/rss") == .feed(Self.bytes, .init()))
    }

    @Test("A redirect is followed as far as each of its addresses may be asked")
    func redirects() async throws {
        let server = try await server([
            "/a": .redirect("/b"), "/b": .bytes(Self.bytes), "/loop": .redirect("/loop"),
            "/file": .redirect("file:///etc/passwd"),
            "/private": .redirect("http://other.example/rss"),
        ])
        let fetcher = FeedFetcher(allowsPrivate: true)
        #expect(try await fetcher.fetch(server.address + "/a") == .feed(Self.bytes, .init()))
        await #expect(throws: FeedError.tooManyRedirects(server.address + "/loop")) {
            try await fetcher.fetch(server.address + "/loop")
        }
        await #expect(throws: FeedError.badAddress("file:///etc/passwd")) {
            try await fetcher.fetch(server.address + "/file")
        }
    }

    @Test("What is too large, too slow, away or asks for quiet is said so")
    func trouble() async throws {
        let server = try await server([
            "/large": .bytes([UInt8](repeating: 32, count: FeedFetcher.largest + 1)),
            "/busy": .busy(429, retryAfter: 7),
            "/slow": .slow(.bytes(Self.bytes), milliseconds: 5_000), "/gone": .status(404),
            "/cut": .broken(Self.bytes),
        ])
        let fetcher = FeedFetcher(allowsPrivate: true), address = server.address
        let hasty = FeedFetcher(allowsPrivate: true, seconds: 1)
        await #expect(throws: FeedError.tooLarge(address + "/large")) {
            try await fetcher.fetch(address + "/large")
        }
        await #expect(throws: FeedError.busy(address + "/busy", seconds: 7)) {
            try await fetcher.fetch(address + "/busy")
        }
        await #expect(throws: FeedError.refused(address + "/gone", status: 404)) {
            try await fetcher.fetch(address + "/gone")
        }
        for path in ["/slow", "/cut"] {
            await #expect(throws: FeedError.self) { try await hasty.fetch(address + path) }
        }
    }

    @Test(
        "Only addresses of HTTP without a user are taken",
        arguments: ["ftp://a/b", "file:///etc/passwd", "https://a:b@c/d", "", "rss", "https://"]
    )
    func addresses(_ text: String) async throws {
        await #expect(throws: FeedError.badAddress(text)) { try await FeedFetcher().fetch(text) }
    }
}
