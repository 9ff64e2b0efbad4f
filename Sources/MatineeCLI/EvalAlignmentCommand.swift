import ArgumentParser
import Foundation
import Matinee
import MatineeLab
import MatineeSearch

struct EvalAlignmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alignment",
        abstract: "Measure in a log how well the films shown fit the taste.",
        discussion: """
            The log is what `matinee log export` writes, or another system's turns in that form. Several logs are \
            measured beside each other: --log numeric.jsonl --log listwise.jsonl.
            """
    )

    @OptionGroup var common: CommonOptions
    @Option(name: .customLong("log"), help: "A log, as JSON Lines; - is standard input. May be repeated.")
    var logs: [String] = []
    @Flag(
        help: "Leave films out that the catalogue does not have, and count them, instead of refusing the log."
    )
    var skipUnknown = false
    @Option(help: "What the intervals are drawn from.") var seed: UInt64 = 1
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the figures as JSON.") var json = false

    func validate() throws {
        guard !logs.isEmpty else {
            throw ValidationError("Name the log with --log; `matinee log export` writes one.")
        }
    }

    func run() async throws {
        let evaluated = try await LogSetup(Assembly(common), logs: logs)
        let reports = try evaluated.logs.map { log in
            var evaluation = AlignmentEvaluation(
                evaluated.space,
                embedder: evaluated.artifacts.manifest.embedder
            )
            (evaluation.skipsUnknown, evaluation.seed) = (skipUnknown, seed)
            return try evaluation.report(log)
        }
        if report.isWanted {
            try await report.write(part(reports, evaluated), title: "How films fit the taste")
        }
        if json { return try output(JSON.pretty(["logs": reports])) }
        for report in reports {
            output(([report.sentence] + report.tables.map(\.plain)).joined(separator: "\n\n"))
        }
    }

    private func part(_ reports: [AlignmentReport], _ setup: LogSetup) async throws -> ReportPart {
        let trail = try await setup.trail().map { [ReportSection(trail: $0)] } ?? []
        return ReportPart(
            facts: setup.facts("eval alignment") + [ReportFact("seed", "\(seed)")],
            sections: [ReportSection(reports)] + trail + LogSections(setup.logs).sections
        )
    }
}
