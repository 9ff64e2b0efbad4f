import Matinee
import MatineeSearch

/// Measures exact search against the linked FAISS, query by query in turn.
package struct SearchBench: Sendable {
    private let limit: Int

    package init(limit: Int = 20) { self.limit = limit }

    /// - Throws: ``VectorIndexError``.
    package func run(_ sample: SampleVectors) async throws -> BenchReport.Search {
        let (numbers, dimension) = (sample.rows.numbers, sample.rows.dimension)
        let exact = try ExactIndex(rows: numbers, dimension: dimension, owner: sample.rows)
        let flat = try FAISSIndex(
            specification: "Flat",
            rows: numbers,
            dimension: dimension,
            owner: sample.rows
        )
        var times = (exact: Measurement(), flat: Measurement()), found: [[Int]] = [], identical = true
        for query in sample.queries {
            let ours = try await times.exact.run { try exact.search(query, limit: limit, allowed: nil) }
            let theirs = try await times.flat.run { try flat.search(query, limit: limit, allowed: nil) }
            identical = identical && ours == theirs
            found.append(ours.map(\.row))
        }
        return BenchReport.Search(
            vectors: sample.name,
            rows: sample.rows.count,
            dimension: dimension,
            exact_p50_ms: times.exact.p50,
            faiss_flat_p50_ms: times.flat.p50,
            identical: identical,
            found: found
        )
    }

    /// The figures of the sample in which exact search took longest.
    package func worst(of samples: [() -> SampleVectors]) async throws -> BenchReport.Search? {
        var reports: [BenchReport.Search] = []
        for sample in samples { reports.append(try await run(sample())) }
        var worst = reports.max { $0.exact_p50_ms < $1.exact_p50_ms }
        worst?.identical = reports.allSatisfy(\.identical)
        worst?.found = nil
        return worst
    }
}
