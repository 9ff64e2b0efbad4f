import Foundation
import Matinee

/// Where histories come from.
package enum HistoryService: String, CaseIterable, Sendable, Codable {
    case letterboxd, imdb, trakt, rss
}

/// What one row of a history says of a film.
package struct HistoryEntry: Sendable, Equatable {
    /// What the row is; a later kind knows the rating better.
    package enum Kind: Int, Sendable, Comparable {
        case list, watchlist, liked, favourite, watched, review, diary, rating

        package static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
    }

    package var kind: Kind
    package var title: String
    package var year: Int?
    package var imdbID: String?
    package var tmdbID: Int?
    /// The address of the film's own page, where the service gives one.
    package var address: String?
    /// 0.5...5; higher is better.
    package var rating: Double?
    /// When the film was rated, when it was watched, and when that was written down: seconds since 1970.
    package var rated: Int?
    package var watched: Int?
    package var logged: Int?
    package var isLiked = false
    /// Plain text.
    package var review: String?
    /// The name of the list that the film is on.
    package var list: String?

    package init(_ kind: Kind, title: String, year: Int? = nil) {
        (self.kind, self.title, self.year) = (kind, title, year)
    }
}

/// All that a history says of one film.
package struct HistoryRecord: Sendable, Equatable {
    package var title: String
    package var year: Int?
    package var imdbID: String?
    package var tmdbID: Int?
    /// 0.5...5; higher is better.
    package var rating: Double?
    /// When it was rated, when it was watched last, and when that was written down: seconds since 1970.
    package var rated: Int?
    package var watched: Int?
    package var logged: Int?
    package var isSeen = false
    package var isLiked = false
    package var isFavourite = false
    package var isWanted = false
    package var lists: [String] = []
    package var review: String?

    package init(title: String, year: Int?) { (self.title, self.year) = (title, year) }

    /// The title with its year.
    package var label: String { year.map { "\(title) (\($0))" } ?? title }
}

/// A history that was read.
package struct History: Sendable, Equatable {
    /// Rows of a file that were passed over, and why the first of them was.
    package struct Skipped: Sendable, Equatable, Codable {
        package var file: String
        package var rows: Int
        package var line: Int
        package var reason: String
    }

    package var service: HistoryService
    /// In the order in which the films were first named.
    package var films: [HistoryRecord]
    /// How many rows were read.
    package var rows: Int
    package var skipped: [Skipped]
    /// How many dates lay in the future and were left out.
    package var futureDates: Int
    /// Whether the watchlist was there, as a whole.
    package var hasWatchlist: Bool
}

/// Why a history cannot be read; nothing was taken in.
package enum HistoryError: Error, Equatable, CustomStringConvertible {
    case notFound(HistoryService, String)
    case missingColumn(String, file: String)
    case wrongEncoding(String)
    case tooLarge(String)
    case unsafeName(String, file: String)
    case noFeed(String, String)

    package var description: String {
        switch self {
        case .notFound(let service, let source):
            "\(printable(source)) holds no history of \(service.rawValue). \(Self.hint(service)) Nothing was changed."
        case .missingColumn(let column, let file):
            "\(printable(file)) has no column “\(column)”. Export the history again. Nothing was changed."
        case .wrongEncoding(let file):
            "\(printable(file)) is in UTF-16. Save it as UTF-8. Nothing was changed."
        case .tooLarge(let source):
            "\(printable(source)) is too large for a history: more than \(HistoryLimits.bytes >> 20) MB unpacked or \(HistoryLimits.rows) rows. Nothing was changed."
        case .unsafeName(let name, let file):
            "\(printable(file)) names a file outside of itself (\(printable(name))). Export the history again. Nothing was changed."
        case .noFeed(let source, let why):
            "\(printable(source)) is no RSS feed of a film diary: \(why). Nothing was changed."
        }
    }

    private static func hint(_ service: HistoryService) -> String {
        switch service {
        case .letterboxd:
            "Give the ZIP file of letterboxd.com/settings/data, its folder, or one of its tables."
        case .imdb: "Give the CSV file of “Your ratings” or of a list (Export on its page)."
        case .trakt: "Give the ZIP file of trakt.tv/settings/data, its folder, or one of its JSON files."
        case .rss: "Give the address of a Letterboxd member's feed, or its file."
        }
    }
}

/// What a history may have at most.
package enum HistoryLimits {
    /// Bytes when inflated.
    package static let bytes = 1 << 30
    package static let rows = 500_000
    /// Characters of a review that are kept.
    package static let review = 5_000
    /// Characters that a title may have.
    static let title = 500
    /// Bytes of a feed.
    package static let feed = 8 << 20
}
