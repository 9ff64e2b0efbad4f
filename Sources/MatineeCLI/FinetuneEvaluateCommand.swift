import ArgumentParser
import Foundation
import Matinee
import MatineeLab
import MatineeNetwork

struct FinetuneEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure predicted ratings on the members that are held out.",
        discussion:
            "PREDICTOR is local (the model of `matinee train preference --prepared`), user-mean, film-mean, damped-film-mean, or the name of a chat model at the server of --llm."
    )
    @Argument(help: "local, user-mean, film-mean, damped-film-mean, or a chat model.") var predictor: String
    @Option(help: "The folder that `matinee finetune prepare` made.") var prepared: String
    @Option(help: "Hold every member out once, in so many parts; of local, all parts are trained here.")
    var folds: Int?
    @Option(help: "Also compare with local, user-mean, film-mean or damped-film-mean, film by film.")
    var against: String?
    @Flag(help: "Print the report as JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard folds.map({ (2...100).contains($0) }) ?? true else {
            throw ValidationError("--folds must be from 2 to 100.")
        }
    }

    func run() async throws {
        let assembly = try await Assembly(common), folder = try PreparedFolder(URL(filePath: prepared))
        let source = if let folds { try await Folds(folder, assembly, folds) } else { Folds?.none }
        let evaluation = source?.parts.evaluation ?? HeldOutEvaluation(folder.heldOut, folder.report.settings)
        func predictions(_ name: String) async throws -> [[Double?]] {
            if let source { return try source.predictions(name) }
            if let predict = try await predictor(name, folder, assembly) {
                return await evaluation.predictions(predict)
            }
            return try await chatPredictions(name, evaluation, folder, assembly)
        }
        var other: (String, [[Double?]])?
        if let against { other = try await (against, predictions(against)) }
        let report = try await evaluation.report(predictor, predictions(predictor), against: other)
        try json ? output(JSON.pretty(report)) : output(report.text)
    }

    /// What a chat model answers; each question costs what the server asks for it.
    private func chatPredictions(
        _ name: String,
        _ evaluation: HeldOutEvaluation,
        _ folder: PreparedFolder,
        _ assembly: Assembly
    ) async throws -> [[Double?]] {
        guard let server = try assembly.settings.languageModelServer(common.languageModel) else {
            throw UsageError(
                "\(printable(name)) is none of local, user-mean and film-mean, and no server is switched on to ask for a chat model: add --llm openai, or an address."
            )
        }
        let model = try await assembly.languageModel(at: server, named: name)
        let questions = folder.url.appending(path: TrainingPreparer.validation)
        let chat = try ChatPredictor(model, questions: questions)
        return try await evaluation.predictions { try await chat.ratings(of: $0) }
    }

    /// The predictions of what needs no server; `nil` for the name of a chat model.
    private func predictor(_ name: String, _ folder: PreparedFolder, _ assembly: Assembly) async throws
        -> ((HeldOutMember) -> [Double?])?
    {
        let catalog = try Catalog(contentsOf: assembly.catalogFile()), predictors = HeldOutPredictors(catalog)
        switch name {
        case "user-mean": return predictors.userMean
        case "film-mean": return try predictors.filmMean(folder.filmMeans(damping: 0))
        case "damped-film-mean": return try predictors.filmMean(folder.filmMeans(damping: 5))
        case "local":
            let embedder = try assembly.embedder(), artifacts = try await assembly.artifacts(for: embedder)
            let url = try assembly.artifactsFolder(for: embedder).appending(path: Artifacts.preferenceFile)
            let file = try PreferenceFile(contentsOf: url)
            guard file.training.dataset == folder.report.split else {
                throw UsageError(
                    "The local model was trained on other ratings and may know these. Run `matinee train preference --prepared \(prepared)` first."
                )
            }
            let model = file.model(
                for: artifacts.catalog,
                artifacts.movies,
                embedder: artifacts.manifest.embedder
            )
            return HeldOutPredictors(artifacts.catalog).model(model)
        default: return nil
        }
    }
}

/// Every member held out once, in several parts.
private struct Folds {
    let parts: CrossValidation
    private let artifacts: Artifacts
    private let seed: UInt64

    init(_ folder: PreparedFolder, _ assembly: Assembly, _ folds: Int) async throws {
        artifacts = try await assembly.artifacts(for: assembly.embedder())
        seed = folder.report.settings.seed
        parts = try CrossValidation(
            DatasetFile(URL(filePath: folder.report.dataset)),
            folder.report.settings,
            folds: folds,
            catalog: artifacts.catalog
        )
    }

    /// The predictions of every member, each by what the members of the other parts rated.
    func predictions(_ name: String) throws -> [[Double?]] {
        let predictors = HeldOutPredictors(artifacts.catalog), vectors = artifacts.movies
        let content = MovieContent(artifacts.catalog.movies, vectors: vectors, length: vectors.dimension)
        var calibrator = PreferenceCalibrator()
        calibrator.trainer.seed = seed
        return try parts.predictions { others in
            switch name {
            case "user-mean": return predictors.userMean
            case "film-mean": return predictors.filmMean(others.filmMeans(damping: 0))
            case "damped-film-mean": return predictors.filmMean(others.filmMeans(damping: 5))
            case "local":
                note("Learning from \(others.ratings.count) ratings.")
                return predictors.model(calibrator.train(others.ratings, content: content).result.model)
            default: throw UsageError("A chat model is not trained here: leave --folds out.")
            }
        }
    }
}
