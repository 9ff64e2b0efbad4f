/// Reads years and decades: `from the 80s`, `before 1990`, `between 1990 and 1999`, `late nineties`.
struct YearReader {
    private struct Found {
        var years: ClosedRange<Int>
        var span: Range<Int>
    }

    /// What a message says of the year.
    struct Years {
        var bounds = Constraints.Bounds()
        /// Periods left out: `not from the 50s`.
        var out: [Constraints.Bounds] = []
        /// Periods that are wanted, one or the other.
        fileprivate var periods: [ClosedRange<Int>] = []

        /// Several periods are taken from first to last.
        fileprivate mutating func join() {
            guard let low = periods.map(\.lowerBound).min(), let high = periods.map(\.upperBound).max() else {
                return
            }
            if bounds.min == nil, low <= bounds.max ?? .max { bounds.min = low }
            if bounds.max == nil, high >= bounds.min ?? .min { bounds.max = high }
        }
    }

    private static let decades = [
        "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
        "seventies": 1970,
        "eighties": 1980, "nineties": 1990, "noughties": 2000,
    ]

    /// Words before a decade in other languages: `los 80`, `les années 60`, `anni 70`.
    private static let abroad = wordSet("los anos annees anni")

    /// Words that lead up to a period.
    private static let leading = wordSet(
        """
        from the in of before after since pre post older newer than between and to made during or up
        until earlier later year
        """
    )

    private let relative: RelativePeriods

    /// - Parameter newest: the year from which `recent` and `the last ten years` are reckoned.
    init(newest: Int) { relative = RelativePeriods(newest: newest) }

    /// What a message says of the year and the words that say so; several periods are taken from first to last, and of
    /// bounds that contradict each other the later one counts.
    func read(_ message: Message, _ polarity: Polarity, free: (Range<Int>) -> Bool) -> (
        years: Years, spans: [Range<Int>]
    ) {
        var years = Years(), spans: [Range<Int>] = [], i = 0
        while i < message.words.count {
            if let found = relative.period(message, at: i), free(found.span) {
                apply(found, polarity, to: &years.bounds)
                spans.append(found.span)
                i = found.span.upperBound
            } else if message[i] == "born", message[i + 1] == "in", let year = year(message[i + 2]) {
                let comparison = olderThanOne(message)
                if !comparison.isEmpty { years.bounds.set(max: year - 1) }
                spans += comparison + [i..<i + 3]
                i += 3
            } else if let found = period(message, at: i), free(found.span) {
                let end = apply(message, at: i, found, polarity, to: &years)
                spans.append(start(message, found.span)..<end)
                i = end
            } else {
                i += 1
            }
        }
        years.join()
        return (years, spans)
    }

    /// `older than me`, `from before I was born`
    private func olderThanOne(_ message: Message) -> [Range<Int>] {
        message.words.indices.compactMap { i in
            let length = message.length(ofAny: ["older than me", "older than i am", "before i was"], at: i)
            return length > 0 ? i..<i + length : nil
        }
    }

    private func apply(
        _ found: RelativePeriods.Found,
        _ polarity: Polarity,
        to bounds: inout Constraints.Bounds
    ) {
        let rejected = polarity.rejects(found.span)
        switch (rejected ? found.otherwise : found.years) {
        case .from(let year): bounds.set(min: year)
        case .to(let year): bounds.set(max: year)
        case .none: break
        }
    }

    /// Sets the bound that the words around the period name; a negated one is turned round.
    /// - Returns: the word after those that were read.
    private func apply(
        _ message: Message,
        at i: Int,
        _ found: Found,
        _ polarity: Polarity,
        to said: inout Years
    ) -> Int {
        let years = found.years, end = found.span.upperBound
        var lead = i - 1
        while ["the", "mid", "early", "late", "year"].contains(message[lead]) { lead -= 1 }
        let comparative = message[lead] == "than" ? message[lead - 1] : message[lead]
        let first = message[lead] == "than" ? lead - 1 : lead
        let negated = polarity.negatesBound(at: first)
        switch comparative {
        case "before", "pre", "older", "earlier", "until":
            if negated {
                said.bounds.set(min: years.lowerBound)
            } else {
                said.bounds.set(max: years.lowerBound - 1)
            }
        case "after", "post", "newer", "later":
            if negated {
                said.bounds.set(max: years.upperBound)
            } else {
                said.bounds.set(min: years.upperBound + 1)
            }
        case "since": said.bounds.set(min: years.lowerBound)
        case "to" where message[lead - 1] == "up": said.bounds.set(max: years.upperBound)
        default: return openEnd(message, end, years, polarity, i, to: &said)
        }
        return end
    }

