import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalRatingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratings",
        abstract: "Measure on ratings: each user's last film among all others, and ratings in five folds."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions

    @Option(help: "The folder that `matinee catalog import` made: ratings and their catalogue.")
    var ratings: String

    @Option(help: "How many users' last films are looked for, drawn by the seed.") var users = 2_000

    @Option(help: "What the folds and draws are made from.") var seed: UInt64 = 1

    @Flag(help: "Print the report as JSON.") var json = false

    func validate() throws {
        guard users > 0 else { throw ValidationError("--users must be 1 or more.") }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let embedder = try assembly.embedder()
        let imported = try ImportedRatings(folder: URL(filePath: ratings), catalog: assembly.catalogFile())
        let artifacts = try await assembly.artifacts(for: embedder)
        let evaluation = try RatingsEvaluation(
            artifacts,
            embedder: embedder,
            model: assembly.fusionModel(in: assembly.artifactsFolder(for: embedder)),
            settings: assembly.settings.tuning(tuning).settings,
            seed: seed,
            users: users
        )
        let report = try await evaluation.report(imported.ratings) { note($0) }
        if json { return try output(JSON.pretty(report)) }
        output(report.table)
    }
}
