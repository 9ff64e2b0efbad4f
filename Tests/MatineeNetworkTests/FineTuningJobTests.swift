import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Synchronization
import Testing

@Suite("Training jobs")
struct FineTuningJobTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["train.jsonl", "validation.jsonl"] {
            let line =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\(name)\"},{\"role\":\"assistant\",\"content\":\"4\"}]}\n"
            try Data(String(repeating: line, count: 12).utf8).write(to: folder.url.appending(path: name))
        }
    }

    private func plan(seed: Int = 1) -> FineTuningPlan {
        FineTuningPlan(
            training: folder.url.appending(path: "train.jsonl"),
            validation: folder.url.appending(path: "validation.jsonl"),
            model: FineTuningPlan.standardModel,
            suffix: "movie-pref-ranker",
            seed: seed,
            epochs: 3
        )
    }

    private func service(_ server: JobServer) throws -> FineTuningService {
        try FineTuningService(
            OpenAIServer(base: server.address, key: APIKey("sk-test-1234567890")),
            backoff: .none
        )
    }

    private func launcher(_ server: JobServer, book name: String = "book") throws -> FineTuningLauncher {
        let book = JobBook(folder: folder.url.appending(path: name))
        return try FineTuningLauncher(service(server), book, base: server.address, today: "2026-11-26")
    }

    @Test("A job is created with what the API documents, goes on and ends with a model")
    func whole() async throws {
        let server = try await JobServer(), launcher = try launcher(server), service = try service(server)
        let (job, isFound) = try await launcher.start(plan()) { _ in }
        #expect(!isFound && job.status == "validating_files" && server.files.count == 2)
        #expect(try server.files.contains(Data(contentsOf: plan().training)))
        let created = try #require(
            server.requests.first { $0.method == "POST" && $0.path == "/v1/fine_tuning/jobs" }
        )
        let body = try #require(JSONSerialization.jsonObject(with: created.body) as? [String: Any])
        #expect(
            Set(body.keys) == [
                "model", "training_file", "validation_file", "suffix", "seed", "method", "metadata",
            ]
        )
        #expect(
            created["authorization"] == "Bearer sk-test-1234567890"
                && created["content-type"] == "application/json"
        )
        var statuses: [String] = []
        for _ in 0..<3 { statuses.append(try await service.job(job.id).status) }
        #expect(statuses == ["queued", "running", "succeeded"])
        #expect(
            try await service.job(job.id).fine_tuned_model
                == "ft:gpt-4o-mini-2024-07-18:org:movie-pref-ranker:1"
        )
        #expect(try await service.events(of: job.id).map(\.message).last == "The job is succeeded")
    }

    @Test(
        "The same start again finds its job: by the list kept here, or by the server's where that is lost",
        arguments: ["book", "another"]
    )
    func again(book: String) async throws {
        let server = try await JobServer()
        let first = try await launcher(server).start(plan()) { _ in }.job
        for seed in 2...4 { _ = try await launcher(server).start(plan(seed: seed)) { _ in } }
        let (job, isFound) = try await launcher(server, book: book).start(plan()) { _ in }
        #expect(isFound && job.id == first.id && server.jobs.count == 4 && server.files.count == 2)
    }

    @Test("A job that was cancelled or failed is started anew", arguments: ["cancelled", "failed"])
    func anew(status: String) async throws {
        let server = try await JobServer(), service = try service(server)
        server.end(with: "failed")
        let first = try await launcher(server).start(plan()) { _ in }.job
        if status == "cancelled" {
            #expect(try await service.cancel(first.id).status == "cancelled")
        } else {
            for _ in 0..<3 { _ = try await service.job(first.id) }
            #expect(try await service.job(first.id).error?.message == "the data were not liked")
        }
        let (second, isFound) = try await launcher(server).start(plan()) { _ in }
        #expect(!isFound && second.id != first.id && server.files.count == 2)
    }

    @Test("Where the answer to the creation is lost, the job is found and not paid twice")
    func lost() async throws {
        let server = try await JobServer()
        server.fail("POST /v1/fine_tuning/jobs", .lost)
        #expect(try await launcher(server).start(plan()) { _ in }.job.id == "ftjob-1")
        #expect(server.jobs.count == 1)
    }

    @Test("A dropped upload, a busy server and a passing fault are tried again")
    func repeated() async throws {
        let server = try await JobServer()
        server.fail("POST /v1/files", .dropped, .status(500))
        server.fail("POST /v1/fine_tuning/jobs", .status(429), .status(503))
        #expect(try await launcher(server).start(plan()) { _ in }.job.id == "ftjob-1")
        #expect(server.jobs.count == 1 && server.files.count == 2)
    }

    @Test("After a lasting fault, the next start goes on without uploading again")
    func resumed() async throws {
        let server = try await JobServer()
        server.fail("POST /v1/fine_tuning/jobs", .status(500), .status(500), .status(500))
        await #expect(throws: FineTuningError.self) { try await launcher(server).start(plan()) { _ in } }
        #expect(try await !launcher(server).start(plan()) { _ in }.isFound)
        #expect(server.files.count == 2 && server.jobs.count == 1)
    }

    @Test("What the server refuses is said in its words, without the key")
    func refused() async throws {
        let server = try await JobServer()
        let small = folder.url.appending(path: "small.jsonl")
        try Data("{}\n".utf8).write(to: small)
        var plan = plan()
        (plan.training, plan.validation) = (small, nil)
        await #expect { try await launcher(server).start(plan) { _ in } } throws: { error in
            "\(error)".contains("at least 10 examples") && !"\(error)".contains("sk-test")
        }
        let service = try service(server)
        await #expect(throws: FineTuningError.self) { try await service.job("../../secret") }
        try await server.stop()
        await #expect(throws: FineTuningError.self) { try await service.jobs() }
    }

    @Test("The model of a job that is done rates the candidates of a turn")
    func used() async throws {
        let server = try await JobServer(), service = try service(server)
        let job = try await launcher(server).start(plan()) { _ in }.job
        for _ in 0..<3 { _ = try await service.job(job.id) }
        let name = try #require(try await service.job(job.id).fine_tuned_model)
        let model = try OpenAIModel(name: name, server: OpenAIServer(base: server.address))
        let recommender = try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(reranker: .numeric, explainer: .builtIn)
        )
        let turn = try await recommender.turn("loved Heat, hated It, a crime film")
        let ratings = turn.candidates.compactMap(\.scores.rating)
        // The server's answer: 4 with e^-0.1, 3 with e^-2.5 of the probability.
        let expected = (4 * exp(-0.1) + 3 * exp(-2.5)) / (exp(-0.1) + exp(-2.5))
        #expect(ratings.count == turn.candidates.count && ratings.allSatisfy { abs($0 - expected) < 1e-9 })
        #expect("\(turn.models)".contains(name))
    }

    @Test("Only of gpt-4o-mini it is said that its training closes, with the dates")
    func closing() {
        #expect(FineTuningPlan.closing(of: FineTuningPlan.standardModel)?.contains("2027-01-06") == true)
        #expect(FineTuningPlan.closing(of: "gpt-4.1-mini-2025-04-14") == nil)
    }
}
