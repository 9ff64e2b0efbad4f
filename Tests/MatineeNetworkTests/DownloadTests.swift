import Crypto
import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Download of a data set")
struct DownloadTests {
    private static let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
    private static let path = "/ml-latest-small.zip"

    private let folder: TemporaryFolder
    private var target: URL { folder.url.appending(path: "ml-latest-small.zip") }

    init() throws { folder = try TemporaryFolder() }

    private static func sum(_ bytes: [UInt8] = bytes) -> [UInt8] {
        Array("MD5 (ml-latest-small.zip) = \(hexadecimal(Insecure.MD5.hash(data: bytes)))\n".utf8)
    }

    private static func answers(
        _ file: TestServer.Answer,
        sum: TestServer.Answer = .bytes(sum())
    ) -> [String: TestServer.Answer] { [path: file, path + ".md5": sum] }

    private func set(_ name: String = "movielens-latest-small") throws -> PublishedSet {
        try #require(PublishedSet.all.first { $0.name == name })
    }

    @discardableResult
    private func fetch(_ server: TestServer, backoff: Backoff = .none) async throws -> SetFetcher.Fetched {
        try await SetFetcher(base: server.address + "/", backoff: backoff).fetch(set(), into: folder.url)
    }

    private func content() throws -> [UInt8] { try Array(Data(contentsOf: target)) }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    /// The ranges that were asked for of the file.
    private func ranges(_ server: TestServer) -> [String?] {
        server.requests.filter { $0.uri == Self.path }.map { $0["range"] }
    }

    /// Where each request for the file began.
    private func starts(_ server: TestServer) -> [Int] {
        ranges(server).map { $0?.wholeMatch(of: /bytes=(\d+)-/).flatMap { Int($0.output.1) } ?? 0 }
    }

