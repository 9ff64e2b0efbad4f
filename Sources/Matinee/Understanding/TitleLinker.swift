/// Links the titles in a message to movies of the catalogue.
///
/// The longest title wins. A title of one word, or of words that everyone uses, needs evidence that a film is
/// meant, unless it is the whole message: quotation marks, its year, a capital letter inside a sentence, or a word like `loved` before it.
struct TitleLinker {
    /// A film that a message names, and the words that name it (the year included).
    struct Mention {
        var row: Int
        var span: Range<Int>
    }

    private let catalog: Catalog
    private let rows: [String: [Int]]
    private let longest: Int
    private let genres = GenreReader()

    /// Titles of more words are not looked for inside a message, since that takes time with the cube of their words.
    private static let longest = 50

    init(_ catalog: Catalog) {
        self.catalog = catalog
        var rows: [String: [Int]] = [:]
        for (row, movie) in catalog.movies.enumerated() {
            for title in Set(([movie.title] + movie.aliases).flatMap(Self.spellings)) {
                rows[title, default: []].append(row)
            }
        }
        self.rows = rows
        longest = min(Self.longest, rows.keys.map { $0.split(separator: " ").count }.max() ?? 0)
    }

    /// The ways in which people write a title: as it is, without apostrophes, article or subtitle.
    private static func spellings(of title: String) -> [String] {
        var spellings = [folded(title), folded(title.filter { !"'’".contains($0) })]
        if title.contains("&") { spellings.append(folded(title.replacing("&", with: " and "))) }
        if let colon = title.firstIndex(of: ":"), folded(String(title[..<colon])).contains(" ") {
            spellings.append(folded(String(title[..<colon])))
        }
        let articles = [
            "the ", "a ", "an ", "le ", "la ", "les ", "l ", "el ", "il ", "der ", "die ", "das ",
        ]
        for spelling in spellings {
            guard let article = articles.first(where: spelling.hasPrefix) else { continue }
            let rest = String(spelling.dropFirst(article.count))
            if rest.count > 3 { spellings.append(rest) }
        }
        return spellings.filter { !$0.isEmpty }
    }

    /// The films named, in the order of the message.
    func mentions(in message: Message) -> [Mention] {
        var mentions: [Mention] = [], i = 0
        while i < message.words.count {
            if let mention = mention(message, at: i, after: mentions.last) {
                mentions.append(mention)
                i = mention.span.upperBound
            } else {
                i += 1
            }
        }
        return mentions
    }

    /// Words with capital letters that stand where a title would, but are the title of no movie of the catalogue:
    /// `loved Zardoz 9`, `something like Blade Kitten`.
    func unknownTitles(in message: Message, free: (Range<Int>) -> Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for i in message.words.indices where isTitleCue(message, i) {
            let start = ["the", "a", "an"].contains(message[i + 1]) ? i + 2 : i + 1
            var end = start
            while end < message.words.count, end == start || !message.clauseEnds(before: end),
                free(end..<end + 1),
                message.isCapitalised(end), message[end] != "i",
                end == start || message.gap(before: end).allSatisfy({ $0 == " " || $0 == "-" || $0 == "'" })
            {
                end += 1
            }
            if end > start, !message.words[start..<end].allSatisfy({ $0.folded.allSatisfy(\.isNumber) }) {
                found.append(start..<end)
            }
        }
        return found
    }

    private func isTitleCue(_ message: Message, _ i: Int) -> Bool {
        switch message[i] {
        case "loved", "hated", "seen", "watched", "enjoyed", "disliked", "adored": true
        case "like":
            ["something", "film", "films", "movie", "movies", "anything", "more"].contains(message[i - 1])
        default: false
        }
    }

    /// The movie that a text is the title of, with or without its year; the best known of several.
    func movie(titled text: String) -> Int? {
        let message = Message(text)
        let all = 0..<message.words.count
        if let found = rows[message.phrase(all)] { return bestKnown(found) }
        guard let year = Int(message[all.upperBound - 1]), let found = rows[message.phrase(all.dropLast())]
        else { return nil }
        return found.first { catalog[$0].year == year }
    }

    private func mention(_ message: Message, at i: Int, after previous: Mention?) -> Mention? {
        for count in stride(from: min(longest, message.words.count - i), to: 0, by: -1) {
            let span = i..<i + count
            guard let found = rows[message.phrase(span)] else { continue }
            if let year = Int(message[span.upperBound]),
                let dated = found.first(where: { catalog[$0].year == year })
            {
                return Mention(row: dated, span: i..<span.upperBound + 1)
            }
            if isMeant(message, span, after: previous) { return Mention(row: bestKnown(found), span: span) }
        }
        return nil
    }

    private func bestKnown(_ rows: [Int]) -> Int {
        rows[best(rows.map { catalog[$0].popularity ?? 0 }, limit: 1)[0]]
    }

