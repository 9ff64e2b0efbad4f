/// Reads how long a film may be: `under two hours`, `at most 100 minutes`, `1h30 or less`.
struct RuntimeReader {
    private static let upper: [String: Int] = [
        "under": -1, "below": -1, "less than": -1, "shorter than": -1, "at most": 0, "max": 0, "maximum": 0,
        "up to": 0, "within": 0, "no longer than": 0, "no more than": 0, "not longer than": 0,
        "not more than": 0,
        "not over": 0,
    ]
    private static let lower: [String: Int] = [
        "over": 1, "above": 1, "more than": 1, "longer than": 1, "at least": 0, "minimum": 0, "min": 0,
        "no shorter than": 0, "not under": 0, "no less than": 0,
    ]

    /// The bounds in minutes and the words that set them; a length without a bound word says nothing.
    func read(_ message: Message, _ polarity: Polarity, free: (Range<Int>) -> Bool) -> (
        bounds: Constraints.Bounds, spans: [Range<Int>]
    ) {
        var bounds = Constraints.Bounds(), spans: [Range<Int>] = []
        for i in message.words.indices {
            guard let (minutes, end) = length(message, at: i), free(i..<end) else { continue }
            if let low = rangeStart(message, before: i) {
                (bounds.min, bounds.max) = (min(low.minutes, minutes), max(low.minutes, minutes))
                spans.append(low.start..<end)
            } else if let (start, change) = bound(message, before: i, Self.upper) {
                if polarity.negatesBound(at: start) {
                    bounds.set(min: minutes)
                } else {
                    bounds.set(max: minutes + change)
                }
                spans.append(start..<end)
            } else if let (start, change) = bound(message, before: i, Self.lower) {
                if polarity.negatesBound(at: start) {
                    bounds.set(max: minutes)
                } else {
                    bounds.set(min: minutes + change)
                }
                spans.append(start..<end)
            } else if ["around", "about", "roughly"].contains(message[i - 1]) {
                (bounds.min, bounds.max) = (max(0, minutes - 15), minutes + 15)
                spans.append(i - 1..<end)
            } else if ["or less", "or shorter", "or under", "max", "maximum", "tops"].contains(where: {
                after(message, end, $0)
            }) {
                bounds.set(max: minutes)
                spans.append(i..<end + (message[end] == "or" ? 2 : 1))
            } else if ["or more", "or longer"].contains(where: { after(message, end, $0) }) {
                bounds.set(min: minutes)
                spans.append(i..<end + 2)
            } else if let start = having(message, before: i) {
                bounds.set(max: minutes)
                spans.append(start..<end)
            } else if Self.kinds.contains(message[end]) || GenreWords.isGenre(message[end]) {
                (bounds.min, bounds.max) = (max(0, minutes - 15), minutes + 15)
                spans.append(i..<end)
            }
        }
        for i in message.words.indices where bounds.isEmpty {
            guard let found = word(message, at: i, polarity), free(found.span) else { continue }
            bounds = found.bounds
            if !found.bounds.isEmpty { spans.append(found.span) }
        }
        if bounds.isEmpty, let (word, span) = comparative(message), free(span) {
            if word == "shorter" { bounds.max = Self.short } else { bounds.min = Self.long }
            spans.append(span)
        }
        return (bounds, spans)
    }

    private static let kinds: Set = ["film", "films", "movie", "movies", "flick", "flicks", "long"]

    /// `I only have 90 minutes`: the first of the words that say so.
    private func having(_ message: Message, before i: Int) -> Int? {
        let start = ["about", "around", "just", "only"].contains(message[i - 1]) ? i - 1 : i
        guard ["have", "got", "ve"].contains(message[start - 1]),
            ["i", "we", "only", "ve", "just"].contains(message[start - 2])
        else { return nil }
        return start - 1
    }

    /// A length said without a number: `a short comedy`, `something long`, `not too long`.
    private func word(_ message: Message, at i: Int, _ polarity: Polarity) -> (
        bounds: Constraints.Bounds, span: Range<Int>
    )? {
        guard ["short", "long", "lengthy"].contains(message[i]) else { return nil }
        let isShort = message[i] == "short", rejected = polarity.rejects(i)
        let next = message[i + 1]
        let isKind = Self.kinds.contains(next) && next != "long" || GenreWords.isGenre(next)
        let something = ["something", "anything", "be", "s", "keep", "it", "fairly", "pretty"].contains(
            message[i - 1]
        )
        let isOne = next == "one" && ["a", "the"].contains(message[i - 1])
        let closes =
            message.clauseEnds(before: i + 1) || message.gap(before: i + 1).contains(",")
            || ["and", "or", "please"].contains(next)
        guard isKind || isOne || closes && (something || rejected) else { return nil }
        let bounds: Constraints.Bounds =
            switch (isShort, rejected) {
            case (true, false): .init(max: Self.short)
            case (true, true): .init(min: Self.short + 1)
            case (false, false): .init(min: Self.long)
            case (false, true): .init(max: Self.tooLong)
            }
        let start = polarity.scope(of: i..<i + 1).map { rejected ? $0.cue.lowerBound : i } ?? i
        return (bounds, start..<i + 1)
    }

