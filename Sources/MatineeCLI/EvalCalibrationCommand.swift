import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalCalibrationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract:
            "Measure how true predicted ratings are: five folds, each predicted without having been seen.",
        discussion: "Without --ratings, ratings are made up for the catalogue."
    )

    @OptionGroup var common: CommonOptions
    @Option(help: "A folder of ratings: of `matinee catalog import`, or MovieLens's own.") var ratings:
        String?
    @Option(help: "How many people's ratings are used at most, drawn by the seed.") var users = 2_000
    @Option(help: "What the folds, the draws and made-up ratings are made from.") var seed: UInt64 = 1
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the figures as JSON.") var json = false

    func validate() throws {
        guard (1...1_000_000).contains(users) else { throw ValidationError("--users must be 1 to 1000000.") }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let artifacts = try await assembly.artifacts(for: assembly.embedder())
        var evaluation = CalibrationEvaluation(artifacts)
        evaluation.seed = seed
        let bar = ProgressBar(title: "Predicting ratings", unit: "folds")
        let found = try evaluation.report(histories(artifacts.catalog)) { bar.show($0, of: $1) }
        let facts =
            [
                .program, ReportFact("command", "matinee eval calibration"),
                ReportFact("ratings", found.source),
            ]
            + [ReportFact("seed", "\(seed)")] + LogSetup.facts(of: artifacts) + [.machine, .now]
        try report.write(
            ReportPart(facts: facts, sections: [found.section]),
            title: "Are predicted ratings true?"
        )
        if json { try output(JSON.pretty(found)) } else { output(found.text) }
    }

    private func histories(_ catalog: Catalog) throws -> RatedHistories {
        guard let ratings else { return SyntheticRatings(catalog, seed: seed).histories(min(users, 200)) }
        var histories = try RatedHistories(folder: URL(filePath: ratings), catalog: catalog)
        var random = SeededGenerator(seed: seed)
        histories.people = Array(histories.people.shuffled(using: &random).prefix(users))
        return histories
    }
}
