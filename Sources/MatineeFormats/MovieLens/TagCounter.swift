import Foundation
import Matinee

/// Makes keywords of what people tagged films with.
///
/// A tag is a keyword in lower case; two that fold to the same are one. It must have a letter, at most four words and
/// forty characters, and not be about the copy or the viewer (`dvd`, `netflix queue`). Of a film's tags those are kept
/// that were given at least a tenth as often as the most frequent one, at most ``most`` of them.
struct TagCounter {
    static let most = 12
    /// The share of the most frequent tag's count that a tag must reach.
    static let leastShare = 0.1

    private static let notAboutFilms: Set<String> = [
        "dvd", "dvds", "vhs", "netflix", "imdb", "tivo", "bechdel", "clv", "betamax", "bluray", "hulu",
        "watchlist", "criterion", "seen", "watched", "own", "owned", "rented", "library", "tumey", "erlend",
        "bd",
    ]

    /// By the tag as it is written, its number; none where it is no keyword.
    private var numbers: [String: UInt32?] = [:]
    private var byFolded: [String: UInt32] = [:]
    private var names: [String] = []
    /// By row and tag number, how often it was given.
    private var counts: [UInt64: UInt32] = [:]

    /// A tag as a keyword, or `nil` where it is none.
    static func keyword(_ tag: String) -> String? {
        let name = printable(tag).lowercased(), words = folded(name).split(separator: " ")
        guard (1...4).contains(words.count), name.count <= 40, name.contains(where: \.isLetter),
            !words.contains(where: { notAboutFilms.contains(String($0)) })
        else { return nil }
        return name
    }

    /// Reads `tags.csv` or `tags.dat`.
    mutating func read(_ table: Table, _ ids: IDTable) throws {
        guard let movie = table["movieid"], let tag = table["tag"] else { return }
        try table.forEach { record in
            guard let row = ids.number(of: record[movie]) else { return MovieLensMovies.isNoFilm }
            if let number = number(of: record[tag].text) {
                counts[UInt64(row) << 32 | UInt64(number), default: 0] += 1
            }
            return nil
        }
    }

    private mutating func number(of tag: String) -> UInt32? {
        if let known = numbers[tag] { return known }
        let number = Self.keyword(tag).map { name in
            let key = folded(name)
            if let known = byFolded[key] { return known }
            names.append(name)
            byFolded[key] = UInt32(names.count - 1)
            return UInt32(names.count - 1)
        }
        numbers[tag] = .some(number)
        return number
    }

    /// The keywords of each film that has some, by its row, the most frequent first.
    func keywords() -> [Int: [String]] {
        var byRow: [Int: [(name: String, count: UInt32)]] = [:]
        for (key, count) in counts {
            byRow[Int(key >> 32), default: []].append((names[Int(key & 0xFFFF_FFFF)], count))
        }
        return byRow.mapValues { tags in
            let least = Double(tags.map(\.count).max() ?? 0) * Self.leastShare
            let sorted = tags.filter { Double($0.count) >= least }.sorted {
                $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count
            }
            return sorted.prefix(Self.most).map(\.name)
        }
    }
}

/// Makes keywords of MovieLens' tag genome: the tags that are most relevant to a film.
struct TagGenome {
    static let most = 12
    /// The relevance that a tag must have, 0...1.
    static let leastRelevance = 0.7

    private var names: [Int: String] = [:]
    /// By row, the tags' numbers with their relevance.
    private var best: [Int: [(tag: Int, relevance: Double)]] = [:]

    /// Reads `genome-tags.csv`.
    mutating func readTags(_ table: Table) throws {
        guard let tag = table["tagid"], let name = table["tag"] else { return }
        try table.forEach { record in
            guard let number = record[tag].wholeNumber else { return "its tagId is no number" }
            names[number] = TagCounter.keyword(record.text(name))
            return nil
        }
    }

    /// Reads `genome-scores.csv`.
    mutating func readScores(_ table: Table, _ ids: IDTable) throws {
        guard let movie = table["movieid"], let tag = table["tagid"], let score = table["relevance"] else {
            return
        }
        try table.forEach { record in
            guard let row = ids.number(of: record[movie]) else { return MovieLensMovies.isNoFilm }
            guard let number = record[tag].wholeNumber, let relevance = Double(record.text(score)),
                (0...1).contains(relevance)
            else { return "its relevance is not 0 to 1" }
            if relevance >= Self.leastRelevance { add(row, number, relevance) }
            return nil
        }
    }

    private mutating func add(_ row: Int, _ tag: Int, _ relevance: Double) {
        best[row, default: []].append((tag, relevance))
        if let count = best[row]?.count, count >= 4 * Self.most { best[row] = Self.top(best[row] ?? []) }
    }

    private static func top(_ tags: [(tag: Int, relevance: Double)]) -> [(tag: Int, relevance: Double)] {
        let sorted = tags.sorted {
            $0.relevance == $1.relevance ? $0.tag < $1.tag : $0.relevance > $1.relevance
        }
        return Array(sorted.prefix(most))
    }

    /// The keywords of each film that has some, by its row, the most relevant first.
    func keywords() -> [Int: [String]] {
        best.mapValues { Self.top($0).compactMap { names[$0.tag] } }
    }
}
