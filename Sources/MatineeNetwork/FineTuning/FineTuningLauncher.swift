import Foundation
import Matinee

/// Starts a job, or finds the one that was started for the same before.
package struct FineTuningLauncher: Sendable {
    private let service: FineTuningService
    private let book: JobBook
    private let base: String
    private let today: String

    /// - Parameters:
    ///   - base: the server's address, as jobs are remembered by it.
    ///   - today: `2026-11-26`.
    package init(_ service: FineTuningService, _ book: JobBook, base: String, today: String) {
        (self.service, self.book, self.base, self.today) = (service, book, base, today)
    }

    /// - Parameter progress: told what is being done.
    /// - Returns: the job, and whether it was found rather than started.
    /// - Throws: ``FineTuningError``. The same call again goes on where it was broken off.
    package func start(_ plan: FineTuningPlan, progress: @Sendable (String) -> Void) async throws -> (
        job: FineTuningJob, isFound: Bool
    ) {
        let sums = try [plan.training, plan.validation].map { try $0.map(Self.checksum) }
        let key = Self.key(plan, sums)
        if let job = try await found(key) {
            try remember(job, plan, key)
            return (job, true)
        }
        let training = try await uploaded(plan.training, sums[0] ?? "", progress)
        var validation: String?
        if let url = plan.validation, let sum = sums[1] {
            validation = try await uploaded(url, sum, progress)
        }
        progress("Creating the job.")
        let job: FineTuningJob
        do {
            job = try await service.create(plan, key: key, training: training, validation: validation)
        } catch let error as FineTuningError {
            // A file that the server does not have any more is uploaded anew the next time.
            if case .refused(let status, _) = error, (400..<500).contains(status), status != 429 {
                for sum in sums.compactMap(\.self) { try book.remember(file: nil, sum, at: base) }
            }
            throw error
        }
        try remember(job, plan, key)
        return (job, false)
    }

    private func remember(_ job: FineTuningJob, _ plan: FineTuningPlan, _ key: String) throws {
        try book.remember(
            .init(id: job.id, base: base, model: plan.model, suffix: plan.suffix, key: key, created: today)
        )
    }

    /// A job for the same, by the list kept here, else by the server's.
    private func found(_ key: String) async throws -> FineTuningJob? {
        if let known = book.jobs.last(where: { $0.key == key && $0.base == base }),
            let job = try? await service.job(known.id), !job.isLost
        {
            return job
        }
        return try await service.job(withKey: key)
    }

    private func uploaded(_ url: URL, _ sum: String, _ progress: (String) -> Void) async throws -> String {
        if let known = book.file(sum, at: base) { return known }
        progress("Uploading \(url.lastPathComponent).")
        let id = try await service.upload(url)
        try book.remember(file: id, sum, at: base)
        return id
    }

    private static func checksum(_ url: URL) throws -> String {
        do { return try sha256(Data(contentsOf: url, options: .alwaysMapped)) } catch {
            throw FineTuningError.missing(url.path, reason(error))
        }
    }

    static func key(_ plan: FineTuningPlan, _ sums: [String?]) -> String {
        let parts = sums.map { $0 ?? "" } + [plan.model, plan.suffix, "\(plan.seed)", "\(plan.epochs)"]
        return String(sha256(Data(parts.joined(separator: "\n").utf8)).prefix(32))
    }
}
