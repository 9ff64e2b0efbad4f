import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct FinetuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune",
        abstract: "Train a chat model to predict ratings, and measure it beside the local model.",
        subcommands: [
            Prepare.self, Check.self, FinetuneStartCommand.self, Status.self, Events.self, List.self,
            Cancel.self, Use.self, FinetuneEvaluateCommand.self,
        ]
    )

    struct Prepare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make training data of a dataset, in which no answer can be read off.",
            discussion:
                "The folder gets train.jsonl, validation.jsonl, held-out.jsonl and report.json. The same seed gives the same files."
        )
        @Argument(help: "The file that `matinee dataset collect` made.") var dataset: String
        @Option(help: "Folder of the result.") var to: String
        @Option(help: "What the split, the draws and the order are made from.") var seed: UInt64 = 1
        @Option(help: "What share of the members is held out, 0 to 0.9.") var validation = 0.1
        @Option(help: "How many films of a member are asked for at most.") var perMember = 20
        @Option(help: "How many rated films must come before one that is asked for.") var leastHistory = 5
        @Option(help: "How many tokens the films of a profile may have.") var profileTokens = 240
        @Option(help: "Which way half stars go: up or down.") var halves = PreparationSettings.Halves.up
        @Option(help: "0 keeps ratings as they are spread, 1 makes all five equally frequent.") var balance =
            0.0
        @Option(help: "Epochs, for the estimate of the cost.") var epochs = 3
        @Option(help: "US dollars for a million training tokens, for the estimate of the cost.") var price =
            3.0
        @Flag(help: "Print the report as JSON.") var json = false
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (0...0.9).contains(validation) else {
                throw ValidationError("--validation must be from 0 to 0.9.")
            }
            guard (0...1).contains(balance) else { throw ValidationError("--balance must be from 0 to 1.") }
            guard perMember >= 1, leastHistory >= 1, profileTokens >= 20, epochs >= 1, price >= 0 else {
                throw ValidationError(
                    "--per-member, --least-history and --epochs must be 1 or more, --profile-tokens 20 or more, --price 0 or more."
                )
            }
        }

        func run() async throws {
            let assembly = try await Assembly(common)
            var settings = PreparationSettings()
            (settings.seed, settings.validation, settings.per_member) = (seed, validation, perMember)
            (settings.least_history, settings.profile_tokens) = (leastHistory, profileTokens)
            (settings.halves, settings.balance, settings.epochs, settings.price) = (
                halves, balance, epochs, price
            )
            let preparer = try TrainingPreparer(
                settings,
                catalog: Catalog(contentsOf: assembly.catalogFile())
            )
            let file = try DatasetFile(URL(filePath: dataset))
            let report = try preparer.prepare(file, into: URL(filePath: to)) { members in
                if members % 10_000 == 0 { note("\(members) members read.") }
            }
            try json ? output(JSON.pretty(report)) : output(report.text)
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a training file as the service would, and look for leaks and duplicates."
        )
        @Argument(help: "A JSON Lines file of chats.") var file: String
        @Option(help: "The file of the other split, whose members must be others.") var against: String?
        @Flag(help: "Print the report as JSON.") var json = false

        func run() throws {
            let report = try TrainingFileCheck.check(
                URL(filePath: file),
                against: against.map { URL(filePath: $0) }
            )
            if json {
                try output(JSON.pretty(report))
            } else {
                output("\(count(report.examples, "example")), about \(count(report.tokens, "token")).")
                for problem in report.problems {
                    output(
                        problem.line == 0
                            ? "The file: \(problem.what)." : "Line \(problem.line): \(problem.what)."
                    )
                }
                output(
                    report.problem_count == 0
                        ? "Nothing is wrong." : "\(count(report.problem_count, "problem"))."
                )
            }
            if report.problem_count > 0 { throw ExitCode(1) }
        }
    }
}

extension PreparationSettings.Halves: ExpressibleByArgument {}
