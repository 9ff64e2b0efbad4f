/// Reads numbers in a sentence, in digits or words, and what they are said of.
struct NumberClaims {
    enum Kind { case minutes, year, decade, count }

    enum Bound { case exactly, about, nearly, under, over }

    struct Claim {
        var kind: Kind
        var value: Int
        var span: Range<Int>
        var bound = Bound.exactly
        /// How far the true value may be from one that is given in hours or roughly.
        var tolerance = 0

        func fitsMinutes(_ runtime: Int?) -> Bool {
            guard let runtime else { return false }
            return switch bound {
            case .exactly, .about: abs(runtime - value) <= tolerance
            case .nearly: (0...20).contains(value - runtime)
            case .under: runtime < value && runtime >= value - 60
            case .over: runtime > value && runtime <= value + 60
            }
        }
    }

    private let message: Message

    init(_ message: Message) { self.message = message }

    /// What is said by the number that begins at word `i`; `nil` where there is none, and for `one`.
    func claim(at i: Int) -> Claim? {
        if let length = duration(at: i) { return length }
        let word = message[i]
        if let decade = decade(word) { return Claim(kind: .decade, value: decade, span: i..<i + 1) }
        guard let (value, end) = number(at: i), !(end == i + 1 && word == "one") else { return nil }
        if let year = spelledYear(value, end) { return year(i) }
        let isYear = (1870...2_100).contains(value) && end == i + 1 && word.count == 4
        return Claim(kind: isYear ? .year : .count, value: value, span: i..<end)
    }

    /// `nineteen ninety-five`.
    private func spelledYear(_ century: Int, _ end: Int) -> ((Int) -> Claim)? {
        guard [18, 19, 20].contains(century), let (rest, last) = number(at: end), (10...99).contains(rest)
        else {
            return nil
        }
        return { Claim(kind: .year, value: century * 100 + rest, span: $0..<last) }
    }

    private func decade(_ word: String) -> Int? {
        if startsWithDigit(word), let match = word.wholeMatch(of: /(\d{4}|\d0)s/),
            let number = Int(match.output.1)
        {
            return number > 99 ? number : number < 20 ? 2_000 + number : 1_900 + number
        }
        return Self.decades[word]
    }

    private func startsWithDigit(_ word: String) -> Bool {
        word.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    }

    private static let decades = [
        "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
        "seventies": 1970,
        "eighties": 1980, "nineties": 1990,
    ]

    /// `96 minutes`, `two and a half hours`, `an hour and a half`, `2 hours 50 minutes`, `2h 50min`.
    private func duration(at i: Int) -> Claim? {
        guard var (minutes, end, isExact) = hours(at: i) ?? self.minutes(at: i).map({ ($0.0, $0.1, true) })
        else {
            return nil
        }
        if message[end] == "and", message[end + 1] == "a", message[end + 2] == "half", !isExact {
            (minutes, end) = (minutes + 30, end + 3)
        } else {
            let next = message[end] == "and" ? end + 1 : end
            if !isExact, let more = self.minutes(at: next) {
                (minutes, end, isExact) = (minutes + more.0, more.1, true)
            }
        }
        if message[end] == "long" { end += 1 }
        let (bound, start) = bound(before: i)
        let tolerance = bound == .about ? 12 : isExact ? 0 : 7
        return Claim(kind: .minutes, value: minutes, span: start..<end, bound: bound, tolerance: tolerance)
    }

    private static let hourWords: Set = ["hour", "hours", "hr", "hrs", "h"]
    private static let minuteWords: Set = ["minute", "minutes", "min", "mins"]

    private func hours(at i: Int) -> (Int, Int, Bool)? {
        if startsWithDigit(message[i]), let match = message[i].wholeMatch(of: /(\d{1,2})h(?:rs?)?/),
            let hours = Int(match.output.1)
        {
            return (hours * 60, i + 1, false)
        }
        let isArticle = ["an", "a"].contains(message[i])
        guard let (value, end) = isArticle ? (1, i + 1) : number(at: i), value < 24 else { return nil }
        if Self.hourWords.contains(message[end]) { return (value * 60, end + 1, false) }
        let isHalf = message[end] == "and" && message[end + 1] == "a" && message[end + 2] == "half"
        return isHalf && Self.hourWords.contains(message[end + 3]) ? (value * 60 + 30, end + 4, false) : nil
    }

    private func minutes(at i: Int) -> (Int, Int)? {
        if startsWithDigit(message[i]), let match = message[i].wholeMatch(of: /(\d{1,3})(?:min|mins|m)/),
            let minutes = Int(match.output.1)
        {
            return (minutes, i + 1)
        }
        guard let (value, end) = number(at: i), Self.minuteWords.contains(message[end]) else { return nil }
        return (value, end + 1)
    }

    /// How the number is bounded by the words before it, and where these begin.
    private func bound(before i: Int) -> (Bound, start: Int) {
        let last = ["the", "your", "a"].contains(message[i - 1]) ? i - 2 : i - 1
        switch message[last] {
        case "under", "below", "within", "inside": return (.under, last)
        case "over", "above", "past", "beyond": return (.over, last)
        case "about", "around", "roughly", "approximately", "some": return (.about, last)
        case "nearly", "almost": return (.nearly, last)
        case "than":
            if ["less", "shorter", "fewer"].contains(message[last - 1]) { return (.under, last - 1) }
            return ["more", "longer"].contains(message[last - 1]) ? (.over, last - 1) : (.exactly, i)
        default: return (.exactly, i)
        }
    }

    /// A whole number in digits or in words up to 999, and the place behind it.
    private func number(at i: Int) -> (Int, Int)? {
        if let digits = Int(message[i]), message[i].count <= 6 {
            let isDecimal = message.gap(before: i + 1) == "." && Int(message[i + 1]) != nil
            return isDecimal ? (-1, i + 2) : (digits, i + 1)
        }
        guard let (first, next) = small(at: i) else { return nil }
        guard message[next] == "hundred" else { return (first, next) }
        let rest = message[next + 1] == "and" ? next + 2 : next + 1
        guard let (more, end) = small(at: rest) else { return (first * 100, next + 1) }
        return (first * 100 + more, end)
    }

    private func small(at i: Int) -> (Int, Int)? {
        if let tens = Self.tens.firstIndex(of: message[i]) {
            let value = (tens + 2) * 10
            if let unit = Self.units.firstIndex(of: message[i + 1]), (1...9).contains(unit) {
                return (value + unit, i + 2)
            }
            return (value, i + 1)
        }
        return Self.units.firstIndex(of: message[i]).map { ($0, i + 1) }
    }

    private static let units = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
}
