import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct TrainFusionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fusion",
        abstract: "Learn from conversations how to weigh what speaks for a film.",
        discussion: "The model goes into the artifacts folder of the catalogue, or where --output says."
    )

    @OptionGroup var common: CommonOptions

    @Option(help: "Conversations with what was recommended in them, as JSON Lines.")
    var conversations: String

    @Option(help: "A folder of ratings: of `matinee catalog import`, or MovieLens's own.")
    var ratings: String?

    @Option(help: "Where the model goes.") var output: String?

    @Option(help: "What the conversations are, for people who read the model.")
    var source: String = "conversations of one's own"

    @Option(help: "The same seed gives the same model.") var seed: UInt64 = 1

    func run() async throws {
        let assembly = try await Assembly(common)
        let file = try ConversationFile(contentsOf: URL(filePath: conversations))
        let setup = try await FusionSetup(assembly, ratings: ratings)
        let dialogues = try await setup.dialogues(file)
        let model = try setup.trained(file.turns, dialogues, seed: seed, source: source)
        let url = output.map { URL(filePath: $0) } ?? setup.folder.appending(path: Artifacts.fusionFile)
        do { try model.file().write(to: url, options: .atomic) } catch {
            throw ArtifactsError.unwritable(url, reason(error))
        }
        MatineeCLI.output("A fusion learned from \(file.turns.count) turns is in \(url.path).")
    }
}
