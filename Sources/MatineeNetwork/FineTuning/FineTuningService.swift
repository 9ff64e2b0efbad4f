package import Foundation
import Matinee
import NIOCore

/// OpenAI's fine-tuning API, or that of any server that speaks it: `/files` and `/fine_tuning/jobs`.
package struct FineTuningService: Sendable {
    private let transport: OpenAITransport
    private let backoff: Backoff

    /// How long an upload may take.
    private static let uploadTime = Duration.seconds(3_600)
    private static let largestFile = 512 << 20
    /// How much of an answer is read.
    private static let longestAnswer = 16 << 20

    package init(_ server: OpenAIServer, backoff: Backoff = Backoff()) {
        transport = OpenAITransport(server, backoff: backoff)
        self.backoff = backoff
    }

    /// Uploads a file for training, again where the connection breaks.
    /// - Returns: its id at the server.
    /// - Throws: ``FineTuningError``.
    package func upload(_ url: URL) async throws -> String {
        let data: Data
        do { data = try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw FineTuningError.missing(url.path, reason(error))
        }
        guard data.count <= Self.largestFile else { throw FineTuningError.tooLarge(url.path) }
        let boundary = "matinee-\(UUID().uuidString)"
        let name = url.lastPathComponent.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
        }
        let body =
            Data(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n".utf8
            )
            + Data(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: application/jsonl\r\n\r\n"
                    .utf8
            ) + data + Data("\r\n--\(boundary)--\r\n".utf8)
        struct File: Decodable { var id: String }
        let file: File = try await call(
            "/files",
            posting: body,
            as: "multipart/form-data; boundary=\(boundary)",
            within: Self.uploadTime
        )
        return file.id
    }

    private struct JobRequest: Encodable {
        struct Method: Encodable {
            struct Supervised: Encodable {
                struct Hyperparameters: Encodable { var n_epochs: Int }
                var hyperparameters: Hyperparameters
            }
            var type = "supervised"
            var supervised: Supervised
        }
        var model: String
        var training_file: String
        var validation_file: String?
        var suffix: String
        var seed: Int
        var method: Method
        var metadata: [String: String]
    }

    /// Creates a job, once: where the answer is lost, the job is looked for by its key before it is created again.
    package func create(_ plan: FineTuningPlan, key: String, training: String, validation: String?)
        async throws
        -> FineTuningJob
    {
        let request = JobRequest(
            model: plan.model,
            training_file: training,
            validation_file: validation,
            suffix: plan.suffix,
            seed: plan.seed,
            method: .init(supervised: .init(hyperparameters: .init(n_epochs: plan.epochs))),
            metadata: ["matinee": key]
        )
        let body = try JSONEncoder().encode(request)
        var failures = 0
        while true {
            do { return try await call("/fine_tuning/jobs", posting: body, repeats: 0) } catch let error
                as FineTuningError
            {
                guard Self.mayHaveWorked(error), failures < OpenAITransport.repeats else { throw error }
                failures += 1
                try await backoff.wait(after: failures)
                if let found = try await job(withKey: key) { return found }
            }
        }
    }

    private static func mayHaveWorked(_ error: FineTuningError) -> Bool {
        switch error {
        case .unreachable, .unreadable: true
        case .refused(let status, _): status == 408 || status == 409 || status == 429 || status >= 500
        default: false
        }
    }

    package func job(_ id: String) async throws -> FineTuningJob {
        try await call("/fine_tuning/jobs/\(Self.path(id))")
    }

    private struct Page<Element: Decodable & Sendable>: Decodable, Sendable {
        var data: [Element]
        var has_more: Bool?
    }

    /// The server's jobs, the latest first; at most a thousand.
    package func jobs() async throws -> [FineTuningJob] {
        var jobs: [FineTuningJob] = []
        for _ in 0..<10 {
            let after = jobs.last.map { "&after=\(Self.path($0.id))" } ?? ""
            let page: Page<FineTuningJob> = try await call("/fine_tuning/jobs?limit=100\(after)")
            jobs += page.data
            guard page.has_more == true, !page.data.isEmpty else { break }
        }
        return jobs
    }

    /// The latest job that was created with a key and did not end without a model.
    package func job(withKey key: String) async throws -> FineTuningJob? {
        try await jobs().first { $0.metadata?["matinee"] == key && !$0.isLost }
    }

    /// What happened to a job, the latest last; at most a hundred.
    package func events(of id: String) async throws -> [FineTuningEvent] {
        let page: Page<FineTuningEvent> = try await call(
            "/fine_tuning/jobs/\(Self.path(id))/events?limit=100"
        )
        return page.data.sorted { $0.created_at < $1.created_at }
    }

    package func cancel(_ id: String) async throws -> FineTuningJob {
        try await call("/fine_tuning/jobs/\(Self.path(id))/cancel", posting: Data())
    }

    /// When a model will be shut down, where the server says so: `2027-01-14`.
    package func shutdownDate(of model: String) async -> String? {
        let found: ListedModel? = try? await call("/models/\(Self.path(model))")
        return found?.shutdownDate.map(printable)
    }

    private static func path(_ id: String) -> String {
        id.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-_.:")))
            ?? ""
    }

    private func call<Answer: Decodable & Sendable>(
        _ path: String,
        posting body: Data? = nil,
        as type: String = "application/json",
        repeats: Int = OpenAITransport.repeats,
        within time: Duration? = nil
    ) async throws -> Answer {
        do {
            return try await within(time ?? transport.server.timeouts.answer) { [transport] in
                let response = try await transport.response(path, posting: body, as: type, repeats: repeats)
                let bytes = try await transport.body(of: response, upTo: Self.longestAnswer)
                guard let answer = try? JSONDecoder().decode(Answer.self, from: bytes) else {
                    throw FineTuningError.unreadable("\(path.prefix { $0 != "?" })")
                }
                return answer
            }
        } catch let rejection as Rejection {
            throw FineTuningError.refused(status: rejection.status, rejection.words)
        } catch let error as LanguageModelError { throw FineTuningError.unreachable("\(error)") }
    }
}
