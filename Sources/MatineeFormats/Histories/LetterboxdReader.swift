import Foundation
import Matinee

/// Reads the account export of Letterboxd, or single tables of it.
///
/// `profile.csv` holds name and e-mail: of it, only the favourite films are read. `deleted/` and `orphaned/` repeat the
/// same tables and are passed over. Diary and reviews give the address of the entry, not of the film.
struct LetterboxdReader {
    private let source: SourceFiles
    /// What the paths of all tables begin with.
    private let root: String

    private static let tables: [(path: String, kind: HistoryEntry.Kind)] = [
        ("ratings.csv", .rating), ("watched.csv", .watched), ("watchlist.csv", .watchlist),
        ("likes/films.csv", .liked), ("diary.csv", .diary), ("reviews.csv", .review),
    ]

    init(_ source: SourceFiles) {
        self.source = source
        let paths = Self.tables.map(\.path) + ["profile.csv"]
        let roots = source.files.flatMap { file in
            paths.filter { file.name == $0 || file.name.hasSuffix("/" + $0) }.map {
                String(file.name.dropLast($0.count))
            }
        }
        root = roots.filter { !Self.isDropped($0) }.min { $0.count < $1.count } ?? ""
    }

    private static func isDropped(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0 == "deleted" || $0 == "orphaned" }
    }

    /// Reads all tables that there are.
    /// - Returns: whether there is any.
    func read(into collector: inout HistoryCollector) throws -> Bool {
        var isFound = false
        for file in source.files where file.name.hasPrefix(root) {
            let path = String(file.name.dropFirst(root.count))
            if let kind = Self.tables.first(where: { $0.path == path })?.kind {
                try read(file, kind, into: &collector)
            } else if path == "profile.csv" {
                try readFavourites(file, into: &collector)
                continue
            } else if path.hasPrefix("lists/"), path.hasSuffix(".csv") {
                try readList(file, into: &collector)
            } else if source.files.count == 1, path.lowercased().hasSuffix(".csv") {
                try readAlone(file, into: &collector)
            } else {
                continue
            }
            isFound = true
        }
        return isFound
    }

    /// A table by itself and of another name: what it is, its columns tell.
    private func readAlone(_ file: SourceFiles.File, into collector: inout HistoryCollector) throws {
        let columns = try HistoryTable(file.name, file.stream()).columns
        let name = file.name.lowercased()
        let kind: HistoryEntry.Kind =
            columns["review"] != nil
            ? .review
            : columns["rewatch"] != nil
                ? .diary
                : columns["rating"] != nil
                    ? .rating
                    : name.contains("watchlist")
                        ? .watchlist
                        : name.contains("like") ? .liked : .watched
        try read(file, kind, into: &collector)
    }

    private func read(
        _ file: SourceFiles.File,
        _ kind: HistoryEntry.Kind,
        into collector: inout HistoryCollector
    ) throws {
        let table = try HistoryTable(file.name, collector.open(file))
        let title = try table.place("Name"), year = try table.place("Year"), date = try table.place("Date")
        let needsRating = [.rating, .diary, .review].contains(kind)
        let rating = needsRating ? try table.place("Rating") : nil
        let (watched, address) = (table.columns["watcheddate"], table.columns["letterboxduri"])
        let review = kind == .review ? try table.place("Review") : nil
        let tally = try table.forEach { record in
            var entry = HistoryEntry(kind, title: record.text(title))
            entry.year = try HistoryField.year(record.text(year))
            entry.rating = try HistoryField.rating(record.text(rating))
            entry.logged = try HistoryField.day(record.text(date))
            entry.watched = try HistoryField.day(record.text(watched))
            if entry.rating != nil { entry.rated = entry.logged }
            if ![.diary, .review].contains(kind) { entry.address = record.text(address) }
            entry.review = review.flatMap { PlainText.plain(record.text($0)) }
            if kind == .watchlist { entry.logged = nil }
            return try collector.take(entry)
        }
        try collector.note(tally, file.name)
        if kind == .watchlist { collector.hasWatchlist = true }
    }

    /// A list of the member's own: some rows about the list, then its films.
    private func readList(_ file: SourceFiles.File, into collector: inout HistoryCollector) throws {
        let table = try HistoryTable(file.name, collector.open(file), first: "position")
        let title = try table.place("Name"), year = try table.place("Year"), address = table.columns["url"]
        let name = file.name.split(separator: "/").last.map { String($0.dropLast(".csv".count)) }
        let tally = try table.forEach { record in
            var entry = HistoryEntry(.list, title: record.text(title))
            entry.year = try HistoryField.year(record.text(year))
            (entry.address, entry.list) = (record.text(address), name)
            return try collector.take(entry)
        }
        try collector.note(tally, file.name)
    }

    /// The favourite films, which are given by their addresses.
    private func readFavourites(_ file: SourceFiles.File, into collector: inout HistoryCollector) throws {
        let table = try HistoryTable(file.name, collector.open(file))
        guard let films = table.columns["favoritefilms"] else { return }
        _ = try table.forEach { record in
            for address in record.text(films).split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
                var entry = HistoryEntry(.favourite, title: String(address))
                entry.address = String(address)
                if let fault = try collector.take(entry) { return fault }
            }
            return nil
        }
    }
}
