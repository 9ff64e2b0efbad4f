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
    @Option(help: "A new file for all answers, as JSON Lines.") var answers: String?
    @Flag(help: "Print the figures as JSON.") var json = false

    func run() async throws {
        let assembly = try await Assembly(common)
        let variants = try await EvalVariants(self.variants, assembly, tuning, seed: seed)
        let suite = try Suite(contentsOf: URL(filePath: self.suite), catalog: variants.artifacts.catalog)
        var lines = Data()
        var report = try await withScratchFolder { folder in
            try await SuiteRun(variants.artifacts, limit: variants.limit, seed: seed).report(
                suite,
                variants.variants(remembering: folder),
                progress: evaluationProgress("conversations", suite.conversations.count)
            ) { exchange in if answers != nil { lines += try JSON.line(AnswerLine(exchange)) } }
        }
        report.skipped = variants.skipped
        if let answers { try writeLines(lines, to: answers) }
        if json { try output(JSON.pretty(report)) } else { output(report.text) }
    }
}

/// An answer in a conversation of a suite, as a line of JSON.
private struct AnswerLine: Encodable {
    var variant: String
    var conversation: String
    var message: Int
    var said: String
    var turn: Turn

    init(_ exchange: SuiteRun.Exchange) {
        (variant, conversation, message) = (exchange.variant, exchange.conversation, exchange.message)
        (said, turn) = (exchange.said, exchange.turn)
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
