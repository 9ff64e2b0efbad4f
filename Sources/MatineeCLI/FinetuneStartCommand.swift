import ArgumentParser
import Foundation
import Matinee
import MatineeFormats
import MatineeLab
import MatineeNetwork

/// `matinee finetune start`.
struct FinetuneStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Upload prepared training data and start a job, once.",
        discussion: """
            Says what is uploaded where and what it may cost, and does it with --yes. The same command again finds its job \
            instead of paying for another. The server is that of --llm, by default OpenAI.
            """
    )
    @Argument(help: "The folder that `matinee finetune prepare` made.") var prepared: String
    @Option(help: "The model that is trained.") var baseModel = FineTuningPlan.standardModel
    @Option(help: "What the trained model's name ends with.") var suffix = "movie-pref-ranker"
    @Option(help: "The seed that is sent along.") var seed = 1
    @Option(help: "How often the training reads all.") var epochs = 3
    @Flag(help: "Upload, and start the job.") var yes = false
    @Flag(help: "Follow the job until it is over.") var follow = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...50).contains(epochs) else { throw ValidationError("--epochs must be from 1 to 50.") }
        guard suffix.wholeMatch(of: /[A-Za-z0-9-]{1,64}/) != nil else {
            throw ValidationError("--suffix must have 1 to 64 letters, digits and dashes.")
        }
    }

    func run() async throws {
        let jobs = try await FinetuneJobs(common), folder = URL(filePath: prepared)
        let report = try PreparationReport(folder: folder)
        let training = folder.appending(path: TrainingPreparer.train)
        let check = try TrainingFileCheck.check(training)
        if let problem = check.problems.first {
            throw UsageError(
                "\(training.path) would be refused or teach answers that leak: line \(problem.line): \(problem.what). `matinee finetune check` lists all."
            )
        }
        let plan = FineTuningPlan(
            training: training,
            validation: report.validation.examples >= 10
                ? folder.appending(path: TrainingPreparer.validation) : nil,
            model: baseModel,
            suffix: suffix,
            seed: seed,
            epochs: epochs
        )
        output(await terms(plan, report, jobs))
        guard yes else { throw UsageError("Nothing was sent: say --yes to upload and start the job.") }
        let launcher = FineTuningLauncher(jobs.service, jobs.book, base: jobs.server.base, today: Day.today)
        let (job, isFound) = try await launcher.start(plan) { note($0) }
        output(
            isFound
                ? "The job \(job.id) was started before: it is \(job.status)."
                : "The job \(job.id) is \(job.status)."
        )
        if follow {
            try await jobs.follow(job.id)
        } else {
            output("Go on with: matinee finetune status \(job.id)")
        }
    }

    /// What is sent where, what it may cost, and when it will be gone.
    private func terms(_ plan: FineTuningPlan, _ report: PreparationReport, _ jobs: FinetuneJobs) async
        -> String
    {
        let tokens = report.train.tokens * epochs,
            dollars = Double(tokens) * report.settings.price / 1_000_000
        var lines = [
            "Will be uploaded to \(jobs.server.base):",
            "  \(plan.training.path): \(count(report.train.examples, "question")), about \(report.train.tokens) tokens",
        ]
        if let validation = plan.validation {
            lines.append("  \(validation.path): \(count(report.validation.examples, "question"))")
        }
        lines.append(
            "Each holds titles that a person liked and disliked before, a film, and a rating; no name, date or review."
        )
        lines.append(
            String(
                format:
                    "Trained is %@, %d epochs: about %d tokens, $%.2f at $%.2f a million; see what your service asks.",
                printable(plan.model),
                plan.epochs,
                tokens,
                dollars,
                report.settings.price
            )
        )
        if jobs.server.isOpenAI {
            if let closing = FineTuningPlan.closing(of: plan.model) { lines.append(closing) }
            if yes, let date = await jobs.service.shutdownDate(of: plan.model) {
                lines.append("The server says that \(printable(plan.model)) will be shut down on \(date).")
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// The server of jobs, and those that were started from here.
struct FinetuneJobs {
    let server: OpenAIServer
    let service: FineTuningService
    let book: JobBook

    init(_ options: CommonOptions) async throws {
        let assembly = try await Assembly(options), chosen = options.languageModel
        let set = assembly.settings.text(chosen.llm, .llm)
        let choice = set == nil || set == "none" ? "openai" : set
        guard let server = try assembly.settings.languageModelServer(chosen, choice: choice) else {
            throw UsageError(
                "Name a server with --llm: openai, or an address such as http://localhost:8000/v1."
            )
        }
        self.server = server
        service = FineTuningService(server)
        book = JobBook(folder: assembly.dataFolder)
    }

    /// The job of that id, or the latest that was started from here at this server.
    func id(_ named: String?) throws -> String {
        if let named { return named }
        guard let last = book.jobs.last(where: { $0.base == server.base }) else {
            throw FineTuningError.unknownJob("at \(server.place)")
        }
        return last.id
    }

    /// Shows a job on one line until it is over.
    func follow(_ id: String) async throws {
        var shown = "", wait = Duration.milliseconds(200)
        while true {
            let job = try await service.job(id), line = Self.line(job)
            if line != shown { output(line) }
            if job.isOver { return }
            shown = line
            try await Task.sleep(for: wait)
            wait = min(wait * 2, .seconds(15))
        }
    }

    static func line(_ job: FineTuningJob) -> String {
        var parts = ["\(job.id): \(printable(job.status))"]
        if let model = job.fine_tuned_model { parts.append("model \(printable(model))") }
        if let tokens = job.trained_tokens { parts.append("\(tokens) tokens") }
        if let why = job.error?.message, job.isLost { parts.append(printable(why)) }
        if !job.isOver, let end = job.estimated_finish {
            parts.append("done about \(Date(timeIntervalSince1970: Double(end)).formatted(.iso8601))")
        }
        return parts.joined(separator: ", ")
    }
}

extension Day {
    /// `2026-11-26`.
    static var today: String { text(Int(Date().timeIntervalSince1970)) }
}
