import Foundation
import Matinee
import MatineeTesting
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `matinee catalog enrich --tmdb` against a server on this machine.
@Suite("Enriching a catalogue")
struct EnrichTests {
    private static let secret = "feedfacecafebeef0123456789abcdef"

    private let program: Program
    private let catalog: URL

    init() throws {
        program = try Program()
        catalog = program.folder.url.appending(path: "films.jsonl")
        let rows = (1...20).map { "{\"id\":\"m\($0)\",\"title\":\"T\($0)\",\"tmdb_id\":\($0)}\n" }
        try Data(rows.joined().utf8).write(to: catalog)
    }

    private static func film(_ id: Int) -> TestServer.Answer {
        .bytes(Array("{\"id\":\(id),\"overview\":\"Film \(id).\"}".utf8))
    }

    /// A server of 20 films.
    private func server() async throws -> TestServer {
        let server = try await TestServer([:])
        for id in 1...20 { server.answer("/movie/\(id)", with: Self.film(id)) }
        return server
    }

    private func environment(_ server: TestServer?, key: String? = secret) -> [String: String] {
        var environment = ["XDG_CACHE_HOME": program.folder.url.path, "TMDB_API_KEY": key ?? ""]
        environment["MATINEE_TMDB_BASE"] = server?.address
        return environment
    }

    private func run(
        _ server: TestServer?,
        _ arguments: [String] = [],
        key: String? = secret
    ) throws -> Program.Outcome {
        try program.run(
            ["catalog", "enrich", "--tmdb", "--catalog", catalog.path] + arguments,
            environment: environment(server, key: key),
            within: 60
        )
    }

    /// No file and no output gives the key away.
    private func expectSecret(_ outcomes: Program.Outcome...) throws {
        for outcome in outcomes {
            #expect(!(outcome.output + outcome.errors).contains(Self.secret))
        }
        let paths = try FileManager.default.subpathsOfDirectory(atPath: program.folder.url.path)
        #expect(paths.contains { $0.hasPrefix("matinee/tmdb/") } || outcomes[0].code != 0)
        for path in paths {
            let data = (try? Data(contentsOf: program.folder.url.appending(path: path))) ?? Data()
            #expect(data.range(of: Data(Self.secret.utf8)) == nil && !path.contains(Self.secret), "\(path)")
        }
    }

