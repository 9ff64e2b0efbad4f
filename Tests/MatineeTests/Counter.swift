import Synchronization

/// Counts calls from several tasks.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// The number of the call, from 1.
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Points in time that one task notes and another reads.
final class Times: Sendable {
    private let times = Mutex<[ContinuousClock.Instant]>([])

    func add() { times.withLock { $0.append(.now) } }

    var last: ContinuousClock.Instant? { times.withLock { $0.last } }
}

/// How many pieces of work go on at once.
final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}
