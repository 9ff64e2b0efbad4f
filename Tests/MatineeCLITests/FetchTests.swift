import Foundation
import Matinee
import MatineeTesting
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `matinee catalog fetch` against a server on this machine.
@Suite("Fetching data sets")
struct FetchTests {
    private static let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
    private static let path = "/movies.json"
    private static let command = ["catalog", "fetch", "wikipedia", "--to", "sets"]

    private let program: Program
    private var folder: URL { program.folder.url.appending(path: "sets") }

    init() throws { program = try Program() }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func environment(_ server: TestServer) -> [String: String] {
        ["MATINEE_FETCH_BASE": server.address]
    }

    private func run(_ server: TestServer) throws -> Program.Outcome {
        try program.run(
            Self.command + ["--accept-licence"],
            environment: environment(server),
            within: 30
        )
    }

    /// Fetches to the end, and expects that this went on from bytes that were here.
    private func expectResumed(_ server: TestServer) throws {
        server.answer(Self.path, with: .file(Self.bytes, tag: "a"))
        let outcome = try run(server)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(try Array(Data(contentsOf: folder.appending(path: "movies.json"))) == Self.bytes)
        #expect(try files() == ["movies.json"])
        #expect(server.requests.last?["range"]?.hasPrefix("bytes=") == true)
    }

    @Test("The terms are shown first, the file is fetched, and what to type next is said")
    func whole() async throws {
        let server = try await TestServer([Self.path: .file(Self.bytes, tag: "a")])
        let outcome = try run(server), path = folder.appending(path: "movies.json").path
        #expect(outcome.code == 0)
        #expect(
            outcome.output
                == "\(path) is here; there is no checksum to compare it with.\nNext: matinee catalog import \(path)\n"
        )
        let licence = try #require(outcome.errors.range(of: "creativecommons.org/licenses/by-sa/4.0"))
        let progress = try #require(outcome.errors.range(of: "Fetching movies.json: 100 % of 200 kB"))
        #expect(licence.upperBound < progress.lowerBound)
        #expect(try run(server).output.contains("is already here") && server.requests.count == 1)
        try await server.stop()
    }

    @Test("Without a terminal nobody is asked: the terms must be accepted on the command line")
    func unasked() async throws {
        let server = try await TestServer([Self.path: .file(Self.bytes, tag: "a")])
        let outcome = try program.run(Self.command, environment: environment(server))
        #expect(outcome.code == 64 && outcome.errors.contains("add --accept-licence"))
        #expect(outcome.errors.contains("ShareAlike") && server.requests.isEmpty)
        try await server.stop()
    }

    @Test(
        "In a terminal the terms are asked for",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")),
        arguments: ["y", "n", ""]
    )
    func asked(_ answer: String) async throws {
        let server = try await TestServer([Self.path: .file(Self.bytes, tag: "a")])
        let outcome = try program.script(
            """
            export MATINEE_FETCH_BASE=\(server.address)
            (sleep 0.3; echo \(answer)) | script -qec '"$MATINEE" \(Self.command.joined(separator: " "))' /dev/null
            """
        )
        #expect(outcome.output.contains("Do you accept these terms? [y/N]"))
        #expect(outcome.output.contains("Nothing was fetched.") == (answer != "y"))
        #expect(server.requests.count == (answer == "y" ? 1 : 0), "\(outcome.output)")
        try await server.stop()
    }

    @Test("Where files may not grow, a sentence says so, and the fetch goes on when they may")
    func limitedFiles() async throws {
        let server = try await TestServer([Self.path: .file(Self.bytes, tag: "a")])
        let outcome = try program.script(
            """
            trap '' XFSZ; ulimit -f 200; export MATINEE_FETCH_BASE=\(server.address)
            exec "$MATINEE" \(Self.command.joined(separator: " ")) --accept-licence
            """
        )
        #expect(outcome.code == 1 && outcome.output.isEmpty)
        #expect(
            outcome.errors.contains(
                "Error: \(folder.path)/movies.json.part cannot be written: file too large."
            )
        )
        #expect(try files() == ["movies.json.part", "movies.json.part.json"])
        try expectResumed(server)
        try await server.stop()
    }

    @Test(
        "On a full disk a sentence says so, and the fetch goes on when there is room",
        .enabled(if: Program.mayMount)
    )
    func fullDisk() async throws {
        let server = try await TestServer([Self.path: .file(Self.bytes, tag: "a")])
        let outcome = try program.script(
            """
            mkdir small && mount -t tmpfs -o size=100k none small && mkdir small/sets && ln -s small/sets sets
            export MATINEE_FETCH_BASE=\(server.address)
            "$MATINEE" \(Self.command.joined(separator: " ")) --accept-licence
            echo $?
            cp -r small/sets kept && rm sets && mv kept sets
            """,
            mounting: true
        )
        #expect(outcome.output == "1\n")
        #expect(outcome.errors.contains("movies.json.part cannot be written: the disk is full."))
        try expectResumed(server)
        try await server.stop()
    }

    @Test("A fetch that is killed or interrupted goes on where it was", arguments: [SIGKILL, SIGINT])
    func killed(by signal: Int32) async throws {
        let (cut, rest) = (TestServer.Answer.file(Self.bytes, tag: "a", cutAfter: 120_000), 60_000 as Int64)
        let server = try await TestServer([Self.path: .sequence([cut, .slow(cut, milliseconds: rest)])])
        let process = try program.process(Self.command + ["--accept-licence"], environment(server))
        process.standardError = FileHandle.nullDevice
        try process.run()
        let part = folder.appending(path: "movies.json.part"), end = ContinuousClock.now + .seconds(30)
        while (try? Data(contentsOf: part).isEmpty) ?? true, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(2))
        }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        try expectResumed(server)
        try await server.stop()
    }

    @Test(
        "What cannot be fetched is a wrong call",
        arguments: [["nonsense"], ["wikipedia", "--fetch-base", "ftp://example.org"], []]
    )
    func usage(_ arguments: [String]) throws {
        let outcome = try program.run(["catalog", "fetch"] + arguments + ["--accept-licence"])
        #expect(outcome.code == 64 && outcome.errors.hasPrefix("Error: ") && outcome.output.isEmpty)
    }
}
