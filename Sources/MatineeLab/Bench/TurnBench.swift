package import Matinee

/// Measures whole turns of one user, from the message to the durable answer.
package struct TurnBench: Sendable {
    private let recommender: Recommender

    package init(_ recommender: Recommender) { self.recommender = recommender }

    /// What people type, one kind of message after the other.
    private static let messages = [
        "a tense heist in a rainy city", "something cosy and funny for a sunday afternoon",
        "like Alien but funnier", "no horror please", "a slow melancholy love story from France",
        "loved The Matrix and Inception", "a western from the 60s", "more",
        "animated films about grief that children can watch", "a documentary about music",
        "nothing like Saw", "a courtroom drama under two hours",
    ]

    /// - Throws: what a turn throws.
    package func run(turns: Int = 120) async throws -> BenchReport.Turn {
        var times = Measurement()
        for number in 0..<turns {
            let message = Self.messages[number % Self.messages.count]
            _ = try await times.run { try await recommender.turn(message, user: "bench") }
        }
        return BenchReport.Turn(p50_ms: times.p50, p95_ms: times.p95)
    }
}
