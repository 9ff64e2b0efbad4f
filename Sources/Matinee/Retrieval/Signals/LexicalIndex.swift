import Foundation

/// Finds movies by the words of their texts: BM25 with k₁ = 1.2 and b = 0.75 (Robertson and Zaragoza 2009, section 3).
struct LexicalIndex: Sendable {
    private let terms: [Substring: Int32]
    /// Where the postings of each term begin; and, last, how many there are.
    private let starts: [Int]
    private let postings: [(row: Int32, weight: Float)]

    private static let saturation = 1.2, lengthWeight = 0.75

    init(_ catalog: Catalog) {
        var terms: [Substring: Int32] = [:], lists: [[(row: Int32, count: Float)]] = []
        var lengths = [Double](repeating: 0, count: catalog.count)
        for (row, movie) in catalog.movies.enumerated() {
            let found = Self.terms(of: Self.text(movie))
            lengths[row] = Double(found.count)
            for (term, count) in Dictionary(found.map { ($0, Float(1)) }, uniquingKeysWith: +) {
                if let known = terms[term] {
                    lists[Int(known)].append((Int32(row), count))
                } else {
                    // A copy, so that the index does not keep every film's text.
                    terms[Substring(String(term))] = Int32(lists.count)
                    lists.append([(Int32(row), count)])
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

    private static func terms(of text: String) -> [Substring] {
        folded(text).split(separator: " ").filter { $0.utf8.count > 1 && !stopWords.contains($0) }
    }

    private static let stopWords = Set(
        """
        the to and of it is in that you for me my on was have do like movie movies film films love see seen watch
        good really any with but one what so are be just yes no not hi hello would can some im this they at as if
        or think there how your about too also an we will from ve ll re don didn something anything some any
        more like want need show watching feel feels feeling looking but than them those these who which she he
        her his its be been being very much many most please thanks thank sure ok okay yeah great nice same kind
        """.split(whereSeparator: \.isWhitespace)
    )
}
