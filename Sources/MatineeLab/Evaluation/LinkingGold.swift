import Foundation
import Matinee

/// Finds titles that are written as `Title (Year)` and that the catalogue has.
///
/// This is the measure, so it shares no code with the linker: before each year of four digits in brackets, the longest
/// run of words that equals a title or alias of that year, letters without case and accents, is a title.
struct LinkingGold {
    /// A title of a text: its bytes, those of its year among them, and the rows of that title and year.
    struct Title {
        var place: Range<String.Index>
        /// Where the words end and ` (Year)` begins.
        var wordsEnd: String.Index
        var rows: Set<Int>
    }

    private var rows: [String: Set<Int>] = [:]
    private var longest = 0
    private let catalog: Catalog

    init(_ catalog: Catalog) {
        self.catalog = catalog
        for (row, movie) in catalog.movies.enumerated() {
            guard let year = movie.year else { continue }
            for title in [movie.title] + movie.aliases {
                let words = Self.words(title).map(\.plain)
                rows["\(words.joined(separator: " ")) \(year)", default: []].insert(row)
                longest = max(longest, words.count)
            }
        }
    }

    /// The titles of a text, in its order.
    func titles(in text: String) -> [Title] {
        var from = text.startIndex
        return text.matches(of: /\s*\((\d{4})\)/).compactMap { match in
            let words = Self.words(text[from..<match.range.lowerBound])
            from = match.range.upperBound
            for count in stride(from: min(longest, words.count), to: 0, by: -1) {
                let last = words.suffix(count)
                let key = last.map(\.plain).joined(separator: " ") + " " + match.output.1
                guard let rows = rows[key], let start = last.first?.range.lowerBound else { continue }
                let place = start..<match.range.upperBound
                return Title(place: place, wordsEnd: match.range.lowerBound, rows: rows)
            }
            return nil
        }
    }

    /// Whether the words are the film's title to the letter, capital letters included, so that the film is meant though
    /// no year says so: of two words or more with two capital letters, or of a film without year in the catalogue.
    func isBare(_ words: Substring, of row: Int) -> Bool {
        let movie = catalog[row], plain = Self.words(words),
            capitals = plain.filter { words[$0.range.lowerBound].isUppercase }
        guard capitals.count > 1 || capitals.count == 1 && movie.year == nil else { return false }
        return ([movie.title] + movie.aliases).contains { title in
            let own = Self.words(title)
            return own.count == plain.count
                && zip(own, plain).allSatisfy { title[$0.range] == words[$1.range] }
        }
    }

    /// Runs of letters and digits.
    private static func words(_ text: some StringProtocol) -> [(range: Range<String.Index>, plain: String)] {
        var words: [(range: Range<String.Index>, plain: String)] = []
        var i = text.startIndex
        while i < text.endIndex {
            let start = i
            while i < text.endIndex, text[i].isLetter || text[i].isNumber { i = text.index(after: i) }
            if start < i {
                let plain = String(text[start..<i])
                    .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
                words.append((start..<i, plain))
            } else {
                i = text.index(after: i)
            }
        }
        return words
    }
}
