extension TitleLinker {
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
}
