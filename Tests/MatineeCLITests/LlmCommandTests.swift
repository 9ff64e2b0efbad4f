import Foundation
import MatineeTesting
import Testing

/// Consent, and `matinee llm`, against a server on this machine.
@Suite("Switching a language model on")
struct LlmCommandTests {
    private static let secret = "sk-proj-0123456789abcdefghijklmn"

    private let program: Program

    init() throws { program = try Program.tiny() }

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Outcome {
        let cache = ["XDG_CACHE_HOME": program.folder.url.appending(path: "cache").path]
        return try program.run(arguments, environment: cache.merging(environment) { $1 }, within: 60)
    }

    private var settings: [String: String] {
        let file = program.folder.url.appending(path: "matinee/config.json")
        let data = (try? Data(contentsOf: file)) ?? Data()
        return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
    }

    /// No output and no file gives the key away.
    private func expectSecret(_ outcomes: Program.Outcome...) throws {
        for outcome in outcomes {
            #expect(!(outcome.output + outcome.errors).contains(Self.secret.prefix(10)), "\(outcome)")
        }
        for path in try FileManager.default.subpathsOfDirectory(atPath: program.folder.url.path) {
            let data = (try? Data(contentsOf: program.folder.url.appending(path: path))) ?? Data()
            #expect(data.range(of: Data(Self.secret.prefix(10).utf8)) == nil, "\(path)")
        }
    }

