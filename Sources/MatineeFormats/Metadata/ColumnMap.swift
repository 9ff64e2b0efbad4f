import Matinee

/// Which column of a file holds which field.
package struct ColumnMap: Sendable {
    /// What was named by hand: the column's name without case and punctuation.
    private let named: [Field: String]
    /// The same as it was written.
    private let written: [Field: String]

    /// - Parameter texts: `field=column`, as `--map` takes them.
    /// - Throws: ``FormatError/badMap(_:)``.
    package init(_ texts: [String] = []) throws {
        let pairs = try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = Field(rawValue: parts[0].lowercased()) else {
                throw FormatError.badMap(text)
            }
            return (field, parts[1])
        }
        written = Dictionary(pairs, uniquingKeysWith: { $1 })
        named = written.mapValues(FileKind.plain)
    }

    /// The columns that were named by hand.
    var columns: Set<String> { Set(named.values) }

    /// The column for each field that a file has.
    func fields(of columns: Set<String>) -> [Field: String] {
        var found: [Field: String] = [:]
        for field in Field.allCases {
            found[field] = ([named[field]].compactMap { $0 } + field.names).first(where: columns.contains)
        }
        // TMDB calls its own id `id` or `movie_id`, and only its files have these columns.
        let isTMDB = !columns.isDisjoint(with: ["productioncountries", "crew"])
        if isTMDB, named[.id] == nil, let id = ["movieid", "id"].first(where: columns.contains) {
            (found[.id], found[.tmdbID]) = (id, id)
        }
        return found
    }

    /// - Parameter columns: all columns of the files that were read by this map.
    /// - Throws: ``FormatError/unknownColumn(field:column:)`` where one that was named is in none.
    func check(against columns: Set<String>) throws {
        for (field, column) in written.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where !columns.contains(FileKind.plain(column)) {
            throw FormatError.unknownColumn(field: field.rawValue, column: column)
        }
    }
}
