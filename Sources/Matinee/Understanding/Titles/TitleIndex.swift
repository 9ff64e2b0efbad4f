/// The phrases that name the films of a catalogue, and how common each phrase and word is in plain text.
struct TitleIndex: Sendable {
    /// A film that a phrase stands for.
    struct Name: Sendable {
        var row: Int32
        var form: TitleForm
        /// The article that the title begins with and the phrase leaves out.
        var article: TitleForms.Article
    }

    private(set) var lexicon: Lexicon
    private(set) var trie: TitleTrie
    let spelling: Spelling

    /// Words of smaller numbers stand in titles, the others only in texts.
    let titleWords: Int
    private var starts: [Int32] = []
    private var names: [Name] = []

    /// How often the phrase of each node stands in lower case in the overviews and keywords.
    private var phrases: [Int32] = []

    /// First and last names of people, as they stand side by side.
    private var people: Set<UInt64> = []

    /// How often each word that is a title is in the name of somebody.
    private var credits: [Int32: Int] = [:]

    /// The nodes of phrases that are somebody's name.
    private var named: Set<Int32> = []

    /// So many words of overviews and keywords are counted, of films spread over the catalogue.
    private static let sample = 400_000

    init(_ catalog: Catalog) {
        var trie = TitleTrie(edges: catalog.count * 6), lexicon = Lexicon()
        var found: [(node: Int32, name: Name)] = []
        for (row, movie) in catalog.movies.enumerated() {
            for (place, title) in ([movie.title] + movie.aliases).enumerated() {
                for (words, form) in TitleForms.of(title, isAlias: place > 0) {
                    let node = trie.insert(words.map { lexicon.insert($0) })
                    let name = Name(row: Int32(row), form: form, article: TitleForms.Article(of: title))
                    found.append((node, name))
                }
            }
        }
        (self.trie, self.lexicon) = (trie, lexicon)
        titleWords = lexicon.count
        spelling = Spelling(lexicon, count: lexicon.count)
        group(found)
        phrases = [Int32](repeating: 0, count: trie.count)
        count(catalog)
        readPeople(catalog)
    }

    /// The films that the phrase of a node names.
    func names(at node: Int32) -> ArraySlice<Name> {
        names[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
    }

    /// How often the phrase stands in lower case in a million words of text.
    func perMillion(phrase node: Int32) -> Double {
        lexicon.counted == 0 ? 0 : Double(phrases[Int(node)]) * 1_000_000 / Double(lexicon.counted)
    }

    /// Whether the phrase is the name of somebody who makes films.
    func isPerson(_ node: Int32) -> Bool { named.contains(node) }

    /// How many people of the catalogue have the folded word in their name, each film counted; 0 for no title.
    func credits(of word: String) -> Int { lexicon.id(of: word).flatMap { credits[$0] } ?? 0 }

    /// Whether two folded words stand side by side in the name of somebody who makes films.
    func isPerson(_ first: String, _ last: String) -> Bool {
        guard let first = lexicon.id(of: first), let last = lexicon.id(of: last) else { return false }
        return people.contains(Self.pair(first, last))
    }

    private static func pair(_ first: Int32, _ last: Int32) -> UInt64 { UInt64(first) << 32 | UInt64(last) }

    /// Reads the names of people; those of whom a word is a title are kept, so that `Jack Black` is no film.
    private mutating func readPeople(_ catalog: Catalog) {
        for movie in catalog.movies {
            for person in movie.people.prefix(8) {
                let words = folded(person).split(separator: " ").map { lexicon.insert($0) }
                var node: Int32 = 0
                for (i, word) in words.enumerated() {
                    if isTitle(word) { credits[word, default: 0] += 1 }
                    node = i == 0 || node != 0 ? trie.child(of: node, word) : 0
                    if i > 0, isTitle(words[i - 1]) || isTitle(word) {
                        people.insert(Self.pair(words[i - 1], word))
                    }
                }
                if node != 0, words.count > 1 { named.insert(node) }
            }
        }
    }

    /// Whether a folded word alone is a title.
    func isTitle(_ word: String) -> Bool { lexicon.id(of: word).map(isTitle) ?? false }

    private func isTitle(_ word: Int32) -> Bool {
        let node = trie.child(of: 0, word)
        return node != 0 && starts[Int(node)] < starts[Int(node) + 1]
    }

    /// Lays the names of a node side by side: a counting sort.
    private mutating func group(_ found: [(node: Int32, name: Name)]) {
        starts = [Int32](repeating: 0, count: trie.count + 1)
        for (node, _) in found { starts[Int(node) + 1] += 1 }
        for node in 1..<starts.count { starts[node] += starts[node - 1] }
        var next = starts
        names = [Name](repeating: Name(row: 0, form: .title, article: .none), count: found.count)
        for (node, name) in found {
            names[Int(next[Int(node)])] = name
            next[Int(node)] += 1
        }
    }

    private mutating func count(_ catalog: Catalog) {
        var left = Self.sample
        for row in spread(catalog.count) where left > 0 {
            let movie = catalog[row]
            for text in movie.keywords + [movie.overview ?? ""] {
                let words = lowerCaseWords(text)
                count(words)
                left -= words.count
            }
        }
    }

    /// All numbers below the count, the first of them spread evenly.
    private func spread(_ count: Int) -> [Int] {
        let step = max(1, count / 8_192)
        return (0..<step).flatMap { Array(stride(from: $0, to: count, by: step)) }
    }

    private mutating func count(_ words: [Int32]) {
        for i in words.indices where words[i] >= 0 {
            lexicon.count(words[i])
            var node: Int32 = 0, j = i
            while j < min(words.count, i + 6), words[j] >= 0 {
                node = trie.child(of: node, words[j])
                if node == 0 { break }
                phrases[Int(node)] += 1
                j += 1
            }
        }
    }

    /// The words of a text in ASCII that begin with a small letter; -1 for others and for where a sentence ends.
    private mutating func lowerCaseWords(_ text: String) -> [Int32] {
        var text = text, words: [Int32] = []
        text.withUTF8 { bytes in
            var i = 0
            while i < bytes.count {
                let start = i
                while i < bytes.count, isLetter(bytes[i]) { i += 1 }
                if i > start {
                    let isSmall = (97...122).contains(bytes[start])
                    words.append(
                        isSmall ? lexicon.insert(UnsafeBufferPointer(rebasing: bytes[start..<i])) : -1
                    )
                } else {
                    if [44, 46, 58, 59, 33, 63].contains(bytes[i]) { words.append(-1) }
                    i += 1
                }
            }
        }
        return words
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (97...122).contains(byte | 32) || (48...57).contains(byte) || byte > 127
    }
}