    /// Whether the words at the span are meant as a title.
    private func isMeant(_ message: Message, _ span: Range<Int>, after previous: Mention?) -> Bool {
        let words = span.map { message[$0] }
        if message.isQuoted(span) { return true }
        if span == message.words.indices {
            return !pronouns.contains(message.phrase(span)) && !genres.names(words[0])
        }
        if goesOn(message, span) { return false }
        let plain = words.allSatisfy { common.contains($0) || genres.names($0) }
        if words.count >= 3 { return !plain || capitals(message, span) }
        let cue = cued(message, span, after: previous)
        if words.count == 2 { return !plain || capitals(message, span) && cue }
        return isMeant(message, oneWord: span.lowerBound, cue)
    }

    private func isMeant(_ message: Message, oneWord i: Int, _ cue: Bool) -> Bool {
        let word = message[i], capital = message.isCapitalised(i) && !word.allSatisfy(\.isNumber)
        if genres.names(word) { return false }
        if word.count < 2 || common.contains(word) {
            return capital && cue && i > 0 && word != "i" && word != "a"
        }
        let inside = capital && !message.clauseEnds(before: i) && !isPlace(message, i)
        return cue || inside || capital && judged(message, i..<i + 1)
    }

    /// Whether the words are part of something longer: `Kung Fu | Panda`, `Godfather | 3`, `heat | waves`.
    private func goesOn(_ message: Message, _ span: Range<Int>) -> Bool {
        let next = message[span.upperBound]
        guard !next.isEmpty,
            message.gap(before: span.upperBound).allSatisfy({ $0.isWhitespace || $0 == "-" || $0 == ":" })
        else {
            return false
        }
        if ["ii", "iii", "iv", "sequel", "sequels", "part", "2", "3", "4", "5", "6", "7", "8", "9"].contains(
            next
        ) {
            return true
        }
        let capital = message.isCapitalised(span.upperBound), small = !message.isCapitalised(span.lowerBound)
        if capital && !small {
            return !["I", "And", "Or", "But"].contains(
                String(message.text[message.words[span.upperBound].range])
            )
        }
        return span.count == 1 && small && !linking.contains(next)
    }

    private func capitals(_ message: Message, _ span: Range<Int>) -> Bool {
        span.allSatisfy {
            message.isCapitalised($0)
                || ["of", "the", "a", "in", "and", "to", "for", "on"].contains(message[$0])
        }
    }

    /// Whether a preposition before the word makes it a place or a time rather than a film.
    private func isPlace(_ message: Message, _ i: Int) -> Bool {
        if message[i - 1] == "about" { return !["what", "how"].contains(message[i - 2]) }
        return ["in", "from", "at", "around", "near", "to", "on", "by", "during", "of", "with"].contains(
            message[i - 1]
        )
    }

    /// Whether the words before say that a film follows, or the words stand in a list of films.
    private func cued(_ message: Message, _ span: Range<Int>, after previous: Mention?) -> Bool {
        if let previous,
            (previous.span.upperBound..<span.lowerBound).allSatisfy({
                ["and", "or", "the"].contains(message[$0])
            }),
            previous.span.upperBound == span.lowerBound || !message.clauseEnds(before: span.lowerBound)
        {
            return true
        }
        var i = span.lowerBound - 1
        while i >= 0, fillers.contains(message[i]), !message.clauseEnds(before: i + 1) { i -= 1 }
        return i >= 0 && cues.contains(message[i])
    }

    /// Whether the words after speak of a film, as in `Heat was great` or `Dune, Arrival and the like`.
    private func judged(_ message: Message, _ span: Range<Int>) -> Bool {
        let gap = message.gap(before: span.upperBound)
        return gap.contains(",") || gap.contains(".")
            || [
                "was", "is", "bored", "blew", "made", "had", "and", "or", "wasn", "isn", "put", "kept",
                "felt", "but", "didn", "not",
            ].contains(message[span.upperBound])
    }
}

/// Words that are titles too, but hardly ever meant as such without quotation marks.
private let pronouns = wordSet(
    """
    it her him us them up she he we they this that you me i one more others
    """
)

/// Words of everyday wishes that are titles too.
private let common = pronouns.union(
    wordSet(
        """
        a about after again alive all alone am an and another are at away bad be before best big black blue
        brothers boy but by child close cold crash dark day dead do down dream easy end evil fast few fight
        film films fire for friends from fun funny game get ghost girl give go good great gone hard have
        hero high home house if in is job kids last life like little long lost love man men movie movies my
        night no not now of off old on once only out over pretty quick quiet red room short silence sleep
        slow smart so some space speed still summer the time to today tonight top true under want war was
        water well what white who wild with woman women world your
        """
    )
)

/// Words after a title in lower case that do not go on with it.
private let linking = wordSet(
    """
    and or but so very too more because with without is was are were isn wasn a the not when
    again already really please in on as i yesterday tonight for from to that which seen loved
    hated also last years recently style vibes like
    """
)

/// Words before a title that say that a film follows.
private let cues = wordSet(
    """
    like likes liked love loved loves adore adored enjoy enjoyed seen saw watched rewatched hate
    hated disliked than called titled film movie similar recommend finished favourite favorite
    favourites favorites faves is unlike also fan bored disappointed couldn not
    """
)

/// Words that may stand between such a word and the title.
private let fillers = wordSet(
    """
    the a an to already just of both i ve movies films as by with through finish stand get t are
    really
    """
)
