import Matinee

/// Measures how well the films that were shown fit the taste that the log has, turn by turn.
///
/// It reads logs, the catalogue and its vectors alone, and shares no code with what made them.
package struct AlignmentEvaluation: Sendable {
    private let space: FilmSpace
    /// The embedder of the films' vectors; a log that names another is refused.
    private let embedder: String?
    /// Whether films that the catalogue does not have are left out, and counted, instead of refused.
    package var skipsUnknown = false
    package var seed: UInt64 = 1

    package init(_ space: FilmSpace, embedder: String? = nil) {
        (self.space, self.embedder) = (space, embedder)
    }

    /// The measures of a log.
    /// - Throws: ``EvaluationError`` where the log belongs to another catalogue or embedder, or has nothing to measure.
    package func report(_ log: LogFile) throws -> AlignmentReport {
        try check(log)
        let jobs = jobs(log)
        let measured = parallelMap(jobs.count) { measures(jobs[$0]) }
        let turns = measured.compactMap(\.self)
        guard !turns.isEmpty else {
            throw EvaluationError(
                "No turn of the log \(log.name) has both picks and a taste (u_t), so there is nothing to measure."
            )
        }
        let picks = jobs.filter { $0.row.taste != nil }.map { rows($0.row.picks.map(\.id)) }
        return AlignmentReport(
            log: log,
            turns: turns,
            shown: picks,
            space: space,
            seed: seed,
            left: left(log)
        )
    }

    /// A turn with what came before it.
    private struct Job: Sendable {
        var user: String
        var row: LogRow
        var before: LogRow?
        var seen: Set<String>
    }

    private func jobs(_ log: LogFile) -> [Job] {
        log.conversations.flatMap { conversation in
            var before: LogRow?, seen: Set<String> = []
            return conversation.rows.compactMap { row -> Job? in
                guard !row.picks.isEmpty else { return nil }
                let job = Job(user: conversation.name, row: row, before: before, seen: seen)
                before = row
                seen.formUnion(row.picks.map(\.id))
                return job
            }
        }
    }

    /// What is not measured, by why.
    private func left(_ log: LogFile) -> AlignmentReport.Left {
        let kept = log.rows.filter { !$0.undone }, shown = kept.filter { !$0.picks.isEmpty }
        let ids = shown.flatMap { $0.picks.map(\.id) + $0.candidates.map(\.id) }
        return AlignmentReport.Left(
            undone: log.rows.count - kept.count,
            without_picks: kept.count - shown.count,
            without_taste: shown.count { $0.taste == nil },
            unknown_films: ids.count { space.catalog.row(of: $0) == nil }
        )
    }

    private func check(_ log: LogFile) throws {
        if let dimension = log.dimension, dimension != space.movies.dimension {
            throw EvaluationError(
                "The tastes of the log \(log.name) have \(dimension) numbers and the films' vectors \(space.movies.dimension): they come from different embedding models. Name the log's with --model or --artifacts."
            )
        }
        for row in log.rows {
            if let embedder, let other = row.models["embedder"], other != embedder {
                throw EvaluationError(
                    "Line \(row.line) of the log \(log.name) was made with the embedding model “\(printable(other))”, and the films' vectors with \(embedder). Name the log's with --model."
                )
            }
            guard !skipsUnknown else { continue }
            let ids = row.picks.map(\.id) + row.candidates.map(\.id)
            if let unknown = ids.first(where: { space.catalog.row(of: $0) == nil }) {
                throw EvaluationError(
                    "Line \(row.line) of the log \(log.name) has the film “\(printable(unknown))”, which the catalogue does not have. Name the log's catalogue with --catalog, or leave such films out with --skip-unknown."
                )
            }
        }
    }

    private func rows(_ ids: [String]) -> [Int] { ids.compactMap(space.catalog.row(of:)) }

    private func measures(_ job: Job) -> TurnMeasures? {
        let picks = rows(job.row.picks.map(\.id))
        guard let taste = job.row.taste, !picks.isEmpty else { return nil }
        let cosines = picks.map { space.cosine(taste, $0) }, mean = cosines.mean
        let random = space.meanCosine(taste), nearest = space.nearestCosine(taste, limit: picks.count)
        let diversity = space.diversity(picks)
        return TurnMeasures(
            line: job.row.line,
            user: job.user,
            turn: job.row.turn,
            picks: picks.count,
            taste: mean,
            deviation: cosines.deviation,
            present: job.row.present.map { present in picks.map { space.cosine(present, $0) }.mean },
            random: random,
            nearest: nearest,
            alignment: nearest - random > 1e-9 ? (mean - random) / (nearest - random) : nil,
            diversity: diversity,
            // Of unit vectors: Σ |v - c|² / n = 1 - |c|² = (n - 1) / n · the mean of 1 - cosine.
            variance: diversity.map { $0 * Double(picks.count - 1) / Double(picks.count) },
            novelty: space.novelty(picks),
            repeated: Double(job.row.picks.count { job.seen.contains($0.id) }) / Double(job.row.picks.count),
            orders: orders(job.row, taste),
            change: job.before.flatMap { change(from: $0, to: job.row) },
            time: job.row.timings["total"]
        )
    }

    private func list(_ rows: [Int], _ taste: [Float], _ present: [Float]?) -> TurnMeasures.List {
        TurnMeasures.List(
            taste: rows.map { space.cosine(taste, $0) }.mean,
            present: present.map { present in rows.map { space.cosine(present, $0) }.mean },
            diversity: space.diversity(rows),
            novelty: space.novelty(rows)
        )
    }

    /// The candidates by the embedding alone against those shown, where all that were shown are among them.
    private func orders(_ row: LogRow, _ taste: [Float]) -> TurnMeasures.Orders? {
        let candidates = row.candidates.filter { space.catalog.row(of: $0.id) != nil }
        let shown = rows(row.picks.map(\.id)), all = rows(candidates.map(\.id))
        guard all.count > shown.count, Set(all).isSuperset(of: shown) else { return nil }
        // The system's own cosine where it tells it: the order that its embedding alone would have shown.
        let told = candidates.compactMap { $0.scores["cosine"] }
        let cosines = told.count == all.count ? told : all.map { space.cosine(taste, $0) }
        let byEmbedding = order(all, by: cosines)
        let first = Array(byEmbedding.prefix(shown.count)),
            final = candidates.compactMap { $0.scores["final"] }
        return TurnMeasures.Orders(
            embedding: list(first, taste, row.present),
            shown: list(shown, taste, row.present),
            overlap: RankAgreement.overlap(first, shown) ?? 0,
            tau: final.count == all.count ? RankAgreement.tau(byEmbedding, order(all, by: final)) : nil
        )
    }

    /// The highest score first, equal ones as they came.
    private func order(_ rows: [Int], by scores: [Double]) -> [Int] {
        rows.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.map { rows[$0] }
    }

    private func change(from before: LogRow, to row: LogRow) -> TurnMeasures.Change? {
        guard let old = before.taste, let new = row.taste else { return nil }
        let candidates = (rows(before.candidates.map(\.id)), rows(row.candidates.map(\.id)))
        return TurnMeasures.Change(
            drift: 1 - FilmSpace.cosine(old, new),
            surprise: row.present.map { 1 - FilmSpace.cosine(old, $0) },
            picks_overlap: RankAgreement.overlap(rows(before.picks.map(\.id)), rows(row.picks.map(\.id))),
            candidates_overlap: RankAgreement.overlap(candidates.0, candidates.1),
            candidates_tau: RankAgreement.tau(candidates.0, candidates.1)
        )
    }
}

extension [Double] {
    /// The standard deviation of the sample (n - 1); `nil` of fewer than two.
    var deviation: Double? {
        guard count > 1 else { return nil }
        let mean = mean
        return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    }
}
