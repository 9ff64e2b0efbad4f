/// Reads corrections of the message before: `no, I meant the 1994 one`, `not that one, the original`, `I said comedy`.
struct CorrectionReader {
    /// Which of several films of the same title is meant.
    enum Version: Equatable { case year(Int), oldest, newest, other }

    struct Found {
        var version: Version?
        /// The words that say that something is corrected.
        var spans: [Range<Int>]
    }

    private static let cues = [
        "i meant", "i mean", "meant", "i said", "not that one", "not this one", "wrong one", "wrong film",
        "wrong movie",
        "i was talking about", "i asked for", "that s not what i meant", "that is not what i meant",
        "that s the wrong one", "that is the wrong one", "i did say",
    ]

    /// What is corrected, or `nil` where the message begins something new.
    func read(_ message: Message) -> Found? {
        var spans: [Range<Int>] = [], start = 0
        while start < 2, ["no", "nope", "sorry", "actually"].contains(message[start]) { start += 1 }
        for i in message.words.indices.prefix(12) {
            let count = message.length(ofAny: Self.cues, at: i)
            let opens =
                i == start || message.gap(before: i).contains { ",.;!".contains($0) }
                || spans.last?.upperBound == i
            if count > 0, opens { spans.append(i..<i + count) }
        }
        let version = version(message)
        guard !spans.isEmpty || version.map({ isAlone(message, $0.span) }) == true else { return nil }
        if let version { spans.append(version.span) }
        return Found(version: version?.version, spans: spans)
    }

    /// Whether the message says nothing else than which version is meant.
    private func isAlone(_ message: Message, _ span: Range<Int>) -> Bool {
        let passing: Set = [
            "no", "not", "sorry", "actually", "please", "i", "want", "was", "thinking", "of", "say",
        ]
        return message.words.indices.allSatisfy { span.contains($0) || passing.contains(message[$0]) }
    }

    private func version(_ message: Message) -> (version: Version, span: Range<Int>)? {
        let things: Set = ["one", "version", "film", "movie"]
        for i in message.words.indices where message[i] == "the" {
            let closes = things.contains(message[i + 2]), end = closes ? i + 3 : i + 2
            guard closes || message.clauseEnds(before: end) || message.gap(before: end).contains(",") else {
                continue
            }
            if let year = Int(message[i + 1]), (1880...2100).contains(year) { return (.year(year), i..<end) }
            switch message[i + 1] {
            case "original", "older", "old": return (.oldest, i..<end)
            case "first" where message[i + 2] == "version": return (.oldest, i..<end)
            case "remake", "newer", "new": return (.newest, i..<end)
            case "other" where closes: return (.other, i..<end)
            case "one" where message[i + 2] == "from":
                if let year = Int(message[i + 3]) { return (.year(year), i..<i + 4) }
            default: break
            }
        }
        return nil
    }

    /// The film of that version among those of the same title, or `nil` where there is none but the one taken.
    func film(_ version: Version, instead of: Int, among rows: [Int], _ catalog: Catalog) -> Int? {
        let others = rows.filter { $0 != of }
        switch version {
        case .year(let year): return others.first { catalog[$0].year == year }
        case .oldest:
            let oldest = rows.min { catalog[$0].year ?? .max < catalog[$1].year ?? .max }
            return oldest == of ? nil : oldest
        case .newest:
            let newest = rows.max { catalog[$0].year ?? .min < catalog[$1].year ?? .min }
            return newest == of ? nil : newest
        case .other: return others.max { catalog[$0].popularity ?? 0 < catalog[$1].popularity ?? 0 }
        }
    }
}
