import Foundation
import Matinee
import MatineeCompute
import MatineeSearch

// Films for a wish, in a program of your own: RecommendExample MODEL-FOLDER ARTIFACTS-FOLDER "a tense heist"
let arguments = CommandLine.arguments
let encoder = try SentenceEncoder(folder: ModelFolder(url: URL(filePath: arguments[1])))
let folder = URL(filePath: arguments[2])
if !FileManager.default.fileExists(atPath: folder.path) {
    try await ArtifactsBuilder(embedder: encoder).build(catalog: StarterCatalog.url(), into: folder)
}
let artifacts = try Artifacts(folder: folder, for: encoder), movies = artifacts.movies
let index = try ExactIndex(rows: movies.numbers, dimension: movies.dimension, owner: movies)
let recommender = try Recommender(artifacts: artifacts, embedder: encoder, index: index, fusion: .standard())
let turn = try await recommender.turn(arguments[3], limit: 3)
print(turn.reply)
for pick in turn.picks { print("\(pick.rank). \(pick.title): \(pick.reason)") }
