import Foundation

/// Finds movies by the words of their texts: BM25 with k₁ = 1.2 and b = 0.75 (Robertson and Zaragoza 2009, section 3).
package struct LexicalIndex: Sendable {
    /// The numbers of the terms by their hashes.
    private let terms: [UInt64: Int32]
    /// Where the postings of each term begin; and, last, how many there are.
    private let starts: [Int]
    private let postings: [(row: Int32, weight: Float)]

    private static let saturation = 1.2, lengthWeight = 0.75

    package init(_ catalog: Catalog) {
        let movies = catalog.movies, middle = movies.count / 2
        let (first, second) = atOnce(
            { TermCounts(movies[..<middle].lazy.map(Self.text), from: 0) },
            { TermCounts(movies[middle...].lazy.map(Self.text), from: middle) }
        )
        let counts = first.joined(with: second)
        terms = counts.numbers
        var starts = [0]
        for rows in counts.rows { starts.append(starts[starts.count - 1] + rows) }
        var next = starts
        var postings = Array(repeating: (row: Int32(0), weight: Float(0)), count: counts.entries.count)
        let mean = max(1, Double(counts.lengths.reduce(0, +)) / Double(max(1, movies.count)))
        let rarities = counts.rows.map { rows in
            log(1 + (Double(movies.count - rows) + 0.5) / (Double(rows) + 0.5))
        }
        for entry in counts.entries {
            let term = Int(entry.term), length = Double(counts.lengths[Int(entry.row)])
            let norm = 1 - Self.lengthWeight + Self.lengthWeight * length / mean, count = Double(entry.count)
            let weight = count * (Self.saturation + 1) / (count + Self.saturation * norm)
            postings[next[term]] = (entry.row, Float(rarities[term] * weight))
            next[term] += 1
        }
        (self.starts, self.postings) = (starts, postings)
    }

    /// The score of every movie for the distinct words of a text; zero without any in common.
    /// - Returns: `nil` where no word is known.
    package func scores(_ text: String, count: Int) -> [Float]? {
        let known = Set(Self.terms(of: text)).compactMap { terms[$0] }.sorted()
        guard !known.isEmpty else { return nil }
        var scores = [Float](repeating: 0, count: count)
        for term in known {
            for place in starts[Int(term)]..<starts[Int(term) + 1] {
                scores[Int(postings[place].row)] += postings[place].weight
            }
        }
        return scores
    }

    /// The rows whose texts have one of the words; `nil` where none is known.
    func rows(withAny words: [String]) -> Set<Int32>? {
        let known = words.flatMap(Self.terms).compactMap { terms[$0] }
        guard !known.isEmpty else { return nil }
        return Set(known.flatMap { postings[starts[Int($0)]..<starts[Int($0) + 1]].lazy.map(\.row) })
    }

    /// Whether any word of a text that is no stop word occurs in the catalogue; also where there are only stop words.
    func knowsAny(of text: String) -> Bool {
        let words = Self.terms(of: text)
        return words.isEmpty || words.contains { terms[$0] != nil }
    }

    /// The title counts twice.
    private static func text(_ movie: Movie) -> String {
        ([movie.title, movie.title] + movie.genres + movie.keywords + [movie.overview ?? ""] + movie.people)
            .joined(separator: " ")
    }

    fileprivate static func terms(of text: String) -> [UInt64] {
        wordHashes(in: folded(text), least: 2).filter { !stopWords.contains($0) }
    }

    private static let stopWords = Set(
        """
            the to and of it is in that you for me my on was have do like movie movies film films love see seen watch
            good really any with but one what so are be just yes no not hi hello would can some im this they at as if
            or think there how your about too also an we will from ve ll re don didn something anything some any
            more like want need show watching feel feels feeling looking but than them those these who which she he
            her his its be been being very much many most please thanks thank sure ok okay yeah great nice same kind
        """.split(whereSeparator: \.isWhitespace).flatMap { wordHashes(in: String($0)) }
    )
}

/// How often each term occurs in each text.
private struct TermCounts {
    /// The numbers of the terms by their hashes, from 0 in the order of their first use; and the hashes by number.
    var numbers: [UInt64: Int32] = [:]
    var hashes: [UInt64] = []
    /// How many texts each term occurs in.
    var rows: [Int] = []
    /// How many terms each text has, and what they are, text after text.
    var lengths: [Int] = []
    var entries: [(term: Int32, row: Int32, count: Int32)] = []

    /// - Parameter from: the row of the first text.
    init(_ texts: some Sequence<String>, from: Int) {
        var latest: [Int] = []
        for (place, text) in texts.enumerated() {
            let found = LexicalIndex.terms(of: text), begin = entries.count
            for hash in found {
                let term = number(of: hash)
                if term == latest.count { latest.append(-1) }
                if latest[term] >= begin {
                    entries[latest[term]].count += 1
                } else {
                    latest[term] = entries.count
                    entries.append((Int32(term), Int32(from + place), 1))
                    rows[term] += 1
                }
            }
            lengths.append(found.count)
        }
    }

    private mutating func number(of hash: UInt64) -> Int {
        if let known = numbers[hash] { return Int(known) }
        numbers[hash] = Int32(hashes.count)
        hashes.append(hash)
        rows.append(0)
        return hashes.count - 1
    }

    /// These texts, then the others.
    consuming func joined(with other: TermCounts) -> TermCounts {
        let theirs = other.hashes.map { number(of: $0) }
        for (term, rows) in zip(theirs, other.rows) { self.rows[term] += rows }
        lengths += other.lengths
        entries.reserveCapacity(entries.count + other.entries.count)
        for entry in other.entries {
            entries.append((Int32(theirs[Int(entry.term)]), entry.row, entry.count))
        }
        return self
    }
}
