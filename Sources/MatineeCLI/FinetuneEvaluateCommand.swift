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
    @Flag(help: "Print the report as JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard folds.map({ (2...100).contains($0) }) ?? true else {
            throw ValidationError("--folds must be from 2 to 100.")
        }
    }

    func run() async throws {
        let assembly = try await Assembly(common), folder = try PreparedFolder(URL(filePath: prepared))
        let evaluation = HeldOutEvaluation(folder.heldOut, folder.report.settings)
        let report =
            if let folds {
                try await crossValidated(folder, assembly, folds)
            } else if let predictions = try await predictions(folder, assembly) {
                await evaluation.report(predictor, predictions)
            } else {
                try await chatReport(evaluation, folder, assembly)
            }
        try json ? output(JSON.pretty(report)) : output(report.text)
    }

    /// The predictions of every member, each by what the members of the other parts rated.
    private func crossValidated(_ folder: PreparedFolder, _ assembly: Assembly, _ folds: Int) async throws
        -> HeldOutEvaluation.Report
    {
        let embedder = try assembly.embedder(), artifacts = try await assembly.artifacts(for: embedder)
        let predictors = HeldOutPredictors(artifacts.catalog), settings = folder.report.settings
        let vectors = artifacts.movies
        let content = MovieContent(artifacts.catalog.movies, vectors: vectors, length: vectors.dimension)
        var calibrator = PreferenceCalibrator()
        calibrator.trainer.seed = settings.seed
        let parts = try CrossValidation(
            DatasetFile(URL(filePath: folder.report.dataset)),
            settings,
            folds: folds,
            catalog: artifacts.catalog
        )
        let reports = try parts.reports([
            (
                predictor,
                { others in
                    switch predictor {
                    case "user-mean": return predictors.userMean
                    case "film-mean": return predictors.filmMean(others.filmMeans(damping: 0))
                    case "damped-film-mean": return predictors.filmMean(others.filmMeans(damping: 5))
                    case "local":
                        note("Learning from \(others.ratings.count) ratings.")
                        return predictors.model(
                            calibrator.train(others.ratings, content: content).result.model
                        )
                    default: throw UsageError("A chat model is not trained here: leave --folds out.")
                    }
                }
            )
        ])
        return reports[0]
    }

    /// What a chat model answers; each question costs what the server asks for it.
    private func chatReport(_ evaluation: HeldOutEvaluation, _ folder: PreparedFolder, _ assembly: Assembly)
        async throws -> HeldOutEvaluation.Report
    {
        guard let server = try assembly.settings.languageModelServer(common.languageModel) else {
            throw UsageError(
                "\(printable(predictor)) is none of local, user-mean and film-mean, and no server is switched on to ask for a chat model: add --llm openai, or an address."
            )
        }
        let model = try await assembly.languageModel(at: server, named: predictor)
        let questions = folder.url.appending(path: TrainingPreparer.validation)
        let chat = try ChatPredictor(model, questions: questions)
        return try await evaluation.report(predictor) { try await chat.ratings(of: $0) }
    }

    /// The predictions of what needs no server; `nil` for the name of a chat model.
    private func predictions(_ folder: PreparedFolder, _ assembly: Assembly) async throws
        -> ((HeldOutMember) -> [Double?])?
    {
        let catalog = try Catalog(contentsOf: assembly.catalogFile()), predictors = HeldOutPredictors(catalog)
        switch predictor {
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
