import Foundation
import Matinee

/// Takes in the rows of a history: checks what they say, counts what is wrong, and puts the films together.
struct HistoryCollector {
    let service: HistoryService
    let maxBad: Double
    /// Seconds since 1970; what lies more than a day after that is in the future.
    let now: Int
    private(set) var entries: [HistoryEntry] = []
    private var rows = 0
    private var bytes = 0
    private var skipped: [History.Skipped] = []
    private var futureDates = 0
    var hasWatchlist = false

    init(_ service: HistoryService, maxBad: Double, now: Int) {
        (self.service, self.maxBad, self.now) = (service, maxBad, now)
    }

    /// Takes an entry; says what is wrong with it, or `nil`.
    mutating func take(_ entry: HistoryEntry) throws -> String? {
        guard entries.count < HistoryLimits.rows else { throw HistoryError.tooLarge("The history") }
        var entry = entry
        entry.title = printable(entry.title)
        guard !entry.title.isEmpty else { return "it has no title" }
        guard entry.title.utf8.count <= HistoryLimits.title * 4 else { return "its title is too long" }
        if let rating = entry.rating, !(0.5...5).contains(rating) { return "its rating is out of range" }
        for time in [\HistoryEntry.rated, \.watched, \.logged]
        where entry[keyPath: time].map({ $0 > now + 86_400 }) ?? false {
            entry[keyPath: time] = nil
            futureDates += 1
        }
        entries.append(entry)
        return nil
    }

    /// Opens a file, as long as there are not too many bytes in all.
    mutating func open(_ file: SourceFiles.File) throws -> ByteStream {
        bytes += file.size
        guard bytes <= HistoryLimits.bytes else { throw HistoryError.tooLarge(file.name) }
        return try file.stream()
    }

    /// Notes how many rows of a file were read and which were passed over.
    /// - Throws: ``FormatError/tooManyFaults(_:file:share:)``.
    mutating func note(_ tally: Tally, _ file: String) throws {
        try tally.check(file, share: maxBad)
        rows += tally.rows
        guard tally.faults > 0 else { return }
        skipped.append(
            .init(file: file, rows: tally.faults, line: tally.firstLine, reason: tally.firstFault)
        )
    }

    /// The films, each once.
    var history: History {
        History(
            service: service,
            films: HistoryMerger(entries).films,
            rows: rows,
            skipped: skipped,
            futureDates: futureDates,
            hasWatchlist: hasWatchlist
        )
    }
}

/// Puts together what several rows say of the same film.
struct HistoryMerger {
    private(set) var films: [HistoryRecord] = []
    private var places: [String: Int] = [:]
    /// Of each film, what its rating and its date of rating were taken from.
    private var authority: [(kind: HistoryEntry.Kind, time: Int)] = []

    init(_ entries: [HistoryEntry]) {
        let addresses = Dictionary(
            entries.filter { $0.kind != .favourite }.compactMap { entry in entry.address.map { ($0, entry) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        for entry in entries {
            // A favourite is given by its address alone.
            if entry.kind == .favourite, let address = entry.address {
                guard let film = addresses[address] else { continue }
                var found = entry
                (found.title, found.year) = (film.title, film.year)
                add(found)
            } else {
                add(entry)
            }
        }
    }

    /// What films are told apart by: an id, else title and year.
    private func key(_ entry: HistoryEntry) -> String {
        entry.imdbID ?? entry.tmdbID.map { "tmdb \($0)" }
            ?? "\(entry.title.lowercased()) (\(entry.year.map(String.init) ?? ""))"
    }

    private mutating func add(_ entry: HistoryEntry) {
        let key = key(entry), place = places[key] ?? films.count
        if places.updateValue(place, forKey: key) == nil {
            var film = HistoryRecord(title: entry.title, year: entry.year)
            (film.imdbID, film.tmdbID) = (entry.imdbID, entry.tmdbID)
            films.append(film)
            authority.append((.list, .min))
        }
        rate(place, entry)
        if let watched = entry.watched { films[place].watched = max(films[place].watched ?? .min, watched) }
        if let logged = entry.logged { films[place].logged = max(films[place].logged ?? .min, logged) }
        switch entry.kind {
        case .list: if let list = entry.list { films[place].lists.append(list) }
        case .watchlist: films[place].isWanted = true
        case .favourite: films[place].isFavourite = true
        case .liked, .watched, .review, .diary, .rating: films[place].isSeen = true
        }
        if entry.isLiked || entry.kind == .liked { films[place].isLiked = true }
        if entry.rating != nil { films[place].isSeen = true }
        if let review = entry.review { films[place].review = review }
    }

    /// The table of ratings knows a rating better than the diary, and the later row of a kind better than the earlier.
    private mutating func rate(_ place: Int, _ entry: HistoryEntry) {
        guard let rating = entry.rating else { return }
        let own = (kind: entry.kind, time: entry.rated ?? entry.watched ?? .min)
        guard own >= authority[place] || films[place].rating == nil else { return }
        (films[place].rating, films[place].rated) = (rating, entry.rated ?? entry.watched)
        authority[place] = own
    }
}
