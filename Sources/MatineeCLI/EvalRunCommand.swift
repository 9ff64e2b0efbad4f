import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Play scripted conversations to several variants and say which properties hold.",
        discussion: """
            SUITE is a JSON file of conversations with properties for each message (docs/suite.md); \
            Benchmarks/suite.json is for the starter catalogue.
            """
    )

    @Argument(help: "The suite, as JSON.") var suite: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions
    @OptionGroup var variants: VariantOptions
    @Option(help: "What model orders and intervals are made from.") var seed: UInt64 = 1
    @Option(help: "A new folder for a log of each variant, with the messages.") var logs: String?
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the figures as JSON.") var json = false

    func run() async throws {
        let assembly = try await Assembly(common)
        let variants = try await EvalVariants(self.variants, assembly, tuning, seed: seed)
        let suite = try Suite(contentsOf: URL(filePath: self.suite), catalog: variants.artifacts.catalog)
        var lines: [String: Data] = [:]
        var found = try await withScratchFolder { folder in
            try await SuiteRun(variants.artifacts, limit: variants.limit, seed: seed).report(
                suite,
                variants.variants(remembering: folder),
                progress: evaluationProgress("conversations", suite.conversations.count)
            ) { variant, line in if logs != nil { lines[variant, default: Data()] += try JSON.line(line) } }
        }
        found.skipped = variants.skipped
        for (variant, data) in lines { try writeLog(data, of: variant) }
        let facts = try [
            ReportFact.file("suite", self.suite, sha256: Catalog.checksum(of: URL(filePath: self.suite)))
        ]
        try report.write(
            variants.part("eval run", facts, found.section),
            title: "Scripted conversations"
        )
        if json { try output(JSON.pretty(found)) } else { output(found.text) }
    }

    private func writeLog(_ data: Data, of variant: String) throws {
        guard let logs else { return }
        let folder = URL(filePath: logs)
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try writeLines(data, to: folder.appending(path: "\(variant).jsonl").path)
    }
}

/// Writes lines to a file that is not there yet.
/// - Throws: ``EvaluationError``.
func writeLines(_ lines: Data, to path: String) throws {
    do { try writeNew(lines, to: URL(filePath: path)) } catch {
        throw EvaluationError(
            "\(path) cannot be written: \(reason(error)). Name a file that is not there yet."
        )
    }
}
