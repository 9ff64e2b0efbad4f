import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct EvalSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Let simulated people with real or made-up histories look for films that they would like.",
        discussion: """
            Each likes what the ratings say, talks of some of these films in templates, and looks for others that are \
            never named. Without --ratings, histories are made up for the catalogue.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions
    @OptionGroup var variants: VariantOptions

    @Option(help: "A folder of ratings: of `matinee catalog import`, or MovieLens's own.") var ratings:
        String?
    @Option(help: "How many people talk at most.") var users = 200
    @Option(help: "How many messages each writes at most.") var turns = 5
    @Option(help: "What people and their words are drawn from.") var seed: UInt64 = 1
    @Option(help: "A new file for everything that is said, as JSON Lines.") var talks: String?
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the figures as JSON.") var json = false

    func validate() throws {
        guard (1...100_000).contains(users), (1...100).contains(turns) else {
            throw ValidationError("--users must be from 1 to 100000, --turns from 1 to 100.")
        }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let variants = try await EvalVariants(self.variants, assembly, tuning, seed: seed)
        let catalog = variants.artifacts.catalog, limit = try variants.limit
        let simulation = try SimulationRun(histories(catalog), catalog, settings)
        var lines = Data()
        var found = try await withScratchFolder { folder in
            let partners = try variants.variants(remembering: folder).map {
                SimulatedPartner.recommender($0, limit: limit)
            }
            return try await simulation.report(
                [.popularity(catalog, limit: limit)] + partners,
                progress: evaluationProgress("people", settings.users)
            ) { exchange in if talks != nil { lines += try JSON.line(TalkLine(exchange, catalog)) } }
        }
        found.skipped = variants.skipped
        if let talks { try writeLines(lines, to: talks) }
        let facts = [ReportFact("ratings", found.source)]
        try report.write(variants.part("eval simulate", facts, found.section), title: "Simulated people")
        if json { try output(JSON.pretty(found)) } else { output(found.text) }
    }

    private var settings: SimulationRun.Settings {
        var settings = SimulationRun.Settings()
        (settings.users, settings.turns, settings.seed) = (users, turns, seed)
        return settings
    }

    private func histories(_ catalog: Catalog) throws -> RatedHistories {
        guard let ratings else { return SyntheticRatings(catalog, seed: seed).histories(users) }
        return try RatedHistories(folder: URL(filePath: ratings), catalog: catalog)
    }
}

/// Something that was said, as a line of JSON.
private struct TalkLine: Encodable {
    var variant: String
    var user: Int
    var turn: Int
    var message: String
    var films: [String]
    var found: [String]

    init(_ exchange: SimulationRun.Exchange, _ catalog: Catalog) {
        (variant, user, turn) = (exchange.variant, exchange.user, exchange.turn)
        message = exchange.message
        films = exchange.rows.map { catalog[$0].label }
        found = exchange.hits.map { catalog[$0].label }
    }
}

/// Shows how far each variant is.
func evaluationProgress(_ unit: String, _ total: Int) -> (String, Int) -> Void {
    var bars: [String: ProgressBar] = [:]
    return { variant, done in
        let bar = bars[variant] ?? ProgressBar(title: "Talking to \(variant)", unit: unit)
        bars[variant] = bar
        bar.show(min(done, total), of: total)
    }
}
