/// Reads languages (`in French`, `Spanish-language`) and countries (`a Korean thriller`, `films from Iran`).
struct PlaceReader {
    struct Reading {
        var languages = Constraints.Selection(any: true)
        var countries = Constraints.Selection(any: true)
        var spans: [Range<Int>] = []
    }

    private let languages: [String: [String]]
    private let adjectives: [String: [String]]
    private let names: [String: [String]]

    init() {
        languages = Dictionary(Place.languages.map { (folded($0.name), [$0.code]) }, uniquingKeysWith: +)
        adjectives = Dictionary(
            Place.countries.flatMap { country in country.adjectives.map { ($0, [country.code]) } },
            uniquingKeysWith: +
        )
        names = Dictionary(
            Place.countries.flatMap { country in country.names.map { ($0, [country.code]) } },
            uniquingKeysWith: +
        )
    }

    func read(_ message: Message, _ polarity: Polarity, free: (Range<Int>) -> Bool) -> Reading {
        var reading = Reading()
        for i in message.words.indices where free(i..<i + 1) {
            if let (span, isForeign) = foreign(message, at: i, polarity) {
                if isForeign { reading.languages.out.append("en") } else { reading.languages.in.append("en") }
                reading.spans.append(span)
            } else if let codes = Self.regions[message[i]] {
                add(codes, to: &reading.countries, polarity, i..<i + 1)
                reading.spans.append(i..<i + 1)
            } else if let (codes, span) = language(message, at: i) {
                add(codes, to: &reading.languages, polarity, span)
                reading.spans.append(span)
            } else if let (codes, span) = country(message, at: i) {
                add(codes, to: &reading.countries, polarity, span)
                reading.spans.append(span)
            }
        }
        for kind in [\Reading.languages, \Reading.countries] {
            reading[keyPath: kind].in.removeAll(where: reading[keyPath: kind].out.contains)
        }
        return reading
    }

    private func add(
        _ codes: [String],
        to selection: inout Constraints.Selection,
        _ polarity: Polarity,
        _ span: Range<Int>
    ) {
        switch polarity.wants(span) {
        case false?: selection.out += codes.filter { !selection.out.contains($0) }
        case true?: selection.in += codes.filter { !selection.in.contains($0) }
        case nil: break
        }
    }

    private static let nordic = ["SE", "DK", "NO", "FI", "IS"]
    private static let europe = [
        "FR", "DE", "IT", "ES", "GB", "IE", "PT", "NL", "BE", "CH", "AT", "PL", "CZ", "CS", "SK", "HU", "RO",
        "BG",
        "GR",
    ]

    /// Adjectives that mean several countries.
    private static let regions = [
        "scandinavian": nordic, "nordic": nordic, "european": europe + nordic,
        "asian": ["JP", "KR", "CN", "HK", "TW", "IN", "TH", "VN", "ID", "PH"],
    ]

    /// `a foreign film` is in another language than English; `no subtitles` means English. Only what is said of films
    /// counts, not `a foreign country`.
    private func foreign(_ message: Message, at i: Int, _ polarity: Polarity) -> (Range<Int>, Bool)? {
        let rejected = polarity.wants(i..<i + 1)
        switch message[i] {
        case "foreign":
            let kinds: Set = [
                "film", "films", "movie", "movies", "language", "flick", "flicks", "cinema", "stuff",
            ]
            guard kinds.contains(message[i + 1]) || GenreWords.isGenre(message[i + 1]), let rejected else {
                return nil
            }
            return (i..<(message[i + 1] == "language" ? i + 2 : i + 1), rejected)
        case "subtitles", "subtitled", "subs":
            return rejected == false ? (i..<i + 1, false) : nil
        default: return nil
        }
    }

    private func language(_ message: Message, at i: Int) -> ([String], Range<Int>)? {
        guard let codes = languages[message[i]] else { return nil }
        if message[i + 1] == "language" || message[i + 1] == "speaking" { return (codes, i..<i + 2) }
        if ["in", "speaks", "non"].contains(message[i - 1]) {
            return (codes, (message[i - 1] == "non" ? i : i - 1)..<i + 1)
        }
        let joined =
            ["or", "and"].contains(message[i - 1]) && languages[message[i - 2]] != nil
            && message[i - 3] == "in"
        return joined ? (codes, i - 1..<i + 1) : nil
    }

    /// An adjective of origin, or a country's name after `from`.
    private func country(_ message: Message, at i: Int) -> ([String], Range<Int>)? {
        if let codes = adjectives[message[i]], message[i - 1] != "in" { return (codes, i..<i + 1) }
        for count in [1, 2, 3] where i + count <= message.words.count {
            guard let codes = names[message.phrase(i..<i + count)] else { continue }
            let isUS =
                message.phrase(i..<i + count) == "us"
                && !(message[i - 1] == "the" && message.isCapitalised(i))
            let from =
                !isUS
                && ["from", "made in", "the"].contains { lead in
                    let start = i - lead.split(separator: " ").count
                    return start >= 0 && message.phrase(start..<i) == lead
                }
            let fromThe = message[i - 1] != "the" || message[i - 2] == "from"
            return from && fromThe ? (codes, i - 1..<i + count) : nil
        }
        return nil
    }
}
