package import Foundation
package import Matinee

/// Fills what catalogue rows lack with what TMDB knows.
package struct TMDBEnricher: Sendable {
    /// What became of the rows.
    package struct Report: Sendable, Equatable {
        /// Rows that were given something.
        package var filled = 0
        /// Rows that lack nothing.
        package var complete = 0
        /// Rows without an id by which TMDB could know them.
        package var withoutID = 0
        /// Films whose answer was kept from before.
        package var fromCache = 0
        package var notFound = 0
        /// Films for which the server failed, as often as was tried.
        package var failed = 0
        /// Films with a reply that is not what TMDB documents.
        package var unreadable = 0
        /// Films that were not asked for, because of the limit.
        package var left = 0

        package init() {}
    }

    private let key: TMDBKey
    private let base: String
    private let cache: TMDBCache
    private let backoff: Backoff
    private let time: Pace.Time
    private let perSecond: Int

    /// TMDB's own address.
    package static let address = "https://api.themoviedb.org/3"
    /// How many requests are under way at once.
    package static let width = 4
    /// After so many failed films in a row the server is taken to be away.
    package static let patience = 5

    /// - Parameter perSecond: how many requests start in a second. TMDB permits about 40
    ///   (https://developer.themoviedb.org/docs/rate-limiting).
    package init(
        key: TMDBKey,
        base: String = TMDBEnricher.address,
        cache folder: URL,
        perSecond: Int = 20,
        backoff: Backoff = Backoff(tries: 4),
        time: Pace.Time = .real
    ) {
        (self.key, self.base, cache, self.perSecond) = (key, base, TMDBCache(folder: folder), perSecond)
        (self.backoff, self.time) = (backoff, time)
    }

    /// Fills rows.
    ///
    /// - Parameters:
    ///   - limit: how many films are asked for at the most; those in the cache do not count.
    ///   - progress: called with how many of how many films were asked for.
    /// - Returns: all rows in their order, and what became of them.
    /// - Throws: ``TMDBError``, or `CancellationError`.
    package func enrich(
        _ movies: [Movie],
        limit: Int? = nil,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> ([Movie], Report) {
        var (movies, report, open) = fillFromCache(movies)
        report.left = limit.map { max(0, open.count - max(0, $0)) } ?? 0
        open = open.dropLast(report.left)
        let asked = movies
        try await WebClient.with { web in
            let pace = Pace(perSecond: perSecond, time: time)
            let client = TMDBClient(web: web, base: base, key: key, pace: pace, backoff: backoff)
            let lookup = TMDBLookup(client: client, cache: cache)
            var tally = Tally(total: open.count)
            try await withThrowingTaskGroup(of: (Int, TMDBLookup.Outcome).self) { group in
                for (place, row) in open.enumerated() {
                    if place >= Self.width, let (row, outcome) = try await group.next() {
                        try tally.add(outcome, &movies[row], &report)
                        progress(tally.done, tally.total)
                    }
                    group.addTask { try await (row, lookup.ask(asked[row])) }
                }
                for try await (row, outcome) in group {
                    try tally.add(outcome, &movies[row], &report)
                    progress(tally.done, tally.total)
                }
            }
            try tally.finish(report)
        }
        return (movies, report)
    }

    /// The rows with what the cache knows, and the places of those that are still to be asked for.
    private func fillFromCache(_ movies: [Movie]) -> (movies: [Movie], report: Report, open: [Int]) {
        var (movies, report, open) = (movies, Report(), [Int]())
        for row in movies.indices {
            guard TMDBFacts.areWanted(by: movies[row]) else {
                report.complete += 1
                continue
            }
            guard TMDBLookup.isKnowable(movies[row]) else {
                report.withoutID += 1
                continue
            }
            guard let outcome = TMDBLookup.kept(movies[row], in: cache) else {
                open.append(row)
                continue
            }
            report.fromCache += 1
            outcome.apply(to: &movies[row], &report)
        }
        return (movies, report, open)
    }

    /// Counts answers, and says when the server is taken to be away.
    private struct Tally {
        let total: Int
        var done = 0
        private var failuresInARow = 0
        private var lastFailure: String?

        init(total: Int) { self.total = total }

        mutating func add(_ outcome: TMDBLookup.Outcome, _ movie: inout Movie, _ report: inout Report) throws
        {
            done += 1
            outcome.apply(to: &movie, &report)
            guard case .failed(let why) = outcome else {
                failuresInARow = 0
                return
            }
            (failuresInARow, lastFailure) = (failuresInARow + 1, why)
            if failuresInARow >= TMDBEnricher.patience { throw TMDBError.unavailable(why) }
        }

        /// - Throws: ``TMDBError/unavailable(_:)`` where no film was answered.
        func finish(_ report: Report) throws {
            if let lastFailure, report.failed == total { throw TMDBError.unavailable(lastFailure) }
        }
    }
}
