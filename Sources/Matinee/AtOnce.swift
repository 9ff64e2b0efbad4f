import Dispatch
import Synchronization

/// Does two pieces of work at the same time where there are two cores, and gives what both give.
func atOnce<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First,
    _ second: @Sendable () -> Second
) -> (First, Second) {
    let results = Mutex<(First?, Second?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { number in
        if number == 0 {
            let result = first()
            results.withLock { $0.0 = result }
        } else {
            let result = second()
            results.withLock { $0.1 = result }
        }
    }
    let made = results.withLock { $0 }
    guard let one = made.0, let other = made.1 else { preconditionFailure("both pieces of work are done") }
    return (one, other)
}
