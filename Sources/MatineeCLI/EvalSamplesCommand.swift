import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalSamplesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samples",
        abstract:
            "Show conversations of a log to read: films, reasons, the facts behind them, how the taste moved.",
        discussion: "Measures for --worst: \(TurnMeasure.allCases.map(\.rawValue).joined(separator: ", "))."
    )

    @OptionGroup var common: CommonOptions
    @Option(help: "The log, as JSON Lines; - is standard input.") var log: String
    @Option(help: "How many conversations, 1 to 1000.") var count = 10
    @Option(help: "What conversations are drawn by.") var seed: UInt64 = 1
    @Option(help: "Instead, show those first that are worst by this measure.") var worst: String?
    @Option(help: "Write a page; one that is there is replaced.") var html: String?
    @Option(help: "Write Markdown; without this and --html it is printed.") var markdown: String?
    @OptionGroup var report: ReportOptions

    func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError("--count must be from 1 to 1000.") }
        if let worst, TurnMeasure(rawValue: worst) == nil {
            let names = TurnMeasure.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("No measure is called “\(printable(worst))”: there are \(names).")
        }
        if report.isWanted, html == nil {
            throw ValidationError("--report links to the page of samples: name that with --html.")
        }
    }

    func run() async throws {
        let setup = try await LogSetup(Assembly(common), logs: [log])
        let space = setup.space
        let measure = worst.flatMap(TurnMeasure.init)
        let chooser = SampleChooser(order: measure.map { .worst($0) } ?? .random(seed: seed), limit: count)
        var evaluation = AlignmentEvaluation(space)
        evaluation.skipsUnknown = true
        let turns = try measure == nil ? [] : evaluation.report(setup.logs[0]).turns
        let samples = try SampleReader(space).read(setup.logs[0], turns: turns, chooser: chooser)
        if let html { try ReportOptions.write(samples.html, to: html) }
        if let markdown { try ReportOptions.write(Data(samples.markdown.utf8), to: markdown) }
        if let html { try report.write(part(samples, html, setup), title: "Conversations") }
        if html == nil, markdown == nil { output(Data(samples.markdown.utf8)) }
    }

    private func part(_ samples: SampleSet, _ html: String, _ setup: LogSetup) -> ReportPart {
        let link = ReportLink(
            "\(samples.samples.count) conversations",
            path: report.path(to: html),
            note: worst.map { "the worst by \($0) first" } ?? "drawn at random, seed \(seed)"
        )
        let words = ReportLink("The same as Markdown", path: report.path(to: markdown ?? ""))
        let links = [link] + (markdown == nil ? [] : [words])
        let section = ReportSection(
            "Conversations to read",
            lead: samples.notes.joined(separator: " "),
            blocks: [.links(links)]
        )
        return ReportPart(facts: setup.facts("eval samples"), sections: [section])
    }
}
