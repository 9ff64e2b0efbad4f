/// Reads the names of people in a sentence, and the role in which it puts them.
struct PeopleClaims {
    enum Role { case director, cast }

    /// A name as it stands there: whole, in either order, or the last part of it.
    struct Name {
        var span: Range<Int>
        var words: [String]

        /// Whether a person's name can be meant.
        func means(_ name: [String]) -> Bool {
            words == name || words == name.suffix(words.count)[...].map { $0 }
                || words.sorted() == name.sorted()
        }
    }

    struct Group {
        var names: [Name]
        var role: Role?
    }

    private let message: Message

    init(_ message: Message) { self.message = message }

    /// The names with the roles that the words next to them give, names in a list sharing theirs.
    func groups(of people: [[String]], isFree: (Int) -> Bool) -> [Group] {
        var groups: [[Name]] = [], i = 0
        while i < message.words.count {
            guard isFree(i), let name = name(at: i, people, isFree) else {
                i += 1
                continue
            }
            if let last = groups.last?.last, isJoined(last.span.upperBound, to: i) {
                groups[groups.count - 1].append(name)
            } else {
                groups.append([name])
            }
            i = name.span.upperBound
        }
        return groups.map { Group(names: $0, role: role(of: $0)) }
    }

    private func name(at i: Int, _ people: [[String]], _ isFree: (Int) -> Bool) -> Name? {
        let found = people.flatMap { name in
            (1...max(1, name.count)).map { Array(name.suffix($0)) } + reversed(name)
        }
        let best = found.filter { words in
            guard i + words.count <= message.words.count,
                words.indices.allSatisfy({ message[i + $0] == words[$0] && isFree(i + $0) })
            else { return false }
            return message.isCapitalised(i) && (words.count > 1 || !message.startsSentence(i) || isSurname(i))
        }.max { $0.count < $1.count }
        return best.map { Name(span: i..<i + $0.count, words: $0) }
    }

    /// At the beginning of a sentence, a last name is one where a verb or `'s` follows.
    private func isSurname(_ i: Int) -> Bool {
        ["s", "directs", "directed", "stars", "plays", "leads", "and"].contains(message[i + 1])
    }

    /// The last name first.
    private func reversed(_ name: [String]) -> [[String]] {
        guard name.count > 1, let last = name.last else { return [] }
        return [[last] + name.dropLast()]
    }

    private func isJoined(_ end: Int, to start: Int) -> Bool {
        if end == start { return message.gap(before: start).contains { ",&/".contains($0) } }
        return end + 1 == start && ["and", "or"].contains(message[end])
    }

    private static let directing = wordSet("directed director directors filmmaker filmmakers by from")
    private static let acting = wordSet(
        "starring star stars with featuring features cast actor actors actress actresses played performance performances"
    )

    private func role(of names: [Name]) -> Role? {
        guard let low = names.first?.span.lowerBound, let high = names.last?.span.upperBound else {
            return nil
        }
        let before = [
            message[low - 1],
            ["by", "of", "from", "the", "both"].contains(message[low - 1]) ? message[low - 2] : "",
        ]
        let after =
            message.clauseEnds(before: high) ? "" : message[high] == "s" ? message[high + 1] : message[high]
        if ["directs", "directed", "directing", "direction", "director", "behind"].contains(after) {
            return .director
        }
        if ["star", "stars", "starring", "play", "plays", "performance", "performances", "act", "acts"]
            .contains(after)
        {
            return .cast
        }
        if ["directs", "directing"].contains(before[0]) || before[0] == "directed" { return .cast }
        if before.contains(where: Self.acting.contains) { return .cast }
        return before.contains(where: Self.directing.contains) ? .director : nil
    }
}
