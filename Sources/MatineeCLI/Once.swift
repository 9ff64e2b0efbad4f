import Synchronization

/// Runs a piece of work the first time only.
final class Once: Sendable {
    private let isDone = Mutex(false)

    func run(_ work: () -> Void) {
        let isFirst = isDone.withLock { done in
            defer { done = true }
            return !done
        }
        if isFirst { work() }
    }
}
