import MatineeNetwork
import Synchronization

extension Backoff {
    /// Tries again at once.
    static var none: Backoff { Backoff(sleep: { _ in }) }
}

/// The waits that were asked for; none of them is waited.
final class Waits: Sendable {
    private let list = Mutex<[Duration]>([])
    private let start = ContinuousClock.now

    var all: [Duration] { list.withLock { $0 } }
    var total: Duration { all.reduce(.zero, +) }

    /// Time that passes by waiting alone.
    var time: Pace.Time { Pace.Time(now: { [self] in start + total }, sleep: { [self] in add($0) }) }
    var backoff: Backoff { Backoff(sleep: { [self] in add($0) }) }

    private func add(_ wait: Duration) { list.withLock { $0.append(wait) } }
}
