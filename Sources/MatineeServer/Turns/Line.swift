import HTTPTypes
import Synchronization

/// Lets so many tasks work at once; others wait in line, in their order.
final class Line: Sendable {
    private struct Waiter {
        var number: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var next: UInt64 = 0
        var waiting: [Waiter] = []
    }

    private let state: Mutex<State>
    private let places: Int
    private let longestWait: Duration

    /// - Parameters:
    ///   - working: how many at once.
    ///   - waiting: how many in line; further ones are refused.
    ///   - longestWait: after which one in line is refused.
    init(working: Int, waiting: Int, longestWait: Duration) {
        state = Mutex(State(free: working))
        places = waiting
        self.longestWait = longestWait
    }

    /// How many wait.
    var length: Int { state.withLock { $0.waiting.count } }

    /// Does some work when it is its turn.
    /// - Throws: ``Problem`` 503 where the line is too long; `CancellationError`; what the work throws.
    func run<Result>(_ work: () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await work()
    }

    private func enter() async throws {
        let number: UInt64? = try state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return nil
            }
            guard state.waiting.count < places else { throw Self.full }
            state.next += 1
            return state.next
        }
        if let number { try await wait(number) }
    }

    private func wait(_ number: UInt64) async throws {
        let clock = Task {
            try await Task.sleep(for: longestWait)
            refuse(number, Self.full)
        }
        defer { clock.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    if state.free > 0 {
                        state.free -= 1
                        continuation.resume()
                        return false
                    }
                    state.waiting.append(Waiter(number: number, continuation: continuation))
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            refuse(number, CancellationError())
        }
    }

    private func refuse(_ number: UInt64, _ error: any Error) {
        let waiter = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
        waiter?.continuation.resume(throwing: error)
    }

    private func leave() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.free += 1
                return Waiter?.none
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume()
    }

    private static let full = Problem(
        .serviceUnavailable,
        "busy",
        "Too many messages are being answered. Try again in a moment.",
        retryAfter: 2
    )
}
