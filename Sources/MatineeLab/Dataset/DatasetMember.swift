package import Foundation
package import Matinee
package import MatineeFormats

/// One person of a dataset, a line of its file: what they rated, when, and what they wrote of it.
package struct DatasetMember: Sendable, Equatable, Codable {
    /// A film in a member's history.
    package struct Film: Sendable, Equatable, Codable {
        /// The id in the catalogue that the dataset was collected with, where it has the film.
        package var id: String?
        package var title: String
        package var year: Int?
        /// 0.5...5; higher is better.
        package var rating: Double?
        /// When it was rated or, where that is not known, watched: seconds since 1970.
        package var time: Int?
        package var liked: Bool?
        package var favourite: Bool?
        package var review: String?

        package init(
            id: String? = nil,
            title: String,
            year: Int? = nil,
            rating: Double? = nil,
            time: Int? = nil
        ) {
            (self.id, self.title, self.year, self.rating, self.time) = (id, title, year, rating, time)
        }

        /// The title with its year.
        package var label: String { year.map { "\(title) (\($0))" } ?? title }
    }

    /// A pseudonym that stays the same as long as the secret does that it was made with.
    package var member: String
    /// `letterboxd`, `rss`, `imdb`, `trakt`, `movielens`.
    package var source: String
    package var films: [Film]

    package init(member: String, source: String, films: [Film]) {
        (self.member, self.source, self.films) = (member, source, films)
    }

    /// The films of a history, linked to a catalogue where that has them.
    package init(member: String, history: History, catalog: Catalog, linker: HistoryLinker) {
        let films = zip(history.films, linker.links(history.films)).map { record, link in
            var film = Film(title: record.title, year: record.year, rating: record.rating)
            if case .row(let row) = link { film.id = catalog[row].id }
            film.time = record.rated ?? record.watched
            film.liked = record.isLiked ? true : nil
            film.favourite = record.isFavourite ? true : nil
            film.review = record.review
            return film
        }
        self.init(member: member, source: history.service.rawValue, films: films)
    }
}

/// A dataset in a file, read line by line and never held as a whole.
package struct DatasetFile: Sendable {
    package let url: URL
    private let data: Data

    /// - Throws: ``DatasetError/unreadable(_:_:)``.
    package init(_ url: URL) throws {
        self.url = url
        do { data = try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw DatasetError.unreadable(url.path, reason(error))
        }
    }

    /// The SHA-256 of the file.
    package var checksum: String { sha256(data) }

    /// How many bytes a line may have.
    static let longestLine = 64 << 20

    /// Reads the members in their order.
    /// - Throws: ``DatasetError/wrongLine(_:line:_:)`` that names the first line at fault, and what `body` throws.
    package func forEach(_ body: (DatasetMember) throws -> Void) throws {
        let decoder = JSONDecoder()
        var start = data.startIndex, line = 0
        while start < data.endIndex {
            let end = data[start...].firstIndex(of: 10) ?? data.endIndex
            line += 1
            if end > start, data[start..<end].contains(where: { $0 > 32 }) {
                guard end - start <= Self.longestLine else { throw fault(line, "it is longer than 64 MB") }
                try autoreleasepool {
                    guard let member = try? decoder.decode(DatasetMember.self, from: data[start..<end]) else {
                        throw fault(line, "it needs member, source and films with titles")
                    }
                    try body(member)
                }
            }
            start = end + 1
        }
    }

    private func fault(_ line: Int, _ why: String) -> DatasetError {
        .wrongLine(url.path, line: line, why)
    }
}

#if !canImport(ObjectiveC)
    /// Elsewhere than on Apple's systems there are no pools to drain.
    private func autoreleasepool(_ body: () throws -> Void) rethrows { try body() }
#endif

/// Why a dataset cannot be made or used.
package enum DatasetError: Error, Equatable, CustomStringConvertible {
    case unreadable(String, String)
    case wrongLine(String, line: Int, String)
    case unwritable(String, String)
    case badList(String, line: Int, String)
    case empty(String, String)

    package var description: String {
        switch self {
        case .unreadable(let file, let why): "\(printable(file)) cannot be read: \(why). Check the name."
        case .wrongLine(let file, let line, let why):
            "Line \(line) of \(printable(file)) is no member of a dataset: \(why). Make the dataset anew with `matinee dataset collect`."
        case .unwritable(let file, let why):
            "\(printable(file)) cannot be written: \(why). Make room, or name another place with --to."
        case .badList(let file, let line, let why):
            "Line \(line) of \(printable(file)) is no source: \(why). Write a service and a path or address, such as “letterboxd exports/ana.zip”."
        case .empty(let file, let why): "\(printable(file)) gives nothing to train on: \(why)."
        }
    }
}