    /// What `not too long` allows, in minutes.
    private static let tooLong = 120

    /// What `something shorter` and `something longer` mean without a number, in minutes.
    private static let short = 100, long = 130

    private func comparative(_ message: Message) -> (String, Range<Int>)? {
        guard
            let i = message.words.indices.first(where: {
                ["shorter", "longer"].contains(message[$0]) && message[$0 + 1] != "than"
            }),
            message.words.count <= 4
        else { return nil }
        return (message[i], i..<i + 1)
    }

    /// The lower number of `between 90 and 120 minutes`, in the unit of the upper one at word `i`.
    private func rangeStart(_ message: Message, before i: Int) -> (minutes: Int, start: Int)? {
        guard ["and", "to"].contains(message[i - 1]), let low = number(message[i - 2]), low < 1_000,
            ["between", "from"].contains(message[i - 3])
        else { return nil }
        return (Int(isHours(message[i + 1]) ? low * 60 : low), i - 3)
    }

    private func after(_ message: Message, _ end: Int, _ phrase: String) -> Bool {
        let count = phrase.split(separator: " ").count
        return end + count <= message.words.count && message.phrase(end..<end + count) == phrase
    }

    /// The longest bound phrase that ends right before word `i`.
    private func bound(_ message: Message, before i: Int, _ phrases: [String: Int]) -> (
        start: Int, change: Int
    )? {
        for count in stride(from: 3, through: 1, by: -1) where i - count >= 0 {
            if let change = phrases[message.phrase(i - count..<i)] { return (i - count, change) }
        }
        return nil
    }

    /// A length in minutes and the word after it: `100 minutes`, `two hours`, `2.5 hours`, `1h30`, `an hour and a half`.
    private func length(_ message: Message, at i: Int) -> (minutes: Int, end: Int)? {
        if let compact = compact(message[i]) { return (compact, i + 1) }
        guard let amount = number(message[i]), (0...1000).contains(amount) else { return nil }
        if isMinutes(message[i + 1]) { return (Int(amount), i + 2) }
        if isHours(message[i + 1]) { return hours(message, amount, i + 2) }
        if message.gap(before: i + 1) == ".", let tenths = number(message[i + 1]), tenths < 10,
            isHours(message[i + 2])
        {
            return (Int(amount * 60 + tenths * 6), i + 3)
        }
        if message.phrase(i + 1..<min(i + 4, message.words.count)) == "and a half", isHours(message[i + 4]) {
            return (Int(amount * 60) + 30, i + 5)
        }
        return nil
    }

    private func hours(_ message: Message, _ amount: Double, _ end: Int) -> (Int, Int) {
        let minutes = Int(amount * 60)
        if after(message, end, "and a half") { return (minutes + 30, end + 3) }
        let skip = message[end] == "and" ? 1 : 0
        if let more = number(message[end + skip]), isMinutes(message[end + skip + 1]) {
            return (minutes + Int(more), end + skip + 2)
        }
        return (minutes, end)
    }

    private func isMinutes(_ word: String) -> Bool {
        ["minute", "minutes", "min", "mins", "m"].contains(word)
    }
    private func isHours(_ word: String) -> Bool { ["hour", "hours", "hr", "hrs", "h"].contains(word) }

    /// `90min`, `2h`, `1h30`, `1h30m`
    private func compact(_ word: String) -> Int? {
        guard word.count <= 7, word.first?.isNumber == true else { return nil }
        for unit in ["minutes", "mins", "min"] where word.hasSuffix(unit) {
            return Int(word.dropLast(unit.count))
        }
        let parts = word.split(separator: "h", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = Int(parts[0]), hours < 10 else { return nil }
        let rest = parts[1].hasSuffix("m") ? parts[1].dropLast() : parts[1]
        return rest.isEmpty ? hours * 60 : Int(rest).map { hours * 60 + $0 }
    }
}
