/// What capital letters tell in a message.
struct MessageCase {
    enum Style {
        /// Small letters nearly everywhere: a small letter tells nothing, a capital one much.
        case small
        /// Capital letters at sentence starts or names: both tell something.
        case mixed
        /// Capital letters nearly everywhere: they tell nothing.
        case capitals
    }

    let style: Style
    private let message: Message

    init(_ message: Message) {
        self.message = message
        var capitals = 0, inside = 0, letters = 0
        for i in message.words.indices where message[i] != "i" && !message.startsWithDigit(i) {
            letters += 1
            guard message.isCapitalised(i) else { continue }
            capitals += 1
            if !message.clauseEnds(before: i) { inside += 1 }
        }
        style = capitals * 5 > letters * 4 && letters > 2 ? .capitals : inside > 0 ? .mixed : .small
    }

    /// Words that titles write small.
    private static let small: Set = [
        "of", "the", "a", "an", "in", "and", "to", "for", "on", "at", "from", "with", "by", "or", "is", "vs",
        "s",
        "t", "re", "ll", "d", "m", "n", "de", "la", "le",
    ]

    /// How the words are written.
    enum Writing {
        /// Every word that counts has a capital letter, and one of them is not the first of a sentence.
        case title
        /// One word with a capital letter, but at the start of a sentence.
        case start
        case small
        /// Capitals tell nothing here.
        case unclear
    }

    /// Whether it is one word of talk in capital letters: `I LOVE it`.
    private func isShouted(_ words: [Int]) -> Bool {
        guard words.count == 1, isEverydayWord(message[words[0]]) else { return false }
        let word = message.text[message.words[words[0]].range]
        return word.count > 2 && word.allSatisfy(\.isUppercase)
    }

    func writing(of span: Range<Int>) -> Writing {
        if style == .capitals { return .unclear }
        let telling = span.filter { !message.startsWithDigit($0) }
        guard let first = telling.first else { return .unclear }
        let main = telling.filter { !Self.small.contains(message[$0]) }
        if !message.isCapitalised(first), main.first.map({ !message.isCapitalised($0) }) ?? true {
            return .small
        }
        guard main.allSatisfy({ message.isCapitalised($0) }), !isShouted(telling) else { return .unclear }
        let inside = telling.contains { message.isCapitalised($0) && !message.clauseEnds(before: $0) }
        return inside ? .title : .start
    }
}

extension Message {
    func startsWithDigit(_ i: Int) -> Bool { text[words[i].range].first?.isNumber ?? false }
}
