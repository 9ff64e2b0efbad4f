/// Reads who watches along and which certificates are allowed: `for my 6 year old`, `family friendly`, `PG-13 at
/// most`, `nothing R-rated`, `not for kids`.
struct AudienceReader {
    struct Reading {
        var audience: Constraints.Audience?
        var certificates = Constraints.Selection(any: true)
        var spans: [Range<Int>] = []
    }

    private static let children: Set = [
        "kid", "kids", "child", "children", "toddler", "toddlers", "son", "daughter", "grandkids",
        "grandchildren",
        "nephew", "niece", "family", "sons", "daughters", "grandson", "granddaughter", "kiddo", "kiddos",
        "boys",
        "girls", "preschoolers", "preschooler",
    ]
    private static let suited: Set = ["friendly", "appropriate", "safe", "suitable", "oriented"]
    private static let determiners: Set = [
        "my", "our", "the", "his", "her", "their", "a", "an", "whole", "all", "young", "younger", "little",
        "small",
        "two", "three", "four", "entire", "smaller",
    ]

    func read(_ message: Message, _ polarity: Polarity, free: (Range<Int>) -> Bool) -> Reading {
        var reading = Reading()
        for i in message.words.indices {
            if let (span, age) = age(message, i), free(span) {
                let youngest: Constraints.Audience? = age < 13 ? .children : age < 17 ? .teenagers : nil
                if reading.audience != .children { reading.audience = youngest ?? reading.audience }
                reading.spans.append(span)
            } else if let span = group(message, i), free(span) {
                reading.audience = polarity.rejects(span) ? .adults : .children
                let cue = polarity.scope(of: span)?.cue.lowerBound ?? span.lowerBound
                reading.spans.append((polarity.rejects(span) ? cue : span.lowerBound)..<span.upperBound)
            } else if let (span, audience) = grown(message, i), free(span) {
                let rejected = polarity.rejects(span)
                reading.audience = rejected && audience == .adults ? .children : rejected ? nil : audience
                reading.spans.append(span)
            } else if let (name, span) = certificate(message, i), free(span) {
                take(name, span, message, polarity, &reading.certificates)
                let bounds = [
                    "at most", "max", "maximum", "or below", "or lower", "or under", "or less", "tops",
                ]
                reading.spans.append(
                    span.lowerBound..<span.upperBound + message.length(ofAny: bounds, at: span.upperBound)
                )
            }
        }
        reading.certificates.in.removeAll(where: reading.certificates.out.contains)
        return reading
    }

    /// `for my 6 year old`, `with 8-year-olds`, `a ten year old girl`, `kids aged 7`
    private func age(_ message: Message, _ i: Int) -> (Range<Int>, Int)? {
        guard let age = number(message[i]), (1...20).contains(age) else { return nil }
        if ["aged", "age", "ages"].contains(message[i - 1]), let start = led(message, i - 1, of: 6) {
            return (start..<i + 1, Int(age))
        }
        let tail = message.length(
            ofAny: ["year old", "years old", "year olds", "yr old", "yo", "yrs old"],
            at: i + 1
        )
        guard tail > 0, let start = led(message, i, of: 6),
            !["film", "films", "movie", "movies"].contains(message[i + 1 + tail])
        else { return nil }
        let named = Self.children.contains(message[i + 1 + tail]) ? 1 : 0
        return (start..<i + 1 + tail + named, Int(age))
    }

    /// The `for` or `with` that leads up to word `i`, at most so many words before it.
    private func led(_ message: Message, _ i: Int, of reach: Int) -> Int? {
        let passing = Self.determiners.union(Self.children).union([
            "who", "is", "are", "and", "year", "old", "s",
        ])
        var start = i - 1
        while start >= max(0, i - reach), passing.contains(message[start]) || number(message[start]) != nil {
            start -= 1
        }
        return ["for", "with", "suit", "suits"].contains(message[start]) ? start : nil
    }

