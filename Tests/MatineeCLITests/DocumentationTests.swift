import Foundation
import MatineeCLI
import Testing

@Suite("Documentation")
struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    /// The words of a command line; words in quotation marks stay together.
    private func words(_ line: String) -> [String] {
        line.matches(of: /"([^"]*)"|(\S+)/).map { String($0.output.1 ?? $0.output.2 ?? "") }
    }

    @Test("Every command in the README works, in its order")
    func readme() throws {
        let program = try Program()
        let blocks = try text("README.md").matches(of: /```sh\n([^`]*)```/).map { String($0.output.1) }
        let commands = blocks.joined().split(separator: "\n").map { words(String($0)) }
        #expect(commands.count >= 10)
        for command in commands {
            #expect(command.first == ".build/release/matinee")
            let outcome = try program.run(Array(command.dropFirst()))
            #expect(outcome.code == 0 && !outcome.output.isEmpty, "\(command): \(outcome.errors)")
        }
    }

    @Test(
        "Every command of the pages on fetching, the server, suites and judging is understood",
        arguments: [
            ("docs/fetching.md", 6), ("docs/server.md", 2), ("docs/suite.md", 3), ("docs/judging.md", 3),
        ]
    )
    func understood(_ page: String, _ least: Int) throws {
        let blocks = try text(page).matches(of: /```sh\n([^`]*)```/).map { String($0.output.1) }
        let commands = blocks.joined().split(separator: "\n").map { words(String($0)) }
        #expect(commands.count >= least)
        for command in commands {
            #expect(MatineeCommand.refusal(of: Array(command.dropFirst())) == nil, "\(command)")
        }
    }

    @Test("The answer that the README shows is the one that is given")
    func session() throws {
        let readme = try text("README.md")
        let match = try #require(
            readme.firstMatch(of: /```sh\n(\S+ recommend[^\n]*)\n```\n\n```\n([^`]*)```/)
        )
        let outcome = try Program().run(Array(words(String(match.output.1)).dropFirst()))
        #expect(outcome.output == String(match.output.2))
    }

    @Test("The table of settings names every setting, flag and variable")
    func settings() throws {
        let table = try text("docs/settings.md")
        for name in settingNames {
            let row =
                "`--\(name.replacingOccurrences(of: "_", with: "-"))` | `MATINEE_\(name.uppercased())` | `\(name)`"
            #expect(table.contains(row), "\(name)")
        }
    }

    @Test("Every key of a turn is documented")
    func keys() throws {
        let page = try text("docs/json.md"), program = try Program()
        _ = try program.run(["recommend", "loved Heat, hated Zardoz, a comedy", "--user", "ana"])
        let log = try program.json(["log", "export"])
        func check(_ value: Any) {
            for (key, value) in value as? [String: Any] ?? [:] where key != "evidence" {
                #expect(page.contains("`\(key)`") || page.contains(".\(key)`"), "\(key)")
                check(value)
            }
            if let first = (value as? [Any])?.first { check(first) }
        }
        check(log)
    }

    @Test("Links between the documents lead somewhere")
    func links() throws {
        for document in [
            "README.md", "docs/how-it-works.md", "docs/catalog.md", "docs/import.md", "docs/search.md",
            "docs/artifacts.md", "docs/performance.md", "docs/fetching.md", "docs/map.md",
            "docs/language-models.md", "docs/server.md", "docs/settings.md", "docs/histories.md",
            "docs/training.md", "docs/editorial.md",
        ] {
            let folder = Self.root.appending(path: document).deletingLastPathComponent()
            for link in try text(document).matches(of: /\]\(([^)#:]+)\)/).map({ String($0.output.1) }) {
                #expect(
                    FileManager.default.fileExists(atPath: folder.appending(path: link).path),
                    "\(document): \(link)"
                )
            }
        }
    }
}
