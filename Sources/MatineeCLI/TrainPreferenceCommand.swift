import ArgumentParser
import Foundation
import Matinee
import MatineeCompute
import MatineeLab

struct TrainPreferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preference",
        abstract: "Learn from ratings how people will rate films.",
        discussion:
            "The model goes into the artifacts folder of the catalogue; `matinee build` leaves it out, so train it again."
    )

    @OptionGroup var common: CommonOptions

    @Option(help: "The folder that `matinee catalog import` made: ratings and their catalogue.")
    var ratings: String?

    @Option(help: "The folder that `matinee finetune prepare` made: the members that are not held out.")
    var prepared: String?

    @Option(help: "How many factors a film has, 1 to 64.") var factors = 8

    @Option(help: "The same seed gives the same model.") var seed: UInt64 = 1

    func validate() throws {
        guard (ratings == nil) != (prepared == nil) else {
            throw ValidationError("Give --ratings or --prepared, one of them.")
        }
        guard (1...64).contains(factors) else { throw ValidationError("--factors must be from 1 to 64.") }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let embedder = try assembly.embedder()
        let artifacts = try await assembly.artifacts(for: embedder)
        let given = try given(assembly, artifacts.catalog)
        let content = MovieContent(
            artifacts.catalog.movies,
            vectors: artifacts.movies,
            length: artifacts.movies.dimension
        )
        var calibrator = PreferenceCalibrator()
        (calibrator.trainer.factors, calibrator.trainer.seed) = (factors, seed)
        note(
            "Learning from \(given.ratings.count) ratings; 100,000 take seconds, 32 million half an hour."
        )
        let (result, errors) = calibrator.train(given.ratings, content: content)
        let file = PreferenceFile(
            result.model,
            content: result.content,
            of: content,
            movieVariances: result.movieVariances,
            rated: result.isRated.indices.filter { result.isRated[$0] }.map {
                ($0, artifacts.catalog[$0].id)
            },
            embedder: (embedder.name, embedder.dimension),
            training: .init(
                ratings: given.ratings.count,
                users: Set(given.ratings.map(\.user)).count,
                seed: seed,
                held_out: errors.count,
                rmse: errors.rmse,
                mae: errors.mae,
                dataset: given.dataset
            )
        )
        let url = try assembly.artifactsFolder(for: embedder).appending(path: Artifacts.preferenceFile)
        do { try file.bytes().write(to: url, options: .atomic) } catch {
            throw ArtifactsError.unwritable(url, reason(error))
        }
        output(
            String(
                format: "%@ learned from %d ratings: on %d held out RMSE %.3f, MAE %.3f.",
                url.path,
                given.ratings.count,
                errors.count,
                errors.rmse,
                errors.mae
            )
        )
    }

    /// The ratings to learn from, and the split of the dataset that they are of.
    private func given(_ assembly: Assembly, _ catalog: Catalog) throws -> (
        ratings: [RatingsFile.Rating], dataset: String?
    ) {
        if let ratings {
            let folder = URL(filePath: ratings)
            return try (ImportedRatings(folder: folder, catalog: assembly.catalogFile()).ratings, nil)
        }
        let folder = try PreparedFolder(URL(filePath: prepared ?? "")), ratings = try folder.ratings(catalog)
        guard !ratings.isEmpty else {
            throw DatasetError.empty(
                folder.report.dataset,
                "the catalogue has none of the films that its members rated"
            )
        }
        return (ratings, folder.report.split)
    }
}
