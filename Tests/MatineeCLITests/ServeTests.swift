import Foundation
import MatineeTesting
import Synchronization
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `matinee serve`, run as a user runs it.
private final class Served {
    let talk: Talk
    let address: URL
    /// Its folder goes with it.
    private let program: Program

    init(_ program: Program, _ arguments: [String] = []) async throws {
        self.program = program
        talk = try Talk(program, ["serve", "--port", "0"] + arguments)
        let end = ContinuousClock.now + .seconds(20)
        while !talk.shown.contains("/\n"), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(5))
        }
        let line = try #require(talk.shown.firstMatch(of: /http:\S+/), "\(talk.shown)")
        address = try #require(URL(string: String(line.output)))
    }

    func get(_ path: String) async throws -> (status: Int, text: String) {
        let (data, response) = try await URLSession.shared.data(from: address.appending(path: path))
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    func waitUntilReady() async throws {
        while try await get("ready").status != 200 { try await Task.sleep(for: .milliseconds(10)) }
    }
}

@Suite("The server as a command")
struct ServeTests {
    @Test(
        "It answers, examples talk to it, and it stops at a signal within seconds",
        arguments: [SIGTERM, SIGINT]
    )
    func serve(_ signal: Int32) async throws {
        let served = try await Served(Program.tiny())
        #expect(try await served.get("health").status == 200)
        try await served.waitUntilReady()
        let base = String(served.address.absoluteString.dropLast())
        let said = try Python.run([Python.example("recommend.py"), "a spoof in space", base])
        #expect(String(decoding: said, as: UTF8.self).contains("1. "))
        #expect(try served.talk.end(signal) < .seconds(5))
        #expect(served.talk.process.terminationStatus == 0)
    }

    @Test("A token is shown once, printed again on demand, and needed where others can reach the server")
    func tokens() async throws {
        let program = try Program.tiny()
        for isFirst in [true, false] {
            let served = try await Served(program, ["--host", "0.0.0.0"])
            #expect(try await served.get("v1/session").text.contains(#""token_required":true"#))
            #expect(try await served.get("v1/taste").status == 401)
            try served.talk.end(SIGTERM)
            let token = try program.run(["token"]).output.trimmingCharacters(in: .newlines)
            #expect(served.talk.complaint.contains(token) == isFirst)
        }
        #expect(try program.run(["token", "ana"]).output.hasPrefix("mt1."))
        #expect(try program.run(["token", "a\nb"]).code == 1)
    }

    @Test("Settings that cannot be are refused in a sentence")
    func wrong() throws {
        let program = try Program.tiny()
        for (arguments, code, word) in [
            (["--port", "70000"], 64, "port"), (["--token", "short"], 64, "16 characters"),
            (["--turns", "0"], 64, "turns"), (["--host", "203.0.113.7"], 1, "cannot be listened on"),
        ] as [([String], Int32, String)] {
            let outcome = try program.run(["serve"] + arguments, within: 20)
            #expect(outcome.code == code && outcome.errors.contains(word), "\(arguments): \(outcome.errors)")
        }
    }

    @Test("The Swift example recommends films")
    func example() async throws {
        let example = try Program.url().deletingLastPathComponent().appending(path: "RecommendExample")
        let program = try Program.tiny(), process = try program.process([]), output = Pipe()
        let model = try #require(process.environment?["MATINEE_MODEL"])
        process.executableURL = example
        process.arguments = [model, program.artifacts.path, "a spoof in space"]
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && String(decoding: said, as: UTF8.self).contains("3. "))
    }

    @Test("Over standard input and output, assistants list the tools and use them")
    func modelContext() throws {
        let messages = [
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#,
            #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"recommend","arguments":{"wish":"a spoof in space"}}}"#,
            #"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"why","arguments":{"film":"1"}}}"#,
            "no JSON", #"{"jsonrpc":"2.0","id":5,"method":"nothing"}"#,
        ]
        let input = Data(messages.map { $0 + "\n" }.joined().utf8)
        let outcome = try Program.tiny().run(["mcp"], input: input, within: 30)
        let answers = outcome.output.split(separator: "\n").map(String.init)
        #expect(outcome.code == 0 && answers.count == 6, "\(outcome.errors)")
        #expect(answers.first?.contains(#""protocolVersion":"2025-06-18""#) == true)
        for name in ["recommend", "why", "feedback", "taste", "find_film"] {
            #expect(answers[1].contains(#""name":"\#(name)""#))
        }
        #expect(
            answers[2].contains("1. ") && answers[3].contains("number 1")
                && answers[3].contains(#""isError":false"#)
        )
        #expect(answers[4].contains("-32700") && answers[5].contains("-32601"))
    }
}
