package import Foundation
import Matinee

/// Fetches many feeds politely: one request a second, none that `robots.txt` forbids, none for what is known and still
/// fresh, and for the rest only what has changed.
package actor FeedCollector {
    /// What is kept of a feed.
    private struct Entry: Codable {
        var address: String
        var fetched: Date
        var version: FeedFetcher.Version
        var bytes: Data
    }

    /// For how long a feed is not asked for again.
    private static let fresh: TimeInterval = 24 * 3_600
    /// For how many seconds at the most a busy server is waited for, and how often.
    private static let longestWait = 120, tries = 3

    private let fetcher: FeedFetcher
    private let folder: URL
    private let pace: Pace
    private let sleep: @Sendable (Duration) async throws -> Void
    private let now: @Sendable () -> Date
    private var rules: [String: RobotsRules] = [:]

    /// - Parameters:
    ///   - folder: where feeds are kept between runs.
    ///   - time: how time passes, for tests.
    package init(
        _ fetcher: FeedFetcher,
        cache folder: URL,
        time: Pace.Time = .real,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.fetcher, self.folder, self.now) = (fetcher, folder, now)
        (pace, sleep) = (Pace(perSecond: 1, time: time), time.sleep)
    }

    /// The bytes of a feed.
    /// - Throws: ``FeedError``.
    package func feed(_ address: String) async throws -> [UInt8] {
        let file = folder.appending(path: sha256(Data(address.utf8)) + ".json")
        let known = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Entry.self, from: $0) }
        if let known, abs(now().timeIntervalSince(known.fetched)) < Self.fresh { return Array(known.bytes) }
        guard let url = URL(string: address), url.host() != nil else { throw FeedError.badAddress(address) }
        guard try await rules(of: url).allows(url.path() + (url.query().map { "?" + $0 } ?? "")) else {
            throw FeedError.forbidden(address)
        }
        var entry = Entry(address: address, fetched: now(), version: .init(), bytes: Data())
        switch try await patiently(address, since: known?.version ?? .init()) {
        case .feed(let bytes, let version): (entry.bytes, entry.version) = (Data(bytes), version)
        case .unchanged:
            guard let known else { throw FeedError.refused(address, status: 304) }
            (entry.bytes, entry.version) = (known.bytes, known.version)
        }
        // A feed that cannot be kept is only fetched again the next time.
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? JSONEncoder().encode(entry).write(to: file, options: .atomic)
        return Array(entry.bytes)
    }

    /// A site that has no rules allows everything; one that cannot say allows nothing (RFC 9309, 2.3.1).
    private func rules(of url: URL) async throws -> RobotsRules {
        let port = url.port.map { ":\($0)" } ?? "", site = "\(url.scheme ?? "")://\(url.host() ?? "")\(port)"
        if let known = rules[site] { return known }
        var found = RobotsRules.everything
        do {
            if case .feed(let bytes, _) = try await patiently(site + "/robots.txt", since: .init()) {
                found = RobotsRules(String(decoding: bytes, as: UTF8.self))
            }
        } catch FeedError.refused(_, let status) where (400..<500).contains(status) {
            found = .everything
        } catch FeedError.refused, FeedError.busy { found = .nothing }
        rules[site] = found
        return found
    }

    /// Asks in turn, and again where the server asks for a moment's quiet.
    private func patiently(_ address: String, since version: FeedFetcher.Version) async throws
        -> FeedFetcher.Answer
    {
        for attempt in 1... {
            try await pace.turn()
            do { return try await fetcher.fetch(address, since: version) } catch let error as FeedError {
                guard case .busy(_, let seconds) = error, attempt < Self.tries,
                    seconds ?? 0 <= Self.longestWait
                else {
                    throw error
                }
                try await sleep(.seconds(max(1, seconds ?? 10 * attempt)))
            }
        }
        throw FeedError.busy(address, seconds: nil)
    }
}