    @Test("Rows are filled and printed, or written to a file, and TMDB is named as it asks")
    func filled() async throws {
        let server = try await server()
        server.answer("/movie/1", with: .sequence([.status(500), .status(429), Self.film(1)]))
        server.answer("/movie/2", with: .sequence([.busy(429, retryAfter: 1), Self.film(2)]))
        server.answer("/movie/3", with: .status(404))
        server.answer("/movie/4", with: .bytes([0x7B]))
        let first = try run(server), second = try run(server, ["--to", "out.jsonl", "--limit", "0"])
        #expect(first.code == 0 && second.code == 0, "\(first.errors)")
        let rows = first.output.split(separator: "\n")
        #expect(rows.count == 20 && rows[0].contains("\"overview\":\"Film 1.\""))
        #expect(
            first.errors.contains(
                "18 films filled, 1 film not known to TMDB, 1 film skipped for an unreadable answer."
            )
        )
        #expect(
            first.errors.contains("This product uses the TMDB API but is not endorsed or certified by TMDB.")
        )
        #expect(second.output == "20 films in out.jsonl.\n")
        #expect(
            second.errors.contains("19 films answered from the cache")
                && second.errors.contains("1 film left")
        )
        let written = program.folder.url.appending(path: "out.jsonl")
        #expect(try String(contentsOf: written, encoding: .utf8) == first.output)
        #expect(try program.run(["catalog", "check", written.path]).code == 0)
        #expect(server.requests.count == 23)
        try expectSecret(first, second)
        try await server.stop()
    }

    @Test("A key that TMDB does not accept is a sentence, and writes nothing")
    func badKey() async throws {
        let server = try await TestServer([:])
        for id in 1...20 { server.answer("/movie/\(id)", with: .status(401)) }
        let outcome = try run(server, ["--to", "out.jsonl"])
        #expect(outcome.code == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("Error: TMDB does not accept the key."))
        #expect(!FileManager.default.fileExists(atPath: program.folder.url.appending(path: "out.jsonl").path))
        try expectSecret(outcome)
        try await server.stop()
    }

    @Test("A run that is killed asks for nothing twice that it had kept", arguments: [SIGKILL, SIGINT])
    func killed(by signal: Int32) async throws {
        let server = try await server()
        for id in 9...20 { server.answer("/movie/\(id)", with: .slow(Self.film(id), milliseconds: 60_000)) }
        let process = try program.process(
            ["catalog", "enrich", "--tmdb", "--catalog", catalog.path, "--to", "out.jsonl"],
            environment(server)
        )
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let cache = program.folder.url.appending(path: "matinee/tmdb"),
            end = ContinuousClock.now + .seconds(30)
        func kept() -> [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.path)) ?? []
            return names.filter { $0.hasPrefix("movie-") && $0.hasSuffix(".json") }
        }
        while kept().count < 8, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(2)) }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(!FileManager.default.fileExists(atPath: program.folder.url.appending(path: "out.jsonl").path))
        let known = kept(), before = server.requests.count
        #expect(known.count == 8)
        for id in 9...20 { server.answer("/movie/\(id)", with: Self.film(id)) }
        let outcome = try run(server, ["--to", "out.jsonl"])
        #expect(outcome.code == 0 && outcome.errors.contains("20 films filled"), "\(outcome.errors)")
        let asked = server.requests.dropFirst(before).map(\.uri)
        #expect(asked.count == 20 - known.count)
        for name in known {
            let id = name.dropFirst("movie-".count).dropLast(".json".count)
            #expect(!asked.contains { $0.hasPrefix("/movie/\(id)?") })
        }
        try await server.stop()
    }

    @Test("The key may come from a flag or the configuration file, and is shown nowhere")
    func sources() async throws {
        let server = try await server()
        #expect(try run(server, ["--key", Self.secret, "--limit", "1"], key: nil).code == 0)
        let settings = program.folder.url.appending(path: "matinee/config.json")
        try Data("{\"tmdb_key\":\"\(Self.secret)\"}".utf8).write(to: settings)
        #expect(try run(server, ["--limit", "1"], key: nil).code == 0)
        #expect(server.requests.allSatisfy { $0.uri.hasSuffix("api_key=\(Self.secret)") })
        try await server.stop()
    }

    @Test("Where the key is missing or no key, or would be readable on its way, the call is wrong")
    func usage() throws {
        let outcomes = try [
            run(nil, key: nil), run(nil, key: "no key & none"), run(nil, ["--limit", "-1"]),
            run(nil, ["--tmdb-base", "http://example.org"]),
            program.run(["catalog", "enrich"], environment: environment(nil)),
        ]
        for outcome in outcomes {
            #expect(outcome.code == 64 && outcome.errors.hasPrefix("Error: "), "\(outcome.errors)")
            #expect(!outcome.errors.contains(Self.secret) && !outcome.errors.contains("no key & none"))
        }
    }

    @Test("An answer that cannot be kept, or a file that cannot be written, is named")
    func unwritable() async throws {
        let server = try await server()
        let outcome = try run(server, ["--to", "/proc/nowhere/out.jsonl"])
        #expect(outcome.code == 1 && outcome.errors.contains("/proc/nowhere/out.jsonl cannot be written"))
        let other = try program.run(
            ["catalog", "enrich", "--tmdb", "--catalog", catalog.path],
            environment: environment(server).merging(["XDG_CACHE_HOME": "/proc/nowhere"]) { $1 }
        )
        #expect(other.code == 1 && other.output.isEmpty)
        #expect(other.errors.contains("/proc/nowhere/matinee/tmdb/movie-"), "\(other.errors)")
        try await server.stop()
    }
}
