import Foundation
import Matinee

#if canImport(FoundationXML)
    import FoundationXML
#endif

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
        let items = FeedItems(), parser = XMLParser(data: data)
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        parser.delegate = items
        guard parser.parse() else { throw HistoryError.noFeed(name, "it is no well-formed XML") }
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
private final class FeedItems: NSObject, XMLParserDelegate {
    private(set) var items: [[String: String]] = []
    private(set) var isFeed = false
    private var item: [String: String]?
    private var element: String?

    private static let wanted: Set = [
        "guid", "description", "letterboxd:filmTitle", "letterboxd:filmYear", "letterboxd:memberRating",
        "letterboxd:watchedDate", "letterboxd:memberLike", "tmdb:movieId",
    ]

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        if name == "channel" { isFeed = true }
        if name == "item" { item = [:] }
        element = item != nil && Self.wanted.contains(name) ? name : nil
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let element { item?[element, default: ""] += string }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if let element { item?[element, default: ""] += String(decoding: block, as: UTF8.self) }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        element = nil
        guard name == "item", let done = item else { return }
        items.append(done)
        item = nil
    }
}
