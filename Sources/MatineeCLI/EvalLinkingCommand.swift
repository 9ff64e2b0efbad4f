import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalLinkingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linking",
        abstract: "Measure how well titles in conversations are linked to films.",
        discussion: "The conversations must write titles as “Title (Year)”."
    )

    @Option(help: "The catalogue, as JSON Lines.")
    var catalog: String

    @Option(help: "The conversations, as JSON Lines.")
    var conversations: String

    @Option(help: "The seed of the typing errors and of the intervals.")
    var seed: UInt64 = 1

    @Option(help: "A new file for what was linked wrongly or missed, as JSON Lines.")
    var failures: String?

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func run() throws {
        let catalog = try Catalog(contentsOf: URL(filePath: catalog))
        let dialogues = try LinkingDialogue.read(URL(filePath: conversations))
        let (report, failures) = LinkingEvaluation(catalog, seed: seed).run(dialogues)
        if let file = self.failures {
            try writeNew(Data(failures.map(JSON.line).joined()), to: URL(filePath: file))
        }
        if json { try output(JSON.pretty(report)) } else { output(report.description) }
    }
}
