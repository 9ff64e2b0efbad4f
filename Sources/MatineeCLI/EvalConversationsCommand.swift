import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalConversationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversations",
        abstract: "Measure on real conversations which of the films recommended in them are found.",
        discussion: """
            Variants: text, popularity, neighbours, fusion, fusion-without-GROUP (text, film, rated, said, genre, \
            people, year, words, prior), turn. Without --train-conversations, the fusion that ships or was trained \
            for the catalogue is measured.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions

    @Option(help: "The conversations, as JSON Lines.") var conversations: String

    @Option(help: "Conversations to train the fusion on first, none of those measured.")
    var trainConversations: String?

    @Option(help: "Instead, train on all but one of so many parts of the conversations, and measure on that.")
    var crossValidate: Int?

    @Option(help: "A folder of ratings: of `matinee catalog import`, or MovieLens's own.")
    var ratings: String?

    @Option(name: .customLong("variant"), help: "What to measure; may be repeated.")
    var variants: [String] = []

    @Option(help: "The lengths of lists, separated by commas.") var k = "1,5,10,20,50"

    @Option(help: "A new file for the first hundred of every turn, as JSON Lines.") var predictions: String?

    @Option(help: "What training and intervals are made from.") var seed: UInt64 = 1

    @Flag(help: "Print the figures as JSON.") var json = false

    private static let standardVariants = ["text", "popularity", "neighbours", "fusion", "turn"]

    func validate() throws {
        guard !lengths.isEmpty, lengths.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("--k must be numbers from 1, such as 1,5,10.")
        }
        if let crossValidate, crossValidate < 2 || trainConversations != nil {
            throw ValidationError("--cross-validate must be 2 or more, and excludes --train-conversations.")
        }
        let known = Self.standardVariants + Signal.groups.map { "fusion-without-\($0)" }
        if let unknown = variants.first(where: { !known.contains($0) }) {
            throw ValidationError(
                "No variant is called “\(printable(unknown))”: there are \(known.joined(separator: ", "))."
            )
        }
    }

    private var lengths: [Int] {
        k.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) ?? 0 }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let file = try ConversationFile(contentsOf: URL(filePath: conversations))
        let training = try trainConversations.map { try ConversationFile(contentsOf: URL(filePath: $0)) }
        let setup = try await FusionSetup(assembly, ratings: ratings)
        let dialogues = try await setup.dialogues(file)
        let fusions = try await fusions(assembly, setup, file, dialogues, training)
        var evaluation = ConversationEvaluation(setup.artifacts)
        (evaluation.ks, evaluation.seed) = (lengths, seed)
        let systems = try variants(setup, assembly, file, fusions)
        var lines = Data()
        let report = try await evaluation.report(file.turns, dialogues, systems: systems) {
            if predictions != nil { lines += try JSON.line($0) }
        }
        if let predictions { try writeLines(lines, to: predictions) }
        if json { try output(JSON.pretty(report)) } else { output(report.table) }
    }

    /// Fusions, and which of them each turn is answered by.
    private func fusions(
        _ assembly: Assembly,
        _ setup: FusionSetup,
        _ file: ConversationFile,
        _ dialogues: [Dialogue],
        _ training: ConversationFile?
    ) async throws -> (fusions: [Fusion], parts: [Int]) {
        if let crossValidate {
            return try crossValidated(setup, file.turns, dialogues, parts: crossValidate)
        }
        let model: FusionModel
        if let training {
            let own = try await setup.dialogues(training)
            model = try setup.trained(training.turns, own, seed: seed, source: "--train-conversations")
        } else {
            model = try assembly.fusionModel(in: setup.folder)
        }
        return ([setup.fusion(model)], Array(repeating: 0, count: file.turns.count))
    }

    private func crossValidated(
        _ setup: FusionSetup,
        _ turns: [ConversationFile.Turn],
        _ dialogues: [Dialogue],
        parts: Int
    ) throws -> (fusions: [Fusion], parts: [Int]) {
        var numbers: [String: Int] = [:]
        for turn in turns where numbers[turn.dialogue] == nil {
            numbers[turn.dialogue] = numbers.count % parts
        }
        let byPart = try (0..<parts).map { part in
            note("Part \(part + 1) of \(parts).")
            let others = turns.indices.filter { numbers[turns[$0].dialogue] != part }
            let model = try setup.trained(
                others.map { turns[$0] },
                others.map { dialogues[$0] },
                seed: seed,
                source: "cross-validation"
            )
            return setup.fusion(model)
        }
        return (byPart, turns.map { numbers[$0.dialogue] ?? 0 })
    }

    private func variants(
        _ setup: FusionSetup,
        _ assembly: Assembly,
        _ file: ConversationFile,
        _ fusions: (fusions: [Fusion], parts: [Int])
    ) throws -> [ConversationEvaluation.System] {
        let names = variants.isEmpty ? Self.standardVariants : variants
        let systems = ConversationSystems(
            artifacts: setup.artifacts,
            fusions: fusions.fusions,
            parts: fusions.parts
        )
        return try names.map { name in
            switch name {
            case "text": systems.text
            case "popularity": systems.popularity
            case "neighbours": systems.neighbors
            case "turn":
                try systems.turn(
                    of: file.turns.map(\.context),
                    embedder: setup.embedder,
                    index: assembly.index(of: setup.artifacts, in: setup.folder),
                    settings: assembly.settings.tuning(tuning).settings
                )
            default:
                systems.fusion(name, without: name.split(separator: "-").dropFirst(2).first.map(String.init))
            }
        }
    }
}
