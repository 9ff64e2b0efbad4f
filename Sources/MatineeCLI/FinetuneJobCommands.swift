import ArgumentParser
import Foundation
import Matinee
import MatineeNetwork

extension FinetuneCommand {
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a job, or follow it until it is over."
        )
        @Argument(help: "The job's id; by default the latest.") var job: String?
        @Flag(help: "Follow it.") var follow = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let jobs = try await FinetuneJobs(common), id = try jobs.id(job)
            if follow { return try await jobs.follow(id) }
            let found = try await jobs.service.job(id)
            try json ? output(JSON.pretty(found)) : output(FinetuneJobs.line(found))
        }
    }

    struct Events: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what happened to a job.")
        @Argument(help: "The job's id; by default the latest.") var job: String?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let jobs = try await FinetuneJobs(common)
            for event in try await jobs.service.events(of: jobs.id(job)) {
                let time = Date(timeIntervalSince1970: Double(event.created_at)).formatted(.iso8601)
                output("\(time)  \(printable(event.message))")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the jobs of the server, and which are from here."
        )
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let jobs = try await FinetuneJobs(common), found = try await jobs.service.jobs()
            if json { return try output(JSON.pretty(found)) }
            let own = Set(jobs.book.jobs.filter { $0.base == jobs.server.base }.map(\.id))
            if found.isEmpty { note("\(jobs.server.place) has no jobs.") }
            for job in found {
                output(FinetuneJobs.line(job) + (own.contains(job.id) ? ", started here" : ""))
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a job; what it has cost so far stays.")
        @Argument(help: "The job's id; by default the latest.") var job: String?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let jobs = try await FinetuneJobs(common)
            output(FinetuneJobs.line(try await jobs.service.cancel(jobs.id(job))))
        }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the model of a job predict ratings from now on."
        )
        @Argument(help: "The job's id; by default the latest.") var job: String?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let jobs = try await FinetuneJobs(common), id = try jobs.id(job)
            let found = try await jobs.service.job(id)
            guard let model = found.fine_tuned_model, found.status == "succeeded" else {
                throw FineTuningError.notDone(id, status: found.status)
            }
            let file = ConfigurationFile(url: Folders.configurationFile)
            try file.set(Setting.llmModel.rawValue, to: model)
            output("\(printable(model)) is the language model from now on.")
            let choice = jobs.server.isStandard ? "openai" : jobs.server.base
            output("Where none is switched on yet: matinee llm use \(choice) --llm-model \(printable(model))")
            if FineTuningPlan.closing(of: found.model) != nil, jobs.server.isOpenAI {
                note("It shuts down on 2027-01-14.")
            }
        }
    }
}