    @Test("A file arrives whole and checked, and is not fetched twice")
    func whole() async throws {
        let server = try await TestServer(Self.answers(.file(Self.bytes, tag: "a")))
        #expect(
            try await fetch(server) == SetFetcher.Fetched(file: target, wasHere: false, isChecked: true)
        )
        #expect(try content() == Self.bytes && files() == ["ml-latest-small.zip"])
        #expect(try await fetch(server).wasHere && ranges(server) == [nil])
        try await server.stop()
    }

    @Test("After every cut the download goes on where it was, and the bytes are the same")
    func cuts() async throws {
        let server = try await TestServer(Self.answers(.file(Self.bytes, tag: "a", cutAfter: 30_000)))
        let waits = Waits()
        try await fetch(server, backoff: waits.backoff)
        #expect(try content() == Self.bytes && files() == ["ml-latest-small.zip"])
        #expect(starts(server).dropFirst().allSatisfy { $0 > 0 } && starts(server).count >= 7)
        #expect(waits.all.count >= 6 && waits.all.allSatisfy { $0 <= .seconds(1) })
        try await server.stop()
    }

    @Test("A download that was given up is taken up by the next one")
    func resumed() async throws {
        let server = try await TestServer(
            Self.answers(.sequence([.file(Self.bytes, tag: "a", cutAfter: 90_000), .status(503)]))
        )
        await #expect(throws: DownloadError.refused(host: "127.0.0.1", 503)) { try await fetch(server) }
        #expect(try files() == ["ml-latest-small.zip.part", "ml-latest-small.zip.part.json"])
        server.answer(Self.path, with: .file(Self.bytes, tag: "a"))
        try await fetch(server)
        #expect(try content() == Self.bytes && starts(server).last ?? 0 > 0)
        try await server.stop()
    }

    @Test("When the server has another file by then, the download begins anew")
    func changed() async throws {
        let other = Array(Self.bytes.reversed())
        let server = try await TestServer(
            Self.answers(
                .sequence([.file(Self.bytes, tag: "a", cutAfter: 90_000), .file(other, tag: "b")]),
                sum: .bytes(Self.sum(other))
            )
        )
        try await fetch(server)
        #expect(try content() == other && starts(server).count == 2 && starts(server)[1] > 0)
        try await server.stop()
    }

    @Test("A server without ranges sends the file from its beginning")
    func withoutRanges() async throws {
        let server = try await TestServer(Self.answers(.sequence([.broken(Self.bytes), .bytes(Self.bytes)])))
        try await fetch(server)
        #expect(try content() == Self.bytes && ranges(server) == [nil, nil])
        try await server.stop()
    }

    @Test("A range that does not fit what is here is not used")
    func wrongRange() async throws {
        let shorter = Array(Self.bytes.prefix(95_000))
        let server = try await TestServer(
            Self.answers(
                .sequence([
                    .file(Self.bytes, tag: "a", cutAfter: 90_000), .file(shorter, tag: "a"),
                    .file(Self.bytes, tag: "a"),
                ])
            )
        )
        try await fetch(server)
        #expect(try content() == Self.bytes && starts(server).count == 3 && starts(server)[1] > 0)
        try await server.stop()
    }

    @Test("A part that another program spoilt does not become the file")
    func spoiltPart() async throws {
        let server = try await TestServer(
            Self.answers(.sequence([.file(Self.bytes, tag: "a", cutAfter: 90_000), .status(503)]))
        )
        _ = try? await fetch(server)
        let part = folder.url.appending(path: "ml-latest-small.zip.part")
        try Data(repeating: 7, count: 200_000 - 1).write(to: part)
        server.answer(Self.path, with: .file(Self.bytes, tag: "a"))
        await #expect(throws: DownloadError.damaged("ml-latest-small.zip")) { try await fetch(server) }
        #expect(try files().isEmpty)
        try await fetch(server)
        #expect(try content() == Self.bytes)
        try await server.stop()
    }

    @Test("A file with the wrong checksum is deleted, and an older one stays")
    func wrongChecksum() async throws {
        try Data("older".utf8).write(to: target)
        let server = try await TestServer(
            Self.answers(.file(Self.bytes, tag: "a"), sum: .bytes(Self.sum([1])))
        )
        await #expect {
            try await fetch(server)
        } throws: {
            "\($0)"
                == "ml-latest-small.zip arrived damaged: its size or checksum is wrong. Nothing was kept; try again."
        }
        #expect(try files() == ["ml-latest-small.zip"] && content() == Array("older".utf8))
        try await server.stop()
    }

    @Test("Without a checksum at the publisher the file is taken as it is, and that is said")
    func withoutChecksum() async throws {
        let server = try await TestServer([Self.path: .file(Self.bytes, tag: "a")])
        #expect(try await !fetch(server).isChecked && content() == Self.bytes)
        try await server.stop()
    }

    @Test(
        "What a server may send in place of the file leaves nothing behind",
        arguments: [
            (answers(.status(404)), "answered with status 404"),
            (answers(.status(500)), "answered with status 500"),
            (answers(.file(bytes, tag: "a"), sum: .bytes(Array("<html>".utf8))), "holds no MD5 checksum"),
            (
                answers(
                    .file(bytes, tag: "a"),
                    sum: .bytes([UInt8](repeating: 65, count: 1 << 17))
                ), "larger than"
            ),
            (answers(.file(bytes, tag: "a", cutAfter: 0)), "cannot be reached"),
            (answers(.redirect("https://127.0.0.1:9/")), "cannot be reached"),
        ]
    )
    func refused(_ answers: [String: TestServer.Answer], _ part: String) async throws {
        let server = try await TestServer(answers)
        await #expect {
            try await fetch(server)
        } throws: {
            "\($0)".contains(part)
        }
        #expect(try files().isEmpty)
        try await server.stop()
    }

    @Test("A download that is cancelled leaves a part that the next one goes on with")
    func cancelled() async throws {
        let server = try await TestServer(Self.answers(.file(Self.bytes, tag: "a", cutAfter: 90_000)))
        let task = Task {
            try await fetch(server, backoff: Backoff(sleep: { _ in try await Task.sleep(for: .seconds(60)) }))
        }
        while ranges(server).isEmpty || (try? files().contains("ml-latest-small.zip.part.json")) != true {
            try await Task.sleep(for: .milliseconds(2))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        server.answer(Self.path, with: .file(Self.bytes, tag: "a"))
        try await fetch(server)
        #expect(try content() == Self.bytes)
        try await server.stop()
    }

    @Test("Two downloads of a file do not write into each other")
    func twice() async throws {
        let server = try await TestServer(
            Self.answers(.slow(.file(Self.bytes, tag: "a"), milliseconds: 600_000))
        )
        let first = Task { try await fetch(server) }
        while ranges(server).isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        let part = folder.url.appending(path: "ml-latest-small.zip.part")
        await #expect(throws: DownloadError.inUse(part)) { try await fetch(server) }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        server.answer(Self.path, with: .file(Self.bytes, tag: "a"))
        #expect(try await !fetch(server).wasHere && content() == Self.bytes)
        try await server.stop()
    }

    @Test("Where nothing can be written, it says so")
    func unwritable() async throws {
        let server = try await TestServer(Self.answers(.file(Self.bytes, tag: "a")))
        let nowhere = URL(filePath: "/proc/nowhere")
        await #expect {
            try await SetFetcher(base: server.address, backoff: .none).fetch(set(), into: nowhere)
        } throws: {
            "\($0)".contains("/proc/nowhere") && "\($0)".contains("cannot be written")
        }
        try await server.stop()
    }

    @Test("The sets have addresses with encryption, terms of a few sentences, and a limit")
    func table() {
        #expect(
            PublishedSet.all.map(\.name) == ["movielens-32m", "movielens-latest-small", "wikipedia"]
        )
        for set in PublishedSet.all {
            #expect(set.address.hasPrefix("https://") && set.termsAddress.hasPrefix("https://"))
            #expect((100...600).contains(set.terms.count) && set.terms.hasSuffix("."))
        }
    }
}