    /// `for kids`, `with my children`, `kid friendly`, `suitable for the whole family`; not `for the love of kids`.
    private func group(_ message: Message, _ i: Int) -> Range<Int>? {
        guard Self.children.contains(message[i]) else { return nil }
        if Self.suited.contains(message[i + 1]) { return i..<i + 2 }
        var start = i - 1
        while Self.determiners.contains(message[start]) { start -= 1 }
        let possessed = ["my", "our"].contains { word in (max(0, start)..<i).contains { message[$0] == word }
        }
        let plural = !["kid", "child", "son", "daughter", "boys", "girls"].contains(message[i])
        let isFor = message[start] == "for" && (plural || possessed)
        let isWith =
            message[start] == "with" && possessed
            && [
                "watch", "see", "it", "this", "tonight", "movie", "film",
                "something", "night", "watching", "enjoy", "one",
            ].contains(message[start - 1])
        guard isFor || isWith, !(message[i] == "family" && start == i - 1) else { return nil }
        let first =
            Self.suited.contains(message[start - 1])
                || ["ok", "okay", "good", "fine", "fun"].contains(message[start - 1])
            ? start - 1 : start
        return first..<i + 1
    }

    private func grown(_ message: Message, _ i: Int) -> (Range<Int>, Constraints.Audience)? {
        let first: Set = ["for", "adult", "adults", "teen", "not", "without", "kids"]
        guard first.contains(message[i]) else { return nil }
        let adults = [
            "for adults", "for us adults", "for the adults", "for grown ups", "for grownups",
            "for us grown ups", "for the grown ups", "adults only", "adult only", "not for kids",
            "without the kids", "kids are asleep", "kids are in bed",
        ]
        let count = message.length(ofAny: adults, at: i)
        if count > 0 { return (i..<i + count, .adults) }
        let teenagers = message.length(
            ofAny: [
                "for teens", "for teenagers", "for my teenager", "for my teenagers", "for my teen",
                "teen friendly",
            ],
            at: i
        )
        return teenagers > 0 ? (i..<i + teenagers, .teenagers) : nil
    }

    /// The certificate that is named at word `i`: `PG-13`, `rated R`, `R-rated`.
    private func certificate(_ message: Message, _ i: Int) -> (String, Range<Int>)? {
        let isRated = ["rated", "rating"].contains(message[i - 1]), start = isRated ? i - 1 : i
        if message.reads("pg 13", at: i) { return ("PG-13", start..<i + 2) }
        if message.reads("nc 17", at: i) { return ("NC-17", start..<i + 2) }
        if message[i] == "pg13" { return ("PG-13", start..<i + 1) }
        guard ["g", "pg", "r"].contains(message[i]) else { return nil }
        let rated = message[i + 1] == "rated" || message[i + 1] == "rating"
        let isPG = message[i] == "pg" && message.isCapitalised(i)
        return isRated || rated || isPG ? (message[i].uppercased(), start..<i + (rated ? 2 : 1)) : nil
    }

    private static let order = ["G", "PG", "PG-13", "R", "NC-17"]

    /// A certificate up to PG-13 allows those below it as well; one that is refused takes those above it along.
    private func take(
        _ name: String,
        _ span: Range<Int>,
        _ message: Message,
        _ polarity: Polarity,
        _ selection: inout Constraints.Selection
    ) {
        guard let place = Self.order.firstIndex(of: name) else { return }
        let before = message[span.lowerBound - 1], two = message[span.lowerBound - 2]
        let above = ["above", "over", "beyond", "than", "past"].contains(before) || two == "more"
        if polarity.rejects(span) {
            let out = Self.order[(above ? place + 1 : place)...]
            selection.out += out.filter { !selection.out.contains($0) }
        } else {
            let wanted = place <= 2 ? Array(Self.order[...place]) : [name]
            selection.in += wanted.filter { !selection.in.contains($0) }
        }
    }
}
