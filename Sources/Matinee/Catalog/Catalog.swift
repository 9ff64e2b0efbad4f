public import Foundation

/// The movies that can be recommended, in the order of the file: a movie's place is its row.
public struct Catalog: Sendable {
    private let rows: CatalogRows

    /// The SHA-256 of the file, in lower-case hexadecimal digits; artifacts are kept by it.
    public let checksum: String

    /// All movies. Where they were not read yet, as with artifacts, that takes 0.1 to 0.3 s for 100,000.
    public var movies: [Movie] { rows.movies }

    public var count: Int { rows.count }

    /// Makes a catalogue of movies with ids of their own; of two with the same id, the first is found.
    package init(movies: [Movie], checksum: String) {
        let byID = Dictionary(
            movies.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        (rows, self.checksum) = (CatalogRows(movies, byID: byID), checksum)
    }

    /// Reads a JSON Lines file of catalogue rows.
    /// - Throws: ``CatalogError`` that names the first line at fault.
    public init(contentsOf url: URL) throws { try self.init(Self.read(url), of: url) }

    /// Reads the bytes of a file.
    init(_ data: Data, of url: URL) throws {
        let (checksum, (lines, read)) = atOnce({ sha256(data) }) {
            let lines = CatalogLines(data)
            return (lines, CatalogReader().rows(of: lines))
        }
        guard !read.isEmpty else { throw CatalogError.empty(url) }
        var movies: [Movie] = [], byID: [String: Int] = [:]
        movies.reserveCapacity(read.count)
        byID.reserveCapacity(read.count)
        for (row, result) in read.enumerated() {
            switch result {
            case .failure(let fault):
                throw CatalogError.wrongRow(url, line: lines.number(row), fault.description)
            case .success(let movie):
                guard byID.updateValue(row, forKey: movie.id) == nil else {
                    throw CatalogError.duplicate(url, line: lines.number(row), id: movie.id)
                }
                movies.append(movie.bounded)
            }
        }
        (rows, self.checksum) = (CatalogRows(movies, byID: byID), checksum)
    }

    /// A file whose rows were all read before without a fault; they are read again when they are asked for.
    init(verified data: Data, count: Int, checksum: String) {
        (rows, self.checksum) = (CatalogRows(verified: data, count: count), checksum)
    }

    /// The checksum of a catalogue file, without reading its rows.
    package static func checksum(of url: URL) throws -> String { try sha256(read(url)) }

    static func read(_ url: URL, options: Data.ReadingOptions = .mappedIfSafe) throws -> Data {
        do { return try Data(contentsOf: url, options: options) } catch {
            throw CatalogError.unreadable(url, reason(error))
        }
    }

    public subscript(row: Int) -> Movie { rows[row] }

    /// The row of the movie with that id, or `nil`.
    public func row(of id: String) -> Int? { rows.byID[id] }

    /// The movies whose title or alias holds all the words, best known first.
    public func search(_ text: String, limit: Int) -> [Movie] {
        let words = folded(text).split(separator: " ")
        guard !words.isEmpty else { return [] }
        let found = movies.filter { movie in
            ([movie.title] + movie.aliases).contains { title in
                let title = " " + folded(title)
                return words.allSatisfy { title.contains(" " + $0) }
            }
        }
        return best(found.map { $0.popularity ?? 0 }, limit: limit).map { found[$0] }
    }
}
