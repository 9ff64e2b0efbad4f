import Foundation
import Matinee

/// Reads IMDb's tables: ratings, and lists such as the watchlist. Ratings of 1...10 are halved.
struct IMDbReader {
    private let source: SourceFiles

    init(_ source: SourceFiles) { self.source = source }

    /// Kinds of titles that are no films.
    private static let others: Set<String> = [
        "tvseries", "tvepisode", "tvminiseries", "videogame", "podcastseries", "podcastepisode", "musicvideo",
        "tvshow", "tvpilot",
    ]

    /// Reads all tables that have IMDb's columns.
    /// - Returns: whether there is any.
    func read(into collector: inout HistoryCollector) throws -> Bool {
        var isFound = false
        for file in source.files where file.name.lowercased().hasSuffix(".csv") {
            let table = try HistoryTable(file.name, collector.open(file))
            guard table.columns["const"] != nil else {
                if source.files.count == 1 { _ = try table.place("Const") }
                continue
            }
            try read(table, into: &collector)
            isFound = true
        }
        return isFound
    }

    private func read(_ table: HistoryTable, into collector: inout HistoryCollector) throws {
        let id = try table.place("Const"), title = try table.place("Title"), year = try table.place("Year")
        let isList = table.columns["position"] != nil, name = table.name.lowercased()
        let kind: HistoryEntry.Kind = !isList ? .rating : name.contains("watchlist") ? .watchlist : .list
        let rating = isList ? table.columns["yourrating"] : try table.place("Your Rating")
        let (date, type) = (table.columns["daterated"], table.columns["titletype"])
        let tally = try table.forEach { record in
            if Self.others.contains(FileKind.plain(record.text(type))) { return nil }
            var entry = HistoryEntry(kind, title: record.text(title))
            entry.imdbID = Values.imdbID(record.text(id))
            if entry.imdbID == nil { return "its Const is no IMDb id" }
            entry.year = try HistoryField.year(record.text(year))
            entry.rating = try HistoryField.rating(record.text(rating), of: 10)
            entry.rated = entry.rating == nil ? nil : try HistoryField.day(record.text(date))
            if kind == .list { entry.list = table.name }
            return try collector.take(entry)
        }
        try collector.note(tally, table.name)
        if kind == .watchlist { collector.hasWatchlist = true }
    }
}
