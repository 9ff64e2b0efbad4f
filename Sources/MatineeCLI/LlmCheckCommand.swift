import ArgumentParser
import Foundation
import Matinee
import MatineeNetwork

/// `matinee llm check`.
struct LlmCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what the language model can do, by one short request each.",
        discussion: "Ends with 1 where the model does not answer at all."
    )
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly(common)
        guard let model = try await assembly.languageModel() as? OpenAIModel else {
            throw UsageError(
                "No language model is switched on: `matinee llm use openai` does it, or --llm for once."
            )
        }
        let check = try await spinning("asking") { try await model.check() }
        if json {
            try output(JSON.pretty(check))
        } else {
            output(text(check))
            if let day = try? SpendingLedger(folder: assembly.dataFolder).today() {
                output("Today: \(count(day.requests, "request")), \(count(day.tokens, "token")).")
            }
        }
        if !check.plain.works { throw ExitCode(1) }
    }

    private func text(_ check: ModelCheck) -> String {
        let speed = [
            check.firstPiece.map { "first piece after \($0.formatted()) ms" },
            check.tokensPerSecond.map { "\($0.formatted()) tokens a second" },
        ].compactMap { $0 }
        let rows = [
            ("answers", check.plain, []), ("streams", check.stream, speed),
            ("schema", check.schema, ["asked for by \(check.structure)"]),
            ("log-probabilities", check.logProbabilities, []),
        ]
        let lines = rows.map { name, trial, more in
            "  \(name.padded(to: 18)) \(trial.works ? "yes" : "no ")  \(milliseconds(trial))  "
                + ([printable(trial.note)] + (trial.works ? more : [])).joined(separator: ", ")
        }
        return (["\(printable(check.model)) at \(check.server)"] + lines + [summary(check)])
            .joined(separator: "\n")
    }

    private func milliseconds(_ trial: ModelCheck.Trial) -> String {
        let text = "\(Int(trial.milliseconds.rounded())) ms"
        return String(repeating: " ", count: max(0, 8 - text.count)) + text
    }

    private func summary(_ check: ModelCheck) -> String {
        let parts = [
            "Used \(check.usage.prompt + check.usage.completion) tokens",
            check.cost.map {
                "about $\($0.formatted(.number.precision(.significantDigits(1...2)))) by prices of \(Price.date)"
            },
            check.shutdownDate.map { "the model ends on \(printable($0))" },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ") + "."
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
