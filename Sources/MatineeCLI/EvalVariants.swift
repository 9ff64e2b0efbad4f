import ArgumentParser
import Foundation
import Matinee
import MatineeLab
import MatineeStore

/// Which ways to recommend are compared.
struct VariantOptions: ParsableArguments {
    @Option(
        help: "What to compare, separated by commas: embedding, numeric, listwise (needs a language model)."
    )
    var variants = "embedding,numeric,listwise"

    enum Variant: String, CaseIterable { case embedding, numeric, listwise }

    /// The variants that are named, each once, in their order.
    var chosen: [Variant] {
        var seen: Set<Variant> = []
        return names.compactMap(Variant.init).filter { seen.insert($0).inserted }
    }

    private var names: [String] {
        variants.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    func validate() throws {
        let known = Variant.allCases.map(\.rawValue)
        guard !names.isEmpty, names.allSatisfy(known.contains) else {
            throw ValidationError("--variants must be some of \(known.joined(separator: ", ")).")
        }
    }
}

/// Puts the recommenders together that are compared: on the same artifacts, with the same seed, each with a memory of its
/// own that ends with the command.
struct EvalVariants {
    let artifacts: Artifacts
    let embedder: any Embedder
    let skipped: [SuiteReport.Skipped]
    private let assembly: Assembly
    private let tuning: TuningOptions
    private let chosen: [VariantOptions.Variant]
    private let model: (any LanguageModel)?
    private let seed: UInt64

    init(_ options: VariantOptions, _ assembly: Assembly, _ tuning: TuningOptions, seed: UInt64) async throws
    {
        (self.assembly, self.tuning, self.seed) = (assembly, tuning, seed)
        embedder = try assembly.embedder()
        artifacts = try await assembly.artifacts(for: embedder)
        let isModelWanted = options.chosen.contains(.listwise)
        let model = isModelWanted ? try await assembly.languageModel() : nil
        self.model = model
        chosen = options.chosen.filter { $0 != .listwise || model != nil }
        skipped =
            isModelWanted && model == nil
            ? [.init(name: "listwise", reason: "not tried, as no language model is switched on (--llm)")] : []
        guard !chosen.isEmpty else {
            throw UsageError("listwise needs a language model: `matinee llm use openai`, or --llm for once.")
        }
    }

    var limit: Int { get throws { try assembly.settings.tuning(tuning).limit } }

    /// What a command found, with what was run.
    func part(_ command: String, _ facts: [ReportFact], _ section: ReportSection) -> ReportPart {
        let models = chosen.map(\.rawValue) + (model.map { ["language model \($0.name)"] } ?? [])
        let own = [
            ReportFact("command", "matinee \(command)"),
            ReportFact("variants", models.joined(separator: ", ")),
            ReportFact("seed", "\(seed)"),
        ]
        let run = [.program] + own + facts + LogSetup.facts(of: artifacts) + [.machine, .now]
        return ReportPart(facts: run, sections: [section])
    }

    /// The recommenders, which remember people in files in a folder.
    func variants(remembering folder: URL) throws -> [TrialVariant] {
        try chosen.map { variant in
            let store = try SQLiteStore(
                folder: folder.appending(path: variant.rawValue),
                remembersWords: true
            )
            return try TrialVariant(variant.rawValue, recommender(variant, store), store: store)
        }
    }

    private func recommender(_ variant: VariantOptions.Variant, _ store: any Store) throws -> Recommender {
        let folder = try assembly.artifactsFolder(for: embedder), isPlain = variant == .embedding
        var options = ModelOptions()
        if variant == .listwise {
            options = try assembly.settings.modelOptions(assembly.options.languageModel, hasModel: true)
            (options.reranker, options.seed) = (.listwise, seed)
        }
        return try Recommender(
            artifacts: artifacts,
            embedder: embedder,
            index: assembly.index(of: artifacts, in: folder),
            store: store,
            preference: isPlain ? nil : assembly.preference(of: artifacts, in: folder),
            fusion: isPlain ? nil : assembly.fusionModel(in: folder),
            model: variant == .listwise ? model : nil,
            options: options,
            settings: assembly.settings.tuning(tuning).settings
        )
    }
}

/// Runs a body with a folder that is deleted afterwards.
func withScratchFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
