import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Put parts of reports together on one page.",
        discussion: "A part is what an eval command writes with --report FILE.json."
    )

    @Argument(help: "The parts, in the order in which they are shown.") var parts: [String]
    @Option(help: "The page; one that is there is replaced.") var output: String
    @Option(help: "Its heading.") var title = "Matinee, evaluated"
    @Option(help: "The line below it.") var subtitle = ""

    func run() throws {
        let page = try ReportPage(title: title, subtitle: subtitle, parts: parts.map(part))
        try ReportOptions.write(page.data(), to: output)
    }

    private func part(_ path: String) throws -> ReportPart {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw EvaluationError(
                "The part \(path) cannot be read: \(reason(error)). Name a file that exists."
            )
        }
        do { return try JSONDecoder().decode(ReportPart.self, from: data) } catch {
            throw EvaluationError(
                "\(path) is no part of a report: an eval command writes one with --report FILE.json."
            )
        }
    }
}
