/// Finds the phrases of titles in a message, misspelt ones too.
///
/// At each word several readings are followed in the trie at once: as written, with a number in digits, two words as
/// one (`good fellas`), one as two (`spiderman`), and as the words it may be a slip for.
struct TitleMatcher {
    /// A phrase of titles that a message holds.
    struct Match {
        var span: Range<Int>
        var node: Int32
        /// How many letters were changed; 0 for what was written so.
        var changes: Int
    }

    /// One reading of the words at a place.
    private struct Step {
        var words: [Int32]
        var end: Int
        var changes = 0
        /// Whether it leaves out `part` before a number, which only goes on with a title.
        var isCounter = false
    }

    private let index: TitleIndex
    private let message: Message
    private var known: [String: [(id: Int32, distance: Int)]] = [:]
    private var steps: [[Step]] = []

    /// Of a message, only so many different words are looked up as misspelt.
    private static let misspelt = 60

    /// So many steps are followed from one word.
    private static let visits = 120

    init(_ index: TitleIndex, _ message: Message) {
        (self.index, self.message) = (index, message)
        steps = message.words.indices.map { readings(at: $0) }
    }

    /// All phrases found, by their first words.
    func matches() -> [Match] {
        message.words.indices.flatMap { i -> [Match] in
            var found: [Match] = [], visits = Self.visits
            follow(0, at: i, from: i, changes: 0, &found, &visits)
            return found
        }
    }

    private func follow(
        _ node: Int32,
        at i: Int,
        from start: Int,
        changes: Int,
        _ found: inout [Match],
        _ visits: inout Int
    ) {
        guard i < steps.count else { return }
        for step in steps[i]
        where visits > 0 && changes + step.changes <= 2 && !(step.isCounter && i == start) {
            visits -= 1
            var next = node
            for word in step.words {
                next = index.trie.child(of: next, word)
                if next == 0 { break }
            }
            guard next != 0 else { continue }
            if !index.names(at: next).isEmpty {
                add(Match(span: start..<step.end, node: next, changes: changes + step.changes), &found)
            }
            follow(next, at: step.end, from: start, changes: changes + step.changes, &found, &visits)
        }
    }

    /// Keeps of several phrases for the same words the one that changes least.
    private func add(_ match: Match, _ found: inout [Match]) {
        if let same = found.firstIndex(where: { $0.span == match.span }) {
            if match.changes < found[same].changes { found[same] = match }
        } else {
            found.append(match)
        }
    }

    private mutating func readings(at i: Int) -> [Step] {
        let word = message[i]
        var steps: [Step] = []
        let and = i > 0 && message.gap(before: i).contains("&") ? index.lexicon.id(of: "and") : nil
        func add(_ words: [Int32], _ end: Int, _ changes: Int = 0) {
            steps.append(Step(words: words, end: end, changes: changes))
            if let and { steps.append(Step(words: [and] + words, end: end, changes: changes)) }
        }
        if let id = index.lexicon.id(of: word) { add([id], i + 1) }
        if let id = TitleForms.digits(word).flatMap({ index.lexicon.id(of: $0) }) { add([id], i + 1) }
        if TitleForms.isCounter(word), let number = TitleForms.counted(message[i + 1]) {
            if let id = index.lexicon.id(of: number) {
                steps.append(Step(words: [id], end: i + 2, isCounter: true))
            }
        }
        if let joined = joined(at: i) { add([joined], i + 2) }
        for (parts, changes) in split(word) { add(parts, i + 1, changes) }
        for neighbor in neighbors(of: word) { add([neighbor.id], i + 1, neighbor.distance) }
        return steps
    }

    /// The word of a title that this word and the next one are together.
    private func joined(at i: Int) -> Int32? {
        let next = message[i + 1]
        guard !next.isEmpty, message[i].count + next.count > 4, message.gap(before: i + 1).count <= 1,
            let id = index.lexicon.id(of: message[i] + next), id < index.titleWords
        else { return nil }
        return id
    }

    /// The two words of titles that this one is together: `schindlers`, `spiderman`.
    private func split(_ word: String) -> [(parts: [Int32], changes: Int)] {
        guard word.utf8.count > 3, word.utf8.count <= 24 else { return [] }
        var found: [(parts: [Int32], changes: Int)] = []
        if word.last == "s", let stem = titleWord(word.dropLast()), let s = index.lexicon.id(of: "s") {
            found.append(([stem, s], 0))
        }
        guard index.lexicon.id(of: word).map({ index.lexicon.perMillion($0) < 5 }) ?? true else {
            return found
        }
        for i in word.indices.dropFirst(2).dropLast(2) {
            if let first = titleWord(word[..<i]), let second = titleWord(word[i...]) {
                found.append(([first, second], 0))
            }
        }
        return found
    }

    private func titleWord(_ word: Substring) -> Int32? {
        index.lexicon.id(of: word).flatMap { $0 < index.titleWords ? $0 : nil }
    }

    private mutating func neighbors(of word: String) -> [(id: Int32, distance: Int)] {
        if let known = known[word] { return known }
        guard known.count < Self.misspelt, word.utf8.count > 2, !isEverydayWord(word) else { return [] }
        if let id = index.lexicon.id(of: word), index.lexicon.perMillion(id) > 40 { return [] }
        let found = index.spelling.neighbors(of: word, in: index.lexicon, limit: 40)
        known[word] = found
        return found
    }
}