    @Test("A key in the environment is mentioned, and used for nothing")
    func keyAlone() async throws {
        let server = try await ModelServer()
        let environment = ["OPENAI_API_KEY": Self.secret, "OPENAI_BASE_URL": server.address]
        let chat = try run(["chat", "--user", "ana"], environment)
        let once = try run(["recommend", "tense heist"], environment)
        #expect(chat.code == 0 && once.code == 0)
        #expect(chat.errors.components(separatedBy: "OPENAI_API_KEY is set").count == 2)
        #expect(!once.errors.contains("OPENAI_API_KEY") && server.requests.isEmpty)
        #expect(
            try !run(["chat"], environment.merging(["MATINEE_LLM": "none"]) { $1 }).errors.contains("KEY")
        )
        #expect(try run(["llm", "check"], environment).code == 64 && server.requests.isEmpty)
        try expectSecret(chat, once)
        try await server.stop()
    }

    @Test("Switching on says what is sent where, needs a yes, and is undone by none")
    func use() async throws {
        let server = try await ModelServer()
        let silent = try run(["llm", "use", server.address])
        #expect(silent.code == 64 && silent.errors.contains("say --yes") && settings.isEmpty)
        #expect(silent.output.contains("tiny-chat at \(server.address) gets:"))
        #expect(try run(["llm", "use", server.address, "--yes"]).code == 0)
        #expect(settings == ["llm": server.address, "llm_model": "tiny-chat"])
        #expect(try run(["llm", "check"]).code == 0 && !server.chats.isEmpty)
        let off = try run(["llm", "use", "none"])
        #expect(off.output.contains("nothing is sent") && settings["llm"] == "none")
        #expect(try run(["llm", "check"]).code == 64)
        try await server.stop()
    }

    @Test("OpenAI is meant by its name, with the key from the environment, which is not kept")
    func openAI() async throws {
        let server = try await ModelServer()
        server.change { $0.key = Self.secret }
        let environment = ["OPENAI_API_KEY": Self.secret, "OPENAI_BASE_URL": server.address]
        let use = try run(["llm", "use", "openai", "--yes"], environment)
        #expect(
            use.code == 0 && settings == ["llm": server.address, "llm_model": "gpt-6-luna"],
            "\(use.errors)"
        )
        let check = try run(["llm", "check", "--llm", "openai"], environment)
        #expect(check.code == 0 && check.output.hasPrefix("gpt-6-luna at \(server.address)\n"))
        #expect(server.violations.isEmpty && server.chats.allSatisfy { $0.key == Self.secret })
        let missing = try run(["llm", "use", "openai", "--yes"], ["OPENAI_API_KEY": ""])
        #expect(missing.code == 64 && missing.errors.contains("set OPENAI_API_KEY"))
        try expectSecret(use, check, missing)
        try await server.stop()
    }

    @Test("A check tells what works, in words and in JSON")
    func check() async throws {
        let server = try await ModelServer()
        server.change { ($0.abilities.schemas, $0.abilities.logProbabilities) = (false, false) }
        server.change {
            $0.reply = { $0.format == "json_object" ? #"{"colour": "green"}"# : "Films are dreams." }
        }
        let outcome = try run(["llm", "check", "--llm", server.address])
        let lines = outcome.output.split(separator: "\n")
        #expect(outcome.code == 0 && lines.count == 7, "\(outcome.output)\(outcome.errors)")
        #expect(lines[1].contains(/answers +yes/) && lines[2].contains(/streams +yes/))
        #expect(lines[3].contains("asked for by json_object") && lines[4].contains(/log-probabilities +no/))
        let json = try run(["llm", "check", "--llm", server.address, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?["structure"] as? String == "json_object" && object?["tokens_per_second"] != nil)
        try await server.stop()
        let gone = try run(["llm", "check", "--llm", server.address])
        #expect(gone.code == 1 && gone.output.contains("nothing answers at 127.0.0.1"))
    }

    @Test("Whatever the server does, the key is in no output and no file")
    func secrecy() async throws {
        for fault in [ModelServer.Fault.unauthorized, .echo, .failing(418), .closing] {
            let server = try await ModelServer(faults: fault)
            let environment = ["OPENAI_API_KEY": Self.secret, "MATINEE_LLM": server.address]
            let check = try run(["llm", "check"], environment),
                json = try run(["llm", "check", "--json"], environment)
            try expectSecret(check, json)
            #expect(server.chats.contains { $0.key == Self.secret })
            try await server.stop()
        }
    }

    @Test("Settings that make no server are wrong calls, and show no key")
    func usage() throws {
        let calls = [
            ["--llm", "gpt"], ["--llm", "http://"], ["--llm", "https://u:\(Self.secret)@example.org"],
            ["--llm", "http://example.org/v1", "--llm-key", Self.secret],
            ["--llm", "http://localhost:1", "--llm-key", "not a key é"],
            ["--llm", "http://localhost:1", "--llm-headers", "nonsense"],
            ["--llm", "http://localhost:1", "--llm-price", "cheap"],
            ["--llm", "http://localhost:1", "--llm-timeout", "0"],
            ["--llm", "http://localhost:1", "--llm-day-cost", "-1"],
        ]
        for call in calls {
            let outcome = try run(["llm", "check"] + call)
            #expect(outcome.code == 64 && outcome.errors.hasPrefix("Error: "), "\(call): \(outcome.errors)")
            try expectSecret(outcome)
        }
    }

    @Test("A server with several models needs one named")
    func severalModels() async throws {
        let server = try await ModelServer()
        server.change { $0.models = ["a", "b"] }
        let outcome = try run(["llm", "use", server.address, "--yes"])
        #expect(outcome.code == 64 && outcome.errors.contains("2 models: name one with --llm-model: a, b."))
        #expect(try run(["llm", "use", server.address, "--yes", "--llm-model", "b"]).code == 0)
        #expect(settings["llm_model"] == "b")
        try await server.stop()
    }

    @Test("The day's budget ends the requests of all programs")
    func budget() async throws {
        let server = try await ModelServer()
        let arguments = ["llm", "check", "--llm", server.address, "--llm-day-tokens", "120"]
        let first = try run(arguments), before = server.chats.count, second = try run(arguments)
        #expect(first.code == 0 && before > 0)
        #expect(second.code == 1 && second.output.contains("the budget for the language model is spent"))
        // A shorter question may have had room still.
        var asked = server.chats.count
        for _ in 0..<5 {
            _ = try run(arguments)
            if server.chats.count == asked { break }
            asked = server.chats.count
        }
        #expect(try run(arguments).code == 1 && server.chats.count == asked)
        try await server.stop()
    }
}
