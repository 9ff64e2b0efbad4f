/// What `matinee bench` measured; a part that was not asked for is absent.
package struct BenchReport: Encodable, Sendable, CustomStringConvertible {
    /// One message, one thread.
    package struct Embed: Encodable, Sendable {
        /// Tokens of the message, special ones included.
        package var tokens: Int
        package var p50_ms: Double
        package var p95_ms: Double
        package var threads: Int
    }

    /// Many texts on all cores.
    package struct EmbedBatch: Encodable, Sendable {
        package var texts: Int
        package var movies_per_s: Double
        /// Per second of processor time, of all threads together.
        package var movies_per_cpu_s: Double
    }

    /// Exact search against the linked FAISS, one thread; of several sets of vectors, the one where exact search
    /// took longest.
    package struct Search: Encodable, Sendable {
        package var vectors: String
        package var rows: Int
        package var dimension: Int
        package var exact_p50_ms: Double
        package var faiss_flat_p50_ms: Double
        /// Whether both found the same rows for every query, of all sets.
        package var identical: Bool
        /// The rows found for each query, where the vectors came from a file.
        package var found: [[Int]]?
    }

    /// From the message to the durable answer.
    package struct Turn: Encodable, Sendable {
        package var p50_ms: Double
        package var p95_ms: Double
    }

    package var embed: Embed?
    package var embed_batch: EmbedBatch?
    package var search: Search?
    package var turn: Turn?
    /// From the start of a process to its answer to one wish, its end included; median.
    package var startup_ms: Double?
    /// The resident memory of such a process at its largest.
    package var rss_mb: Double?

    package init() {}

    /// The figures in lines for people.
    package var description: String {
        let lines = [
            embed.map {
                "one message of \($0.tokens) tokens: \($0.p50_ms) ms (95 of 100 within \($0.p95_ms) ms), one thread"
            },
            embed_batch.map {
                "\($0.texts) texts: \($0.movies_per_s) a second, \($0.movies_per_cpu_s) per second of processor time"
            },
            search.map {
                "search in \($0.rows) x \($0.dimension), \($0.vectors): exact \($0.exact_p50_ms) ms, FAISS Flat \($0.faiss_flat_p50_ms) ms, \($0.identical ? "the same films" : "NOT the same films")"
            },
            turn.map { "a turn: \($0.p50_ms) ms (95 of 100 within \($0.p95_ms) ms)" },
            startup_ms.map { "start to answer: \($0) ms" },
            rss_mb.map { "memory of it: \($0) MB" },
        ]
        return lines.compactMap(\.self).joined(separator: "\n")
    }
}
