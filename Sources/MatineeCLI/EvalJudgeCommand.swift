import ArgumentParser
import Foundation
import Matinee
import MatineeLab
import MatineeNetwork

struct EvalJudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Have a language model judge conversations, and test the judge on the way.",
        discussion: """
            The log must hold the users' words (--remember-words, or `matinee eval run --logs`). The conversations with \
            the films and explanations that were shown are sent to the server of --base-url or --llm. Every prompt and \
            reply is kept in --out; the same command goes on where it was stopped and asks nothing twice.
            """
    )

    @Option(help: "A log with words, as JSON Lines; - is standard input.") var log: String?
    @Option(help: "Instead, conversations as JSON Lines, in which the assistant's texts are judged.")
    var conversations: String?
    @Option(help: "The judge: a chat model at its server.") var model: String
    @Option(help: "The server's address, such as http://localhost:11434/v1; by default that of --llm.")
    var baseURL: String?
    @Option(help: "The same conversations with another system, in the same form.") var against: String?
    @Option(help: "How often each conversation is scored, 1 to 20.") var repeats = 1
    @Option(help: "What all may cost in US dollars, earlier runs with the same --out included.") var maxCost:
        Double?
    @Option(help: "Folder of prompts, replies and figures.") var out = "judgement"
    @Option(help: "Of how many conversations copies made worse are judged too.") var controls = 20
    @Option(help: "What the copies and intervals are drawn from.") var seed: UInt64 = 1
    @Option(help: "Catalogue file; by default the starter catalogue. [MATINEE_CATALOG]") var catalog: String?
    @Option(help: "Folder in which the day's spending is counted. [MATINEE_DATA]") var data: String?
    @OptionGroup(title: "Language model") var languageModel: LanguageModelOptions
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the figures as JSON.") var json = false

    func validate() throws {
        guard (log == nil) != (conversations == nil) else {
            throw ValidationError("Name what is to be judged with either --log or --conversations.")
        }
        guard (1...20).contains(repeats), controls >= 0, (maxCost ?? 0) >= 0 else {
            throw ValidationError("--repeats must be from 1 to 20, --controls and --max-cost 0 or more.")
        }
    }

    func run() async throws {
        let assembly = try await assembly()
        let films = try Catalog(contentsOf: assembly.catalogFile())
        let judged = try read(log ?? conversations ?? "", films)
        let others = try against.map { try read($0, films) } ?? []
        let (judge, place) = try await judge(assembly)
        let folder = URL(filePath: out)
        let record = try JudgeRecord(folder: folder)
        note("\(judged.count) conversations with their films and explanations go to \(place).")
        let bar = ProgressBar(title: "Asking \(printable(model))", unit: "questions")
        let found = try await JudgeRun(judge, films, settings).report(judged, against: others, record: record)
        {
            bar.show($0, of: $1)
        }
        try ReportOptions.write(JSON.pretty(found), to: folder.appending(path: "judgement.json").path)
        try report.write(part(found, films), title: "What a judge says")
        if json { try output(JSON.pretty(found)) } else { output(found.text) }
        if let stopped = found.stopped { throw EvaluationError(stopped) }
    }

    private var settings: JudgeRun.Settings {
        var settings = JudgeRun.Settings()
        (settings.repeats, settings.maxCost, settings.controls, settings.seed) = (
            repeats, maxCost, controls, seed
        )
        return settings
    }

    private func assembly() async throws -> Assembly {
        var common = try CommonOptions.parse(
            (catalog.map { ["--catalog", $0] } ?? []) + (data.map { ["--data", $0] } ?? [])
        )
        common.languageModel = languageModel
        return try await Assembly(common)
    }

    private func read(_ path: String, _ films: Catalog) throws -> [JudgedConversation] {
        if log != nil { return try JudgedConversation.all(of: LogFile(contentsOf: path), catalog: films) }
        return try JudgedConversation.all(of: ConversationFile(contentsOf: URL(filePath: path)), name: path)
    }

    /// The judge and where it is.
    private func judge(_ assembly: Assembly) async throws -> (model: any LanguageModel, place: String) {
        guard let server = try assembly.settings.languageModelServer(languageModel, choice: baseURL) else {
            throw UsageError(
                "No server is switched on to ask for \(printable(model)): add --llm openai, or an address with --base-url."
            )
        }
        let judge = try await assembly.languageModel(at: server, named: model)
        guard maxCost == nil || judge.cost(of: TokenUsage()) != nil else {
            throw UsageError(
                "The price of \(printable(model)) is not known, so --max-cost needs --llm-price."
            )
        }
        return (judge, server.place)
    }

    private func part(_ found: JudgeReport, _ films: Catalog) throws -> ReportPart {
        let files = [
            ("Every prompt and reply", JudgeRecord.name), ("The figures", "judgement.json"),
        ].map { ReportLink($0, path: report.path(to: "\(out)/\($1)")) }
        let inputs = [log ?? conversations, against].compactMap(\.self).filter { $0 != "-" }
        let facts = try inputs.map {
            try ReportFact.file("judged", $0, sha256: Catalog.checksum(of: URL(filePath: $0)))
        }
        return ReportPart(
            facts: [
                .program, ReportFact("command", "matinee eval judge"), ReportFact("judge", printable(model)),
            ] + facts
                + [ReportFact("seed", "\(seed)"), .machine, .now],
            sections: [found.section(files)]
        )
    }
}
