import Foundation
import Matinee

/// What a file holds, as far as its first lines tell.
package struct FileKind: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case ratings, movies, links, tags, genomeScores, genomeTags
        /// Rows with columns of any names, of films.
        case rows
        /// JSON objects of films.
        case objects
    }

    package var content: Content
    var separation = Separation.commas
    /// The place of each column, by its name without case and punctuation.
    var columns: [String: Int] = [:]
    var hasHeader = true
    /// Whether a JSON file is one array.
    var isArray = false

    /// Recognises a file by its first bytes; `nil` where it is of no known form.
    /// - Parameter mapped: columns that `--map` names, in the same form as ``columns``.
    package init?(_ start: [UInt8], mapped: Set<String> = []) {
        let text = start.drop { [9, 10, 13, 32, 0xEF, 0xBB, 0xBF].contains($0) }
        let isArray = text.first == 91 && text.dropFirst().first { $0 > 32 } == 123
        if isArray || text.first == 123 {
            guard let columns = Self.keys(start, isArray, mapped) else { return nil }
            self.init(content: .objects, columns: columns, isArray: isArray)
        } else if let kind = Self.tables.lazy.compactMap({ Self.table(start, $0, mapped) }).first {
            self = kind
        } else {
            return nil
        }
    }

    private init(
        content: Content,
        separation: Separation = .commas,
        columns: [String: Int] = [:],
        hasHeader: Bool = true,
        isArray: Bool = false
    ) {
        (self.content, self.separation, self.columns) = (content, separation, columns)
        (self.hasHeader, self.isArray) = (hasHeader, isArray)
    }

    /// The keys of the first objects; `nil` where none of them can be a title.
    private static func keys(_ start: [UInt8], _ isArray: Bool, _ mapped: Set<String>) -> [String: Int]? {
        var names: Set<String> = [], tally = Tally()
        try? JSONRows(ByteStream(start), isArray: isArray).forEach(&tally) { object in
            names.formUnion(object.keys.map(plain))
            return nil
        }
        let isFilm = !names.isDisjoint(with: mapped.union(Field.title.names))
        return isFilm ? Dictionary(uniqueKeysWithValues: names.map { ($0, 0) }) : nil
    }

    private static let tables: [Separation] = [.doubleColons, .tabs, .commas, .bars, .semicolons]

    /// The name of a column without case and punctuation: `movieId`, `movie_id`.
    static func plain(_ column: String) -> String { folded(column).replacing(" ", with: "") }

    private static func table(_ start: [UInt8], _ separation: Separation, _ mapped: Set<String>) -> FileKind?
    {
        let reader = RecordReader(ByteStream(start), separation, chunk: start.count + 16)
        guard case .record(let record)? = try? reader.next(), record.count > 1 else { return nil }
        let fields = record.fields.indices.map { record.text($0) }
        return headless(fields, separation) ?? headed(fields, separation, mapped)
    }

    /// The files of MovieLens 100k, 1M and 10M have no header; their forms are told apart by how many fields there are
    /// and which of them are numbers.
    private static func headless(_ fields: [String], _ separation: Separation) -> FileKind? {
        guard Int(fields[0]) != nil else { return nil }
        func kind(_ content: Content, _ names: String...) -> FileKind {
            let columns = Dictionary(uniqueKeysWithValues: zip(names, 0...))
            return FileKind(content: content, separation: separation, columns: columns, hasHeader: false)
        }
        let areNumbers = fields.allSatisfy { Double($0) != nil }
        switch (separation, fields.count) {
        case (.tabs, 4) where areNumbers, (.doubleColons, 4) where areNumbers:
            return kind(.ratings, "userid", "movieid", "rating", "timestamp")
        case (.doubleColons, 4) where Int(fields[1]) != nil && Int(fields[3]) != nil:
            return kind(.tags, "userid", "movieid", "tag", "timestamp")
        case (.doubleColons, 3): return kind(.movies, "movieid", "title", "genres")
        case (.bars, 24): return kind(.movies, "movieid", "title", "releasedate", "videodate", "url", "flags")
        default: return nil
        }
    }

    private static func headed(_ fields: [String], _ separation: Separation, _ mapped: Set<String>)
        -> FileKind?
    {
        // recbole's columns carry their type: `user_id:token`.
        let names = fields.map { name in
            let plain = plain(String(name.prefix { $0 != ":" }))
            return name.contains(":") ? renamed[plain] ?? plain : plain
        }
        let columns = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
        guard let content = content(Set(names), mapped) else { return nil }
        return FileKind(content: content, separation: separation, columns: columns)
    }

    private static let renamed = ["itemid": "movieid", "movietitle": "title", "class": "genres"]

    private static func content(_ names: Set<String>, _ mapped: Set<String>) -> Content? {
        if !mapped.isDisjoint(with: names) { return .rows }
        let known: [(Content, Set<String>)] = [
            (.ratings, ["userid", "movieid", "rating"]), (.tags, ["userid", "movieid", "tag"]),
            (.genomeScores, ["movieid", "tagid", "relevance"]), (.genomeTags, ["tagid", "tag"]),
            (.links, ["movieid", "imdbid", "tmdbid"]),
        ]
        if let found = known.first(where: { $0.1.isSubset(of: names) }) { return found.0 }
        if names.isSuperset(of: ["movieid", "title", "genres"]), names.count <= 5 { return .movies }
        return names.isDisjoint(with: Field.title.names) ? nil : .rows
    }
}
