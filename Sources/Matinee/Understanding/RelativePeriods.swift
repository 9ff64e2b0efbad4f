/// Periods that are reckoned from the newest year of the catalogue: `recent`, `the last ten years`, `an old film`.
struct RelativePeriods {
    /// What a period says of the year.
    enum Years: Equatable { case from(Int), to(Int), none }

    struct Found {
        var years: Years
        /// What it says where it is not wanted: `nothing too recent`.
        var otherwise: Years
        var span: Range<Int>
    }

    /// `recent` reaches back so many years, `old` and `classic` begin so many years ago.
    static let recent = 5, old = 25

    /// The newest year of a film, which is not to be in the future.
    let newest: Int

    func period(_ message: Message, at i: Int) -> Found? {
        switch message[i] {
        case "last", "past": years(message, i)
        case "this": thisPeriod(message, i)
        case "21st", "20th", "twenty", "twentieth": century(message, i)
        case "before": beforeBirth(message, i)
        case "recent", "newer", "newest", "latest", "new", "modern": age(message, i, isOld: false)
        case "old", "older", "classic", "classics", "oldie", "oldies", "vintage": age(message, i, isOld: true)
        default: nil
        }
    }

    private func since(_ year: Int, _ span: Range<Int>) -> Found {
        Found(years: .from(year), otherwise: .to(year - 1), span: span)
    }

    /// `the last ten years`, `the past decade`, `the last couple of years`
    private func years(_ message: Message, _ i: Int) -> Found? {
        let start = lead(message, i)
        if message[i + 1] == "decade" { return since(newest - 10, start..<i + 2) }
        if message[i] == "last", message[i + 1] == "century" {
            return Found(years: .to(1999), otherwise: .from(2000), span: start..<i + 2)
        }
        if message[i] == "last", message[i + 1] == "year", ["from", "in", "of"].contains(message[i - 1]) {
            return since(newest - 1, start..<i + 2)
        }
        if ["few", "couple"].contains(message[i + 1]) {
            let end = message[i + 2] == "of" ? i + 3 : i + 2
            return message[end] == "years" ? since(newest - Self.recent, start..<end + 1) : nil
        }
        guard let count = number(message[i + 1]), (1...200).contains(count) else { return nil }
        switch message[i + 2] {
        case "years", "year": return since(newest - Int(count), start..<i + 3)
        case "decades": return since(newest - 10 * Int(count), start..<i + 3)
        default: return nil
        }
    }

    private func thisPeriod(_ message: Message, _ i: Int) -> Found? {
        switch message[i + 1] {
        case "year" where ["from", "in", "of", "released"].contains(message[i - 1]):
            since(newest, lead(message, i)..<i + 2)
        case "century", "millennium": since(2000, lead(message, i)..<i + 2)
        case "decade": since(newest / 10 * 10, lead(message, i)..<i + 2)
        default: nil
        }
    }

    private func century(_ message: Message, _ i: Int) -> Found? {
        let isFirst = message[i] == "21st" || message.reads("twenty first", at: i)
        let end = i + (message[i] == "twenty" ? 2 : 1)
        guard isFirst || message[i] != "twenty", message[end] == "century", message[end + 1] != "fox" else {
            return nil
        }
        let span = lead(message, i)..<end + 1
        return isFirst ? since(2000, span) : Found(years: .to(1999), otherwise: .from(2000), span: span)
    }

    /// `before I was born` says nothing, since nobody knows when that was.
    private func beforeBirth(_ message: Message, _ i: Int) -> Found? {
        let people = ["i was", "my time", "you were", "we were", "my parents were"]
        let length = message.length(ofAny: people, at: i + 1)
        guard length > 0 else { return nil }
        let end = i + 1 + length + (message[i + 1 + length] == "born" ? 1 : 0)
        return Found(years: .none, otherwise: .none, span: i..<end)
    }

    private static let kinds: Set = [
        "film", "films", "movie", "movies", "flick", "flicks", "release", "releases", "cinema", "ones",
        "picture",
        "pictures", "stuff", "hollywood", "school",
    ]

    /// `a recent comedy`, `something older`, `the classics`; not `an old man`, `something new`, `a modern classic`.
    private func age(_ message: Message, _ i: Int, isOld: Bool) -> Found? {
        let word = message[i], next = message[i + 1]
        guard next != "than", !["year", "years", "modern", "cult", "instant"].contains(message[i - 1]) else {
            return nil
        }
        let ofFilms = isKind(message, i + 1) || (isKind(message, i + 2) && !message.clauseEnds(before: i + 2))
        let closes =
            message.clauseEnds(before: i + 1) || message.gap(before: i + 1).contains(",")
            || ["and", "or", "please", "if"].contains(next)
        let something =
            [
                "something", "anything", "more", "fairly", "pretty", "quite", "relatively", "too", "be",
                "nothing", "very",
                "not", "prefer", "but", "a", "ones", "movies", "films",
            ].contains(message[i - 1]) || i == 0
        let alone = ["classics", "oldie", "oldies"].contains(word)
        let stands = closes && something && !["new", "modern", "latest", "newest"].contains(word)
        guard alone || ofFilms && word != "modern" || stands || message.reads("recent years", at: i) else {
            return nil
        }
        let wholeSpan = i..<(["school", "release", "releases", "years"].contains(next) ? i + 2 : i + 1)
        if isOld {
            let year = newest - Self.old
            return Found(years: .to(year), otherwise: .from(year + 1), span: wholeSpan)
        }
        return since(newest - Self.recent, wholeSpan)
    }

    private func isKind(_ message: Message, _ i: Int) -> Bool {
        Self.kinds.contains(message[i]) || GenreWords.isGenre(message[i])
    }

    private func lead(_ message: Message, _ i: Int) -> Int {
        var start = i
        while ["from", "in", "the", "within", "during", "of"].contains(message[start - 1]) { start -= 1 }
        return start
    }
}
