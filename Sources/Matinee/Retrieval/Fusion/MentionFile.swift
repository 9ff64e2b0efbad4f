/// ``MentionCounts`` in a form that does not depend on a catalogue: films by their IMDb id or, where they have none, by
/// title and year.
package struct MentionFile: Sendable, Codable, Equatable {
    var dialogues: Int
    /// The keys of the films.
    var films: [String]
    /// For each film: dialogues that name it, recommend it, in which the user names it.
    var named: [Int32]
    var recommended: [Int32]
    var asked: [Int32]
    /// Five numbers a pair of films i < j: i, j, dialogues that name both, those of them that recommend j, and i.
    var together: [Int32]

    /// No conversations at all.
    package static let none = MentionFile(MentionCounts(movies: 0), [])

    /// The counts of a catalogue's rows.
    package init(_ counts: MentionCounts, _ movies: [Movie]) {
        let rows = movies.indices.filter { counts.named[$0] > 0 }
        let places = Dictionary(uniqueKeysWithValues: zip(rows, Int32(0)...))
        dialogues = counts.dialogues
        films = rows.map { FilmKeys.key(movies[$0]) }
        named = rows.map { counts.named[$0] }
        recommended = rows.map { counts.recommended[$0] }
        asked = rows.map { counts.asked[$0] }
        together = []
        for row in rows {
            for (other, count) in counts.together[row].sorted(by: { $0.key < $1.key }) where other > row {
                guard let i = places[row], let j = places[Int(other)] else { continue }
                let first = counts.recommendedWith[row][other] ?? 0
                let second = counts.recommendedWith[Int(other)][Int32(row)] ?? 0
                together += [i, j, count, first, second]
            }
        }
    }

    var isWhole: Bool {
        let counts = [named, recommended, asked]
        return dialogues >= 0 && dialogues < 1 << 30 && together.count.isMultiple(of: 5)
            && counts.allSatisfy { $0.count == films.count }
            && (counts.joined() + together).allSatisfy { $0 >= 0 && $0 < 1 << 30 }
            && stride(from: 0, to: together.count, by: 5).allSatisfy {
                together[$0] < together[$0 + 1] && together[$0 + 1] < films.count
            }
    }

    /// The counts for another catalogue's rows; films that it lacks drop out.
    package func counts(for catalog: Catalog) -> MentionCounts {
        let keys = FilmKeys(catalog), found = films.map { keys.row($0) }
        var counts = MentionCounts(movies: catalog.count)
        counts.set(dialogues: dialogues, rows: found, named, recommended, asked)
        for i in stride(from: 0, to: together.count, by: 5) {
            guard let first = found[Int(together[i])], let second = found[Int(together[i + 1])],
                first != second
            else { continue }
            counts.set(first, second, together[i + 2], recommended: together[i + 3])
            counts.set(second, first, together[i + 2], recommended: together[i + 4])
        }
        return counts
    }
}
