/// Reads which films of the list shown last a message means: `the second one`, `the first two`, `number 3`, `it`.
struct ListReader {
    private static let ordinals = ["first", "second", "third", "fourth", "fifth"]
    /// Words before a bare number or a pronoun that say that a film is meant.
    private static let cues: Set = [
        "seen", "liked", "loved", "hated", "disliked", "saw", "watched", "enjoyed", "love", "hate", "adored",
        "why",
    ]

    /// The films meant, in the order of the message; several of them may share a span.
    /// - Parameters:
    ///   - rows: the list's films, best first.
    ///   - focus: the film that `it` means.
    func mentions(in message: Message, of rows: [Int], focus: Int? = nil) -> [TitleLinker.Mention] {
        var found: [TitleLinker.Mention] = [], last: Range<Int>?
        for i in message.words.indices {
            if let last, last.contains(i) { continue }
            if let (places, span) = places(message, at: i, count: rows.count, after: last) {
                found += places.filter(rows.indices.contains).map { .init(row: rows[$0], span: span) }
                last = span
            } else if let focus, let span = pronoun(message, i) {
                found.append(.init(row: focus, span: span))
                last = span
            } else if let span = all(message, i), !rows.isEmpty {
                found += rows.map { .init(row: $0, span: span) }
                last = span
            }
        }
        return found
    }

    /// The places in the list that the words at `i` mean, from 0, and those words.
    private func places(_ message: Message, at i: Int, count: Int, after last: Range<Int>?) -> (
        ClosedRange<Int>, Range<Int>
    )? {
        guard count > 0 else { return nil }
        let goesOn =
            last.map {
                ["and", "or"].contains(message[i - 1]) && $0.upperBound >= i - 1
                    || $0.upperBound == i && message.gap(before: i).contains(",")
            } ?? false
        if message[i - 1] == "the" || goesOn, let place = ordinal(message[i], count) {
            let start = message[i - 1] == "the" ? i - 1 : i
            if message[i] != "last", let many = number(message[i + 1]), many > 1, many <= Double(count) {
                return (place...place + Int(many) - 1, start..<i + 2)
            }
            let end = ["one", "film", "movie"].contains(message[i + 1]) ? i + 2 : i + 1
            let joined =
                ["and", "or"].contains(message[i + 1])
                && (ordinal(message[i + 2], count) != nil || ordinal(message[i + 3], count) != nil)
            let closes =
                message.clauseEnds(before: end) || message.gap(before: end).contains(",") || joined
                || ["too", "please", "already", "was", "is", "instead"].contains(message[end])
            return end > i + 1 || closes ? (place...place, start..<end) : nil
        }
        return numbered(message, i, count, goesOn)
    }

    /// `number 3`, `#3`, `seen 3`, `the 2nd`
    private func numbered(_ message: Message, _ i: Int, _ count: Int, _ goesOn: Bool) -> (
        ClosedRange<Int>, Range<Int>
    )? {
        let isNumbered =
            ["number", "no", "nr"].contains(message[i - 1]) || message.gap(before: i).last == "#"
        let closes =
            message.clauseEnds(before: i + 1) || message.gap(before: i + 1).contains(",")
            || ["and", "or", "too"].contains(message[i + 1])
        let isCued = Self.cues.contains(message[i - 1]) || goesOn
        let nth = ["1st", "2nd", "3rd", "4th", "5th"].firstIndex(of: message[i]).map { $0 + 1 }
        guard isNumbered || isCued && closes || nth != nil && message[i - 1] == "the",
            let number = nth ?? Int(message[i]), (1...count).contains(number)
        else { return nil }
        let end = nth != nil && ["one", "film", "movie"].contains(message[i + 1]) ? i + 2 : i + 1
        let start = ["number", "nr"].contains(message[i - 1]) || nth != nil ? i - 1 : i
        return (number - 1...number - 1, start..<end)
    }

    private func ordinal(_ word: String, _ count: Int) -> Int? {
        word == "last" ? count - 1 : Self.ordinals.firstIndex(of: word)
    }

    /// `seen it`, `loved that one`, `more like this one`
    private func pronoun(_ message: Message, _ i: Int) -> Range<Int>? {
        guard ["it", "that", "this"].contains(message[i]) else { return nil }
        let one = ["one", "film", "movie"].contains(message[i + 1]) && message[i] != "it"
        let end = one ? i + 2 : i + 1
        let closes =
            message.clauseEnds(before: end) || message.gap(before: end).contains(",")
            || ["too", "already", "and", "before", "yesterday", "twice", "was", "because"].contains(
                message[end]
            )
        let isLike =
            message[i - 1] == "like"
            && ["more", "something", "anything", "films", "movies", "others"]
                .contains(message[i - 2])
        return closes && (Self.cues.contains(message[i - 1]) || isLike) && message[i - 1] != "why"
            ? i..<end : nil
    }

    /// `seen them all`, `seen all of these`
    private func all(_ message: Message, _ i: Int) -> Range<Int>? {
        let phrases = [
            "them all", "all of them", "all of these", "all of those", "these all", "those all", "all five",
            "them",
            "these", "those", "every one of them", "all these", "all those", "all",
        ]
        let start = i, count = message.length(ofAny: phrases, at: start)
        guard count > 0, Self.cues.contains(message[i - 1]), message[i - 1] != "why",
            message.clauseEnds(before: i + count)
                || ["already", "before", "too"].contains(message[i + count])
        else { return nil }
        return i..<i + count
    }
}
