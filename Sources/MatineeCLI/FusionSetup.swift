import Foundation
import Matinee
import MatineeLab

/// What training and measuring a fusion need: a catalogue's artifacts, the dialogues' reader, and ratings.
struct FusionSetup {
    let embedder: any Embedder
    let artifacts: Artifacts
    let folder: URL
    let scorer: SignalScorer
    private let reader: DialogueReader

    /// - Parameter ratings: a folder of ratings, or `nil` for those that the artifacts were built with.
    init(_ assembly: Assembly, ratings: String?) async throws {
        let embedder = try assembly.embedder()
        self.embedder = embedder
        folder = try assembly.artifactsFolder(for: embedder)
        artifacts = try await assembly.artifacts(for: embedder)
        let catalog = artifacts.catalog
        var scorer = SignalScorer(
            catalog: catalog,
            movies: artifacts.movies,
            editorial: Editorial(of: catalog)
        )
        scorer.neighbors = artifacts.neighbors
        if let ratings {
            let joined = try JoinedRatings(folder: URL(filePath: ratings), catalog: catalog)
            scorer.neighbors = try EASENeighbors().build(joined.liked, movies: catalog.count)
            scorer.ratings = joined.counts
        }
        self.scorer = scorer
        reader = DialogueReader(catalog: catalog)
    }

    func dialogues(_ file: ConversationFile) async throws -> [Dialogue] {
        note("Reading \(file.turns.count) turns.")
        return try await reader.dialogues(of: file.turns.map(\.context), by: embedder)
    }

    /// Trains on turns of which the dialogues are given.
    func trained(
        _ turns: [ConversationFile.Turn],
        _ dialogues: [Dialogue],
        seed: UInt64,
        source: String
    ) throws -> FusionModel {
        let bar = ProgressBar(title: "Weighing signals", unit: "turns")
        return try FusionTrainer(seed: seed).train(
            turns,
            dialogues,
            scorer: scorer,
            embedder: embedder,
            source: source
        ) { done, total in bar.show(done, of: total) }
    }

    /// The fusion of a model, with the ratings of this setup.
    func fusion(_ model: FusionModel) -> Fusion {
        var scorer = scorer
        scorer.counts = model.mentions.counts(for: artifacts.catalog)
        return Fusion(scorer: scorer, nets: model.nets)
    }
}
