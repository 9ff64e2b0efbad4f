/// What `body` gives, or ``LanguageModelError/timedOut`` at the deadline.
///
/// At the deadline, and where the task is cancelled, this returns at once: `body` is cancelled and not waited for, since a
/// model may not heed that.
func until<Result: Sendable>(
    _ deadline: ContinuousClock.Instant,
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let stream = streamed(until: deadline) { send in send(try await body()) }
    for try await result in stream { return result }
    throw CancellationError()
}

/// What `body` sends, piece by piece, until it returns, throws, or the deadline comes, as in ``until(_:_:)``.
///
/// Ending the iteration cancels `body`. Where the task that iterates is cancelled, the stream just ends.
func streamed<Piece: Sendable>(
    until deadline: ContinuousClock.Instant,
    _ body: @escaping @Sendable (@Sendable (Piece) -> Void) async throws -> Void
) -> AsyncThrowingStream<Piece, any Error> {
    AsyncThrowingStream { continuation in
        let work = Task {
            do {
                try await body { continuation.yield($0) }
                continuation.finish()
            } catch { continuation.finish(throwing: error) }
        }
        let clock = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            continuation.finish(throwing: LanguageModelError.timedOut)
        }
        continuation.onTermination = { _ in
            work.cancel()
            clock.cancel()
        }
    }
}
