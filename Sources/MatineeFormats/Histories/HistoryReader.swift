package import Foundation
import Matinee

/// Reads the histories that services give out.
package struct HistoryReader: Sendable {
    /// What share of a file's rows may be malformed, 0...1; with more, nothing is read.
    package var maxBad = 0.01
    /// Seconds since 1970.
    package var now = Int(Date().timeIntervalSince1970)

    package init() {}

    /// Reads a folder, ZIP file or file.
    /// - Throws: ``HistoryError`` or ``FormatError``.
    package func read(_ url: URL, from service: HistoryService) throws -> History {
        let source = try SourceFiles(url)
        for file in source.files where isUnsafe(file.name) {
            throw HistoryError.unsafeName(file.name, file: url.path)
        }
        var collector = HistoryCollector(service, maxBad: maxBad, now: now)
        let isFound =
            switch service {
            case .letterboxd: try LetterboxdReader(source).read(into: &collector)
            case .imdb: try IMDbReader(source).read(into: &collector)
            case .trakt: try TraktReader(source).read(into: &collector)
            case .rss: try readFeed(source, into: &collector)
            }
        guard isFound else { throw HistoryError.notFound(service, url.path) }
        return collector.history
    }

    /// Reads the bytes of a feed.
    /// - Parameter name: of the feed, for errors.
    package func read(feed bytes: [UInt8], named name: String) throws -> History {
        var collector = HistoryCollector(.rss, maxBad: maxBad, now: now)
        try FeedReader(name: name).read(bytes, into: &collector)
        return collector.history
    }

    private func readFeed(_ source: SourceFiles, into collector: inout HistoryCollector) throws -> Bool {
        guard source.files.count == 1, let file = source.files.first else { return false }
        guard file.size <= HistoryLimits.feed else { throw HistoryError.tooLarge(file.name) }
        try FeedReader(name: file.name).read(
            collector.open(file).prefix(HistoryLimits.feed),
            into: &collector
        )
        return true
    }

    /// Whether a name of a ZIP file leads out of it. Nothing is ever written by such a name, but no service gives one.
    private func isUnsafe(_ name: String) -> Bool {
        name.hasPrefix("/") || name.contains("\\") || name.split(separator: "/").contains("..")
    }
}
