import Matinee

/// Does something, or gives up after a while.
/// - Throws: ``LanguageModelError/timedOut`` once the time is over, and what the work throws.
func within<Result: Sendable>(
    _ time: Duration,
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: time)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            throw LanguageModelError.timedOut
        }
        return result
    }
}
