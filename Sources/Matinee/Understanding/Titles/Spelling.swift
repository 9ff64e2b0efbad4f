/// Finds the words of titles that a misspelt word may stand for.
///
/// The distance is the optimal string alignment: letters put in, left out, replaced, neighbours swapped (Damerau
/// 1964); at most 1, for words of nine letters or more 2. Words are first compared by the sets of their letters.
struct Spelling: Sendable {
    private struct Group {
        var ids: [Int32] = []
        var letters: [UInt32] = []
    }

    private static let longest = 24
    private var groups = [Group](repeating: Group(), count: longest + 1)

    /// - Parameter count: so many words of the lexicon, those of titles, can be meant.
    init(_ lexicon: Lexicon, count: Int) {
        for id in 0..<Int32(count) {
            let word = lexicon.spelling(of: id)
            guard word.count <= Self.longest, word.allSatisfy({ $0 < 128 }) else { continue }
            groups[word.count].ids.append(id)
            groups[word.count].letters.append(Self.letters(word))
        }
    }

    /// How many changes a word may have.
    static func allowance(_ length: Int) -> Int { length >= 9 ? 2 : length >= 3 ? 1 : 0 }

    /// The words nearest to a folded word, other than itself, with their distance; none if there are more than `limit`.
    func neighbors(of word: String, in lexicon: Lexicon, limit: Int) -> [(id: Int32, distance: Int)] {
        let word = Array(word.utf8), letters = Self.letters(word[...]), most = Self.allowance(word.count)
        guard most > 0, word.count <= Self.longest, word.allSatisfy({ $0 < 128 }) else { return [] }
        var found: [(id: Int32, distance: Int)] = []
        for length in max(2, word.count - most)...min(Self.longest, word.count + most) {
            let group = groups[length]
            for i in group.ids.indices where (group.letters[i] ^ letters).nonzeroBitCount <= 2 * most {
                let other = lexicon.spelling(of: group.ids[i])
                let distance = Self.distance(word[...], other, limit: most)
                if (1...most).contains(distance) { found.append((group.ids[i], distance)) }
            }
        }
        let least = found.map(\.distance).min() ?? 0
        found.removeAll { $0.distance > least }
        return found.count > limit ? [] : found
    }

    private static func letters(_ word: ArraySlice<UInt8>) -> UInt32 {
        word.reduce(0) { $0 | 1 << UInt32($1 >= 97 ? $1 - 97 : 26 + $1 % 6) }
    }

    /// The optimal string alignment distance, or `limit + 1` where it is greater than the limit.
    static func distance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, limit: Int) -> Int {
        guard abs(a.count - b.count) <= limit else { return limit + 1 }
        let a = Array(a), b = Array(b)
        var before: [Int] = [], last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
                row.append(least)
            }
            if row.allSatisfy({ $0 > limit }) { return limit + 1 }
            (before, last) = (last, row)
        }
        return min(last[b.count], limit + 1)
    }
}
