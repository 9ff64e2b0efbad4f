/// How often and how patiently what failed is tried again.
///
/// The wait doubles from `first` to `most` and is shortened at random by up to a quarter, so that clients that failed
/// together do not come back together.
package struct Backoff: Sendable {
    /// How many failures in a row are one too many.
    package var tries: Int
    package var first: Duration
    package var most: Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter sleep: how waits pass; tests put a wait of their own in its place.
    package init(
        tries: Int = 5,
        first: Duration = .milliseconds(500),
        most: Duration = .seconds(8),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        (self.tries, self.first, self.most, self.sleep) = (tries, first, most, sleep)
    }

    /// Waits after a failure, by how many there were in a row.
    func wait(after failures: Int) async throws {
        let doubled = first * (1 << min(max(0, failures - 1), 10))
        try await sleep(min(doubled, most) * Double.random(in: 0.75...1))
    }
}
