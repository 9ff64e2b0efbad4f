import Synchronization

/// Limits how often something may be done, by key: a bucket of tokens for each, which fills at a steady rate.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: ContinuousClock.Instant
    }

    /// How many keys are known at once; beyond that, those that have been idle longest are forgotten.
    static let mostKeys = 10_000

    private let rate: Double
    private let burst: Double
    private let now: @Sendable () -> ContinuousClock.Instant
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - rate: how often a second, above 0.
    ///   - burst: how often at once, 1 or more.
    init(rate: Double, burst: Double, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.rate = rate
        self.burst = max(1, burst)
        self.now = now
    }

    /// Counts once for each of the keys.
    /// - Returns: the seconds until it may be done, 1 or more, or `nil` where it may be done now.
    func wait(_ keys: [String]) -> Int? {
        buckets.withLock { buckets in
            let now = now()
            if buckets.count + keys.count > Self.mostKeys { Self.forget(&buckets) }
            let filled = keys.map { key in
                guard let bucket = buckets[key] else { return Bucket(tokens: burst, time: now) }
                let seconds = (now - bucket.time) / .seconds(1)
                return Bucket(tokens: min(burst, bucket.tokens + max(0, seconds) * rate), time: now)
            }
            if let least = filled.map(\.tokens).min(), least < 1 {
                return max(1, Int(((1 - least) / rate).rounded(.up)))
            }
            for (key, bucket) in zip(keys, filled) {
                buckets[key] = Bucket(tokens: bucket.tokens - 1, time: now)
            }
            return nil
        }
    }

    private static func forget(_ buckets: inout [String: Bucket]) {
        let kept = buckets.sorted { $0.value.time > $1.value.time }.prefix(mostKeys / 2)
        buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
