import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Times of repeated runs.
package struct Measurement: Sendable {
    private var milliseconds: [Double] = []

    package init() {}

    /// Runs a body and keeps how long it took.
    package mutating func run<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let start = ContinuousClock.now
        let result = try await body()
        milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
        return result
    }

    /// Keeps a time that was measured elsewhere.
    mutating func add(milliseconds time: Double) { milliseconds.append(time) }

    /// The time that a share of the runs did not exceed, in milliseconds: the nearest-rank percentile.
    package func percentile(_ share: Double) -> Double {
        let sorted = milliseconds.sorted()
        guard let last = sorted.indices.last else { return 0 }
        return rounded(sorted[min(last, Int(share * Double(sorted.count)))])
    }

    package var p50: Double { percentile(0.5) }
    package var p95: Double { percentile(0.95) }
}

/// A figure with four digits; more would be noise.
func rounded(_ number: Double) -> Double {
    guard number != 0, number.isFinite else { return number }
    let unit = pow(10, 3 - floor(log10(abs(number))))
    return (number * unit).rounded() / unit
}

/// The processor time that this process has used, all threads together, in seconds.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
}
