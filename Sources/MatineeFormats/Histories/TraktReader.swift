import Foundation
import Matinee

/// Reads Trakt's export: JSON arrays in a ZIP file or folder, or single ones. Ratings of 1...10 are halved.
struct TraktReader {
    private let source: SourceFiles

    init(_ source: SourceFiles) { self.source = source }

    /// What a file holds, by its name: `ratings-movies.json`, `watched-history-3.json`; `nil` where it is of no use here.
    private func kind(of name: String) -> HistoryEntry.Kind? {
        guard name.lowercased().hasSuffix(".json") else { return nil }
        let name = name.lowercased().split(separator: "/").last.map(String.init) ?? ""
        if name.contains("shows") || name.contains("seasons") || name.contains("episodes") { return nil }
        if name.contains("ratings") { return .rating }
        if name.contains("history") { return .diary }
        if name.contains("watched") { return .watched }
        if name.contains("watchlist") { return .watchlist }
        return name.contains("favorites") || name.contains("favourites") ? .liked : nil
    }

    /// Reads all files of a kind that is known.
    /// - Returns: whether there is any.
    func read(into collector: inout HistoryCollector) throws -> Bool {
        var isFound = false
        for file in source.files {
            guard let kind = kind(of: file.name) else { continue }
            try read(file, kind, into: &collector)
            isFound = true
        }
        return isFound
    }

    private func read(
        _ file: SourceFiles.File,
        _ kind: HistoryEntry.Kind,
        into collector: inout HistoryCollector
    )
        throws
    {
        var tally = Tally()
        try JSONRows(collector.open(file), isArray: true).forEach(&tally) { row in
            if let type = row["type"] as? String, type != "movie" { return nil }
            if row["show"] != nil, row["movie"] == nil { return nil }
            do { return try collector.take(entry(row, kind)) } catch let fault as HistoryField.Fault {
                return fault.reason
            }
        }
        if tally.rows == 0, !Self.isArray(try file.stream().prefix(64)) {
            tally.count(line: 1, fault: "it is no JSON array")
        }
        try collector.note(tally, file.name)
        if kind == .watchlist { collector.hasWatchlist = true }
    }

    private static func isArray(_ start: [UInt8]) -> Bool {
        start.first { ![9, 10, 13, 32, 0xEF, 0xBB, 0xBF].contains($0) } == 91
    }

    private func entry(_ row: [String: Any], _ kind: HistoryEntry.Kind) throws -> HistoryEntry {
        guard let movie = row["movie"] as? [String: Any] else { throw HistoryField.Fault("it has no movie") }
        var entry = HistoryEntry(kind, title: movie["title"] as? String ?? "")
        entry.year = try HistoryField.year(Values.text(movie["year"]))
        let ids = movie["ids"] as? [String: Any] ?? [:]
        entry.imdbID = (ids["imdb"] as? String).flatMap(Values.imdbID)
        entry.tmdbID = (ids["tmdb"] as? NSNumber)?.intValue
        if kind == .rating, row["rating"] == nil { throw HistoryField.Fault("it has no rating") }
        entry.rating = try HistoryField.rating(Values.text(row["rating"]), of: 10)
        entry.rated = try day(row["rated_at"])
        entry.watched = try day(row["watched_at"] ?? row["last_watched_at"])
        return entry
    }

    private func day(_ value: Any?) throws -> Int? { try HistoryField.day(value as? String ?? "") }
}
