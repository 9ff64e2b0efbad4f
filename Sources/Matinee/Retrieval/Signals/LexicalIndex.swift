import Foundation

/// Finds movies by the words of their texts: BM25 with k₁ = 1.2 and b = 0.75 (Robertson and Zaragoza 2009, section 3).
struct LexicalIndex: Sendable {
    /// The numbers of the terms by their hashes.
    private let terms: [UInt64: Int32]
    /// Where the postings of each term begin; and, last, how many there are.
    private let starts: [Int]
    private let postings: [(row: Int32, weight: Float)]

    private static let saturation = 1.2, lengthWeight = 0.75

    init(_ catalog: Catalog) {
        let texts = Self.terms(of: catalog)
        var terms: [UInt64: Int32] = [:], lists: [[(row: Int32, count: Float)]] = []
        var lengths = [Double](repeating: 0, count: catalog.count)
        for (row, found) in texts.enumerated() {
            lengths[row] = Double(found.count)
            for term in found {
                if let known = terms[term].map(Int.init) {
                    if let last = lists[known].last, last.row == row {
                        lists[known][lists[known].count - 1].count += 1
                    } else {
                        lists[known].append((Int32(row), 1))
                    }
                } else {
                    terms[term] = Int32(lists.count)
                    lists.append([(Int32(row), 1)])
                }
            }
        }
        let mean = max(1, lengths.reduce(0, +) / Double(max(1, catalog.count)))
        var starts = [0], postings: [(row: Int32, weight: Float)] = []
        for list in lists {
            let rarity = log(1 + (Double(catalog.count - list.count) + 0.5) / (Double(list.count) + 0.5))
            for (row, count) in list {
                let norm = 1 - Self.lengthWeight + Self.lengthWeight * lengths[Int(row)] / mean
                let weight = Double(count) * (Self.saturation + 1) / (Double(count) + Self.saturation * norm)
                postings.append((row, Float(rarity * weight)))
            }
            starts.append(postings.count)
        }
        (self.terms, self.starts, self.postings) = (terms, starts, postings)
    }

    /// The score of every movie for the distinct words of a text; zero without any in common.
    /// - Returns: `nil` where no word is known.
    func scores(_ text: String, count: Int) -> [Float]? {
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

    /// The title counts twice.
    private static func text(_ movie: Movie) -> String {
        ([movie.title, movie.title] + movie.genres + movie.keywords + [movie.overview ?? ""] + movie.people)
            .joined(separator: " ")
    }

    /// The terms of every movie, on two cores.
    private static func terms(of catalog: Catalog) -> [[UInt64]] {
        let movies = catalog.movies, middle = movies.count / 2
        let (first, second) = atOnce(
            { movies[..<middle].map { terms(of: text($0)) } },
            { movies[middle...].map { terms(of: text($0)) } }
        )
        return first + second
    }

    private static func terms(of text: String) -> [UInt64] {
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
