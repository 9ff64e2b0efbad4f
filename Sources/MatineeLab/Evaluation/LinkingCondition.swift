import Matinee

/// A way in which the titles of the texts are written.
package enum LinkingCondition: String, CaseIterable, Sendable {
    /// `Title (Year)`.
    case asWritten = "as written"
    /// The year left out.
    case withoutYear = "without year"
    /// The year left out, and the whole text in small letters.
    case lowerCase = "lower case"
    /// The year left out, and one slip of the keyboard in each title that has a word of four letters or more.
    case typo = "one typo"

    /// The text as it is in this condition.
    func text(_ text: String, _ titles: [LinkingGold.Title], _ random: inout SeededGenerator) -> LinkingText {
        var made = LinkingText(), from = text.startIndex
        func cased(_ part: Substring) -> String { self == .lowerCase ? part.lowercased() : String(part) }
        func keep(_ part: Substring) {
            made.kept.append((made.text.utf8.count, part))
            made.text += cased(part)
        }
        for title in titles {
            keep(text[from..<title.place.lowerBound])
            let start = made.text.utf8.count
            let end = self == .asWritten ? title.place.upperBound : title.wordsEnd
            let words = cased(text[title.place.lowerBound..<end])
            made.text += self == .typo ? Self.slipped(words, &random) : words
            made.titles.append((start..<made.text.utf8.count, title.rows))
            from = title.place.upperBound
        }
        keep(text[from...])
        return made
    }

    /// The title with one letter left out, doubled, replaced, or swapped with the next, in a word of four or more.
    private static func slipped(_ title: String, _ random: inout SeededGenerator) -> String {
        var letters = Array(title)
        let places = letters.indices.filter { i in
            let word =
                letters.indices.prefix { $0 <= i }.reversed().prefix { letters[$0].isLetter }.count
                + letters[(i + 1)...].prefix { $0.isLetter }.count
            return letters[i].isLetter && word >= 4
        }
        guard let i = places.randomElement(using: &random) else { return title }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: letters.remove(at: i)
        case 1: letters.insert(letters[i], at: i)
        case 2: letters[i] = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "x"
        default:
            let next = i + 1 < letters.count && letters[i + 1].isLetter ? i + 1 : i - 1
            letters.swapAt(i, next)
        }
        return Self.recased(letters, as: title)
    }

    /// The letters with capitals where the model has them: whoever swaps the first two letters capitalises the first.
    private static func recased(_ letters: [Character], as model: String) -> String {
        let model = Array(model)
        guard letters.count == model.count else { return String(letters) }
        return zip(letters, model).map { letter, place in
            place.isUppercase ? letter.uppercased() : place.isLowercase ? letter.lowercased() : String(letter)
        }.joined()
    }
}

/// A text in some condition.
struct LinkingText {
    var text = ""
    /// Where titles are, in offsets into its UTF-8, with the rows of their films.
    var titles: [(place: Range<Int>, rows: Set<Int>)] = []
    /// What lies between titles, as it was, with its offset.
    fileprivate(set) var kept: [(offset: Int, text: Substring)] = []

    /// What was written at a place between titles; `nil` where letters have other lengths now.
    func original(of place: Range<Int>) -> Substring? {
        guard let (offset, part) = kept.last(where: { $0.offset <= place.lowerBound }) else { return nil }
        let low = place.lowerBound - offset, high = place.upperBound - offset
        guard high <= part.utf8.count else { return nil }
        return Substring(part.utf8.dropFirst(low).prefix(high - low))
    }
}
