package import Matinee

/// A history whose films are linked to a catalogue.
package struct HistoryLinking: Sendable {
    /// What `matinee users import --json` prints.
    package struct Report: Sendable, Equatable, Codable {
        package var service: HistoryService
        /// How many rows were read of all tables.
        package var rows: Int
        /// How many films these name.
        package var films: Int
        /// How many of them were linked to a film of the catalogue.
        package var linked: Int
        /// Those that several films of the catalogue may be, by title and year.
        package var ambiguous: [String]
        /// Those that the catalogue does not have.
        package var unknown: [String]
        /// How many of them the catalogue has: linked and ambiguous ones.
        package var in_catalogue: Int
        /// How many of those linked are rated, seen, liked, favourites, on the watchlist.
        package var rated: Int
        package var seen: Int
        package var liked: Int
        package var favourites: Int
        package var watchlist: Int
        package var skipped: [History.Skipped]
        package var future_dates: Int
        /// How many films are new or otherwise than before, by what the store says.
        package var changed = 0
    }

    /// The films of the catalogue, each once.
    package private(set) var films: [HistoryFilm] = []
    package private(set) var report: Report

    package init(_ history: History, _ catalog: Catalog) {
        let links = HistoryLinker(catalog).links(history.films)
        var places: [Int: Int] = [:], ambiguous: [String] = [], unknown: [String] = []
        for (film, link) in zip(history.films, links) {
            switch link {
            case .ambiguous: ambiguous.append(film.label)
            case .unknown: unknown.append(film.label)
            case .row(let row):
                let found = Self.film(film, catalog[row].id)
                if let place = places[row] {
                    films[place] = films[place].joined(with: found)
                } else {
                    places[row] = films.count
                    films.append(found)
                }
            }
        }
        report = Report(
            service: history.service,
            rows: history.rows,
            films: history.films.count,
            linked: history.films.count - ambiguous.count - unknown.count,
            ambiguous: ambiguous,
            unknown: unknown,
            in_catalogue: history.films.count - unknown.count,
            rated: films.count { $0.rating != nil },
            seen: films.count { $0.isSeen },
            liked: films.count { $0.isLiked },
            favourites: films.count { $0.isFavourite },
            watchlist: films.count { $0.isWanted == true },
            skipped: history.skipped,
            future_dates: history.futureDates
        )
        films.removeAll { $0.stance == nil && $0.isWanted == nil }
    }

    private static func film(_ record: HistoryRecord, _ id: String) -> HistoryFilm {
        HistoryFilm(
            id: id,
            rating: record.rating,
            date: (record.watched ?? record.rated ?? record.logged).map(Day.text),
            isSeen: record.isSeen,
            isLiked: record.isLiked,
            isFavourite: record.isFavourite,
            isWanted: record.isWanted ? true : nil
        )
    }
}
