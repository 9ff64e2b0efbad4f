import Foundation
import Matinee
import MatineeCLI
import MatineeTesting
import Testing

@Suite("Random command lines")
struct FuzzTests {
    static let words = [
        "chat", "recommend", "build", "bench", "--index", "faiss:HNSW0", "catalog", "list", "search", "show",
        "check", "models", "pull", "use",
        "users", "import", "letterboxd", "rss", "--undo",
        "export", "forget", "log", "help", "--help", "--version", "-h", "--", "-", "--json", "--user",
        "--limit",
        "--alpha", "--text-weight", "--candidates", "--data", "--model", "--catalog", "--artifacts", "--like",
        "--remember-words", "--limit=", "--user=ana", "--generate-completion-script",
        "--experimental-dump-help", "",
        " ", "Heat", "a heist", "-1", "nan", "-inf",
    ]

    @Test("Any command line is read or refused with a sentence", .timeLimit(.minutes(Fuzzer.minutes)))
    func parsing() async {
        let failures = await Fuzzer.failures { fuzzer in
            let arguments = (0..<fuzzer.number(upTo: 8)).map { _ in fuzzer.argument() }
            guard let refusal = MatineeCommand.refusal(of: arguments) else { return nil }
            let isSound = [0, 64].contains(refusal.code) && !refusal.text.isEmpty
            return isSound ? nil : "\(arguments) ends with \(refusal.code): \(refusal.text)"
        }
        #expect(failures == [])
    }

    @Test("Hostile arguments end the program in its own way, soon", .timeLimit(.minutes(2)))
    func hostile() async throws {
        let program = try Program.tiny()
        let long = String(repeating: "x", count: 100_000), deep = String(repeating: "../", count: 1_000)
        let calls: [[String]] =
            [
                [], ["--"], ["-"], ["recommend", ""], ["recommend", "--", "--json"], ["recommend", long],
                ["recommend", "\u{1B}]0;x\u{7}"], ["recommend", "x", "--limit", "9223372036854775807"],
                ["recommend", "x", "--limit", "9223372036854775808"],
                ["recommend", "x", "--limit", "100", "--json"],
                ["recommend", "x", "--candidates", "1000", "--limit", "1"],
                ["recommend", "x", "--alpha", "nan"],
                ["recommend", "x", "--alpha", "-0.0"], ["recommend", "x", "--dislike-weight", "1e-400"],
                ["recommend", "x", "--text-weight", "inf"], ["recommend", "x", "--user", long],
                ["recommend", "x", "--user", "'; DROP TABLE users; --"], ["recommend", "x", "--data", deep],
                ["recommend", "x", "--user", "a", "--data", "/dev/null"],
                ["recommend", "x", "--model", "/dev/null"],
                ["recommend", "x", "--user", "a", "--data", "/dev/null/\u{301}"],
                ["recommend", "x", "--model", "."],
                ["recommend", "x", "--artifacts", "/proc/self"],
                ["recommend", "x", "--artifacts", "/dev/null"],
                ["recommend", "x", "--catalog", "/"], ["recommend", "x", "--catalog", "/dev/null"],
                ["recommend", "x", "--like", ""], ["recommend", "x", "--like", long],
                ["catalog", "show", ""],
                ["catalog", "search", "", "--limit", "-9223372036854775808"],
                ["catalog", "check", "/dev/null"],
                ["catalog", "check", "/"], ["catalog", "check", "/proc/self/exe"],
                ["users", "forget", "%n%s"],
                ["users", "show", "\u{202E}"], ["users", "export", long], ["log", "export", "--user", ""],
                ["models", "pull", "../../x"], ["models", "use", "."], ["models", "use", ""],
            ]
        for call in calls {
            await Task.yield()
            let outcome = try program.run(
                call,
                environment: ["HF_ENDPOINT": "http://127.0.0.1:9"],
                within: 30
            )
            let shown = "\(call.map { $0.prefix(40) }): \(outcome.errors.prefix(300))"
            #expect([0, 1, 64].contains(outcome.code), "\(shown) ended with \(outcome.code)")
            #expect(
                outcome.code == 0 || outcome.errors.hasPrefix("Error: ") || outcome.output.contains("fault"),
                "\(shown)"
            )
            #expect(!outcome.errors.contains("NS") && !outcome.output.contains("\u{1B}"), "\(shown)")
        }
    }
}

extension Fuzzer {
    fileprivate mutating func argument() -> String {
        switch number(upTo: 3) {
        case 0: one(of: FuzzTests.words)
        case 1: one(of: Self.numbers)
        case 2: spoilt(one(of: FuzzTests.words))
        default: text(upTo: 30)
        }
    }
}
