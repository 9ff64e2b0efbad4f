/// Lets so many requests start a second, evenly spread, and none while the server asks for quiet.
package actor Pace {
    /// How time passes; tests put a time of their own in its place.
    package struct Time: Sendable {
        var now: @Sendable () -> ContinuousClock.Instant
        var sleep: @Sendable (Duration) async throws -> Void

        package static let real = Time(now: { .now }, sleep: { try await Task.sleep(for: $0) })

        package init(
            now: @escaping @Sendable () -> ContinuousClock.Instant,
            sleep: @escaping @Sendable (Duration) async throws -> Void
        ) {
            (self.now, self.sleep) = (now, sleep)
        }
    }

    private let interval: Duration
    private let time: Time
    private var next: ContinuousClock.Instant
    private var quietUntil: ContinuousClock.Instant

    init(perSecond: Int, time: Time) {
        (interval, self.time) = (.seconds(1) / max(1, perSecond), time)
        next = time.now()
        quietUntil = next
    }

    /// Waits until one more request may start.
    func turn() async throws {
        while true {
            let now = time.now(), mine = max(next, now, quietUntil)
            next = mine + interval
            if mine > now { try await time.sleep(mine - now) }
            if quietUntil <= mine { return }
        }
    }

    /// No request starts for a while.
    func rest(_ duration: Duration) { quietUntil = max(quietUntil, time.now() + duration) }
}