    private static let onwards = [
        "onwards", "onward", "or later", "or newer", "and later", "and newer", "and up",
        "and after", "or after", "on", "or above", "or more recent",
    ]
    private static let backwards = [
        "or earlier", "or older", "and earlier", "and older", "and before", "or before",
    ]

    /// Reads what follows a period: `1990 or later`, `the 60s and earlier`; without it the period itself counts.
    private func openEnd(
        _ message: Message,
        _ end: Int,
        _ years: ClosedRange<Int>,
        _ polarity: Polarity,
        _ i: Int,
        to said: inout Years
    ) -> Int {
        let later = message.length(ofAny: Self.onwards, at: end)
        if later > 0, message[end] != "on" || message.clauseEnds(before: end + 1) {
            said.bounds.set(min: years.lowerBound)
            return end + later
        }
        let earlier = message.length(ofAny: Self.backwards, at: end)
        if earlier > 0 {
            said.bounds.set(max: years.upperBound)
            return end + earlier
        }
        if polarity.negatesBound(at: i) {
            said.out.append(Constraints.Bounds(min: years.lowerBound, max: years.upperBound))
        } else {
            said.periods.append(years)
        }
        return end
    }

    /// Takes in the words that lead up to a period: `from the`, `older than`.
    private func start(_ message: Message, _ span: Range<Int>) -> Int {
        var start = span.lowerBound
        while start > 0, Self.leading.contains(message[start - 1]) { start -= 1 }
        return start
    }

    private func period(_ message: Message, at i: Int) -> Found? {
        if let years = decade(message[i]) {
            let next =
                i + 1 < message.words.count && message[i + 1] == "s" && message[i].allSatisfy(\.isNumber)
                ? 2 : 1
            return Found(years: part(message[i - 1], of: years), span: partStart(message, i)..<i + next)
        }
        if message[i + 1] == "s", message.gap(before: i + 1).contains(where: { "'’".contains($0) }),
            let years = decade(message[i] + "s")
        {
            return Found(years: part(message[i - 1], of: years), span: partStart(message, i)..<i + 2)
        }
        if Self.abroad.contains(message[i - 1]), let years = decade(message[i] + "s") {
            return Found(years: years, span: i - 1..<i + 1)
        }
        guard let year = year(message[i]) else { return nil }
        return Found(years: year...year, span: i..<i + 1)
    }

    private func partStart(_ message: Message, _ i: Int) -> Int {
        ["early", "mid", "late"].contains(message[i - 1]) ? i - 1 : i
    }

    private func year(_ word: String) -> Int? {
        guard word.count == 4, let year = Int(word), (1895...2099).contains(year) else { return nil }
        return year
    }

    /// `80s`, `1980s`, `eighties`; two digits mean the twentieth century from 20 on.
    private func decade(_ word: String) -> ClosedRange<Int>? {
        if let first = Self.decades[word] { return first...first + 9 }
        if word.hasSuffix("er"), word.count == 4 { return decade(word.dropLast(2) + "s") }
        guard word.hasSuffix("s"), let number = Int(word.dropLast()), number % 10 == 0 else { return nil }
        switch word.count {
        case 3: return number < 20 ? 2000 + number...2009 + number : 1900 + number...1909 + number
        case 5 where (1890...2090).contains(number): return number...number + 9
        default: return nil
        }
    }

    private func part(_ word: String, of years: ClosedRange<Int>) -> ClosedRange<Int> {
        switch word {
        case "early": years.lowerBound...years.lowerBound + 3
        case "mid": years.lowerBound + 3...years.lowerBound + 6
        case "late": years.lowerBound + 6...years.upperBound
        default: years
        }
    }
}
