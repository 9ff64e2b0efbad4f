import Foundation
import Matinee

/// Reads the RSS feed of a film diary, as Letterboxd gives it: `letterboxd:filmTitle`, `letterboxd:memberRating`, ...
///
/// Items that are no film (lists) are passed over. A document with a DOCTYPE is refused: no feed has one, and entities
/// could be made to grow.
struct FeedReader {
    let name: String

    /// - Throws: ``HistoryError/noFeed(_:_:)``, ``HistoryError/tooLarge(_:)``.
    func read(_ bytes: [UInt8], into collector: inout HistoryCollector) throws {
        guard bytes.count <= HistoryLimits.feed else { throw HistoryError.tooLarge(name) }
        if bytes.contains(0) { throw HistoryError.wrongEncoding(name) }
        let data = Data(bytes)
        if data.range(of: Data("<!DOCTYPE".utf8)) != nil || data.range(of: Data("<!ENTITY".utf8)) != nil {
            throw HistoryError.noFeed(name, "it is a web page or declares entities")
        }
        let items = try items(bytes)
        guard items.isFeed else { throw HistoryError.noFeed(name, "it has no channel") }
        var tally = Tally()
        for (number, item) in items.items.enumerated() where item["letterboxd:filmTitle"] != nil {
            do { tally.count(line: number + 1, fault: try collector.take(entry(item))) } catch let fault
                as HistoryField.Fault
            {
                tally.count(line: number + 1, fault: fault.reason)
            }
        }
        try collector.note(tally, name)
    }

    private func items(_ bytes: [UInt8]) throws -> FeedItems {
        var items = FeedItems(), scanner = XMLScanner(bytes)
        do {
            while let token = try scanner.next() { try items.take(token) }
            guard items.isWhole else { throw XMLScanner.Malformed() }
        } catch is XMLScanner.Malformed { throw HistoryError.noFeed(name, "it is no well-formed XML") }
        return items
    }

    private func entry(_ item: [String: String]) throws -> HistoryEntry {
        func text(_ element: String) -> String {
            (item[element] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let isReview = text("guid").contains("review")
        var entry = HistoryEntry(isReview ? .review : .diary, title: text("letterboxd:filmTitle"))
        entry.year = try HistoryField.year(text("letterboxd:filmYear"))
        entry.rating = try HistoryField.rating(text("letterboxd:memberRating"))
        entry.watched = try HistoryField.day(text("letterboxd:watchedDate"))
        entry.isLiked = text("letterboxd:memberLike") == "Yes"
        entry.tmdbID = Int(text("tmdb:movieId"))
        if isReview { entry.review = PlainText.plain(text("description")) }
        return entry
    }
}

/// The items of a feed: the text of each element in them, by its name.
private struct FeedItems {
    private(set) var items: [[String: String]] = []
    private(set) var isFeed = false
    private var item: [String: String]?
    /// The elements that are open, the innermost last.
    private var elements: [String] = []

    private static let deepest = 100
    private static let wanted: Set = [
        "guid", "description", "letterboxd:filmTitle", "letterboxd:filmYear", "letterboxd:memberRating",
        "letterboxd:watchedDate", "letterboxd:memberLike", "tmdb:movieId",
    ]

    /// Whether every element that was opened is closed.
    var isWhole: Bool { elements.isEmpty }

    mutating func take(_ token: XMLScanner.Token) throws {
        switch token {
        case .start(let name, let isEmpty):
            if name == "channel" { isFeed = true }
            if isEmpty { return }
            guard elements.count < Self.deepest else { throw XMLScanner.Malformed() }
            elements.append(name)
            if name == "item" { item = [:] }
        case .end(let name):
            guard elements.popLast() == name else { throw XMLScanner.Malformed() }
            guard name == "item", let done = item else { return }
            items.append(done)
            item = nil
        case .text(let text):
            if let element = elements.last, Self.wanted.contains(element) {
                item?[element, default: ""] += text
            }
        }
    }
}
