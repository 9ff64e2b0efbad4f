import Matinee
package import MatineeCompute

/// Measures a sentence encoder.
package struct EmbedBench: Sendable {
    private let encoder: SentenceEncoder

    package init(_ encoder: SentenceEncoder) { self.encoder = encoder }

    /// A message of fifteen tokens.
    package static let message = "tense heist in a rainy city with a twist at the end"

    /// Embeds one message again and again.
    package func message(_ text: String = message, runs: Int = 200) async throws -> BenchReport.Embed {
        for _ in 0..<20 { _ = try await encoder.embed(text) }
        var times = Measurement()
        for _ in 0..<runs { _ = try await times.run { try await encoder.embed(text) } }
        let tokens = encoder.ids(of: text).count
        return BenchReport.Embed(tokens: tokens, p50_ms: times.p50, p95_ms: times.p95, threads: 1)
    }

    /// Embeds texts, all at once.
    /// - Returns: the figures, and the vectors in the order of the texts.
    package func batch(_ texts: [String]) async throws -> (
        figures: BenchReport.EmbedBatch, vectors: [[Float]]
    ) {
        _ = try await encoder.embed(Array(texts.prefix(32)))
        let start = ContinuousClock.now, processor = processorSeconds()
        let vectors = try await encoder.embed(texts)
        let wall = (ContinuousClock.now - start) / .seconds(1), used = processorSeconds() - processor
        let figures = BenchReport.EmbedBatch(
            texts: texts.count,
            movies_per_s: rounded(Double(texts.count) / wall),
            movies_per_cpu_s: rounded(Double(texts.count) / used)
        )
        return (figures, vectors)
    }
}
