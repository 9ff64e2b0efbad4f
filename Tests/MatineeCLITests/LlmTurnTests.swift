import Foundation
import MatineeTesting
import Testing

/// Turns of the program with a language model's server on this machine that behaves, or does not.
@Suite("Turns with a language model")
struct LlmTurnTests {
    private static let secret = "sk-proj-0123456789abcdefghijklmn"

    private let program: Program

    init() throws { program = try Program.tiny() }

    private func turn(_ server: ModelServer, _ arguments: [String] = []) throws -> (
        turn: [String: Any], seconds: Double, errors: String
    ) {
        let start = ContinuousClock.now
        let outcome = try program.run(
            ["recommend", "tense heist", "--user", "ana", "--json", "--llm", server.address] + arguments,
            environment: ["OPENAI_API_KEY": Self.secret, "XDG_CACHE_HOME": program.folder.url.path],
            within: 60
        )
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        #expect(
            outcome.code == 0 && !(outcome.output + outcome.errors).contains(Self.secret.prefix(10)),
            "\(outcome)"
        )
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return (object ?? [:], seconds, outcome.errors)
    }

    /// The identities of the picks.
    private func picks(_ turn: [String: Any]) -> [String] {
        (turn["picks"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    private func expectComplete(_ turn: [String: Any], _ words: String) {
        let reasons = (turn["picks"] as? [[String: Any]] ?? []).compactMap { $0["reason"] as? String }
        #expect(
            Set(picks(turn)).count == 5 && reasons.count == 5 && !reasons.contains(""),
            "\(words): \(turn)"
        )
    }

    /// No file that the program wrote holds the key.
    private func expectSecret() throws {
        for path in try FileManager.default.subpathsOfDirectory(atPath: program.folder.url.path) {
            let data = (try? Data(contentsOf: program.folder.url.appending(path: path))) ?? Data()
            #expect(data.range(of: Data(Self.secret.prefix(10).utf8)) == nil, "\(path)")
        }
    }

    @Test("Whatever the server does, the answer is complete, in time, and says so in one line")
    func faults() async throws {
        let server = try await ModelServer()
        let faults: [ModelServer.Fault] = [
            .unauthorized, .busy(retryAfter: 1), .failing(500), .hanging, .stalled, .cutOff, .closing,
            .invalidJSON,
            .wrongSchema, .empty, .refusal, .huge, .echo, .slow(milliseconds: 30_000),
        ]
        for fault in faults {
            server.change { $0.faults = [fault] }
            let (turn, seconds, _) = try turn(server, ["--deadline", "3"])
            expectComplete(turn, "\(fault)")
            #expect(seconds < 8, "\(fault): \(seconds) s")
            let fallbacks = turn["fallbacks"] as? [[String: Any]] ?? []
            #expect(!fallbacks.isEmpty, "\(fault)")
            #expect(server.violations.isEmpty, "\(server.violations)")
        }
        try expectSecret()
        try await server.stop()
    }

    @Test("Nobody at the address is a complete answer at once")
    func nobody() async throws {
        let server = try await ModelServer()
        try await server.stop()
        let (turn, seconds, _) = try turn(server, ["--llm-model", "gone"])
        expectComplete(turn, "nobody")
        #expect(seconds < 5 && !(turn["fallbacks"] as? [[String: Any]] ?? []).isEmpty)
    }

    @Test("Both rerankers ask as documented, and the log knows what was used up")
    func rerankers() async throws {
        for reranker in ["listwise", "numeric"] {
            let server = try await ModelServer()
            let (turn, _, _) = try turn(server, ["--reranker", reranker])
            expectComplete(turn, reranker)
            #expect(!server.chats.isEmpty && server.violations.isEmpty, "\(server.violations)")
            try await server.stop()
        }
        try expectSecret()
    }

    @Test("A day's budget that is spent ends in a complete answer without a request")
    func budget() async throws {
        let server = try await ModelServer()
        let (turn, _, _) = try turn(server, ["--llm-day-tokens", "10"])
        expectComplete(turn, "budget")
        #expect(server.chats.isEmpty && !(turn["fallbacks"] as? [[String: Any]] ?? []).isEmpty)
        try await server.stop()
    }

    @Test("Leaving the program closes the connection")
    func interrupted() async throws {
        let server = try await ModelServer(faults: .hanging)
        let process = try program.process(
            ["recommend", "tense heist", "--llm", server.address],
            ["XDG_CACHE_HOME": program.folder.url.path]
        )
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let end = ContinuousClock.now + .seconds(30)
        while server.chats.isEmpty, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
        process.interrupt()
        process.waitUntilExit()
        while server.abandoned == 0, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(server.abandoned >= 1)
        try await server.stop()
    }
}
