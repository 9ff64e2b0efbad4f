/// How a phrase stands for a film, the nearest first.
package enum TitleForm: UInt8, Comparable, Sendable {
    case title, alias
    /// A title without its subtitle or number, or the subtitle alone.
    case short
    /// The first letters of a long title that has a subtitle, as in `LOTR`.
    case initials
    /// What films of a series have in common; no name of this film alone.
    case series

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Which phrases name a film: its titles, and what people leave out of them.
package struct TitleForms {
    private static let counters: Set<String> = ["part", "pt", "vol", "volume", "chapter", "episode"]
    private static let numerals = [
        "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
        "nine": "9",
        "ten": "10", "eleven": "11", "twelve": "12", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6",
        "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12", "deux": "2",
    ]

    /// Digits for a number written in letters.
    static func digits(_ word: String) -> String? { numerals[word] }

    /// Whether the word only counts when a number follows, as in `part II`.
    static func isCounter(_ word: String) -> Bool { counters.contains(word) }

    /// The number that a word after such a word is.
    static func counted(_ word: String) -> String? {
        if ["i", "one", "1"].contains(word) { return "1" }
        return numerals[word] ?? (word.count <= 2 && word.allSatisfy(\.isNumber) ? word : nil)
    }

    private static func isNumeral(_ word: String) -> Bool {
        word.utf8.count <= 7 && (numerals[word] != nil || counters.contains(word))
    }

    /// The folded words of a phrase as titles are compared: numbers in digits, no `part` before them.
    static func canonical(_ words: [String]) -> [String] {
        guard words.count > 1, words.contains(where: isNumeral) else { return words }
        var result: [String] = [], i = 0
        while i < words.count {
            if i > 0, i + 1 < words.count, isCounter(words[i]), let number = counted(words[i + 1]) {
                result.append(number)
                i += 2
            } else {
                result.append(digits(words[i]) ?? words[i])
                i += 1
            }
        }
        return result
    }

    /// The phrases of one title without its leading article, each with what it is.
    package static func of(_ title: String, isAlias: Bool) -> [(words: [String], form: TitleForm)] {
        let parts = parts(of: title)
        let all = parts.flatMap(\.self)
        guard !all.isEmpty else { return [] }
        var forms = [(without(all), isAlias ? TitleForm.alias : .title)]
        if parts.count > 1 {
            forms.append((without(parts[0]), .short))
            let last = without(parts[parts.count - 1])
            if last.count(where: { !isPronoun($0) && !isCounter($0) && digits($0) == nil && Int($0) == nil })
                > 1
            {
                forms.append((last, .short))
            }
            if parts.count > 2 {
                forms.append((without(parts[0] + parts[1]), .short))
                forms.append((without(parts[0] + parts[parts.count - 1]), .short))
            }
        }
        if parts.count > 1, parts[0].count > 3 {
            forms.append(([String(without(parts[0]).compactMap(\.first))], .initials))
        }
        forms += beginnings(forms[0].0, title)
        return forms.map { (canonical($0.0), $0.1) }
    }

    /// What a title shares with others of its series, or is called for short.
    private static func beginnings(_ words: [String], _ title: String) -> [([String], TitleForm)] {
        var forms: [([String], TitleForm)] = []
        if words.count > 3,
            let i = words.indices.dropFirst(2).dropLast(2).first(where: {
                words[$0] == "and" && words[$0 + 1] == "the"
            })
        {
            forms.append((Array(words[..<i]), .short))
        }
        if title.utf8.contains(44), title.contains(", ") {
            let first = folded(String(title.prefix { $0 != "," })).split(separator: " ").map(String.init)
            if without(first).count > 1, !first.allSatisfy(isEverydayWord) {
                forms.append((without(first), .short))
            }
        }
        let counted = canonical(words)
        if counted.count > 1, let number = counted.last.flatMap({ Int($0) }), (1...13).contains(number) {
            let base = Array(counted.dropLast()), isSpelled = words.last.map { $0.count > 4 } ?? false
            forms.append((base, base.count > 1 && !isSpelled ? .short : .series))
        }
        if words.count == 1, words[0].count > 4, words[0].last == "s" {
            forms.append(([String(words[0].dropLast())], .series))
        }
        return forms
    }

    /// The words without a leading article.
    private static func without(_ words: [String]) -> [String] {
        words.count > 1 && isArticle(words[0]) ? Array(words.dropFirst()) : words
    }

    /// The article at the beginning of a title.
    enum Article: UInt8, Sendable {
        case none, definite, indefinite

        init(of title: String) {
            let first = title.prefix(4).lowercased()
            self =
                first == "the "
                ? .definite
                : first.hasPrefix("a ") || first.hasPrefix("an ") ? .indefinite : .none
        }

        init(word: String) {
            self = word == "the" ? .definite : TitleForms.isArticle(word) ? .indefinite : .none
        }
    }

    static func isArticle(_ word: String) -> Bool { word == "the" || word == "a" || word == "an" }

    /// The folded words between colons, dashes and brackets.
    private static func parts(of title: String) -> [[String]] {
        var title = title
        if title.utf8.contains(38) { title = title.replacing("&", with: " and ") }
        guard title.utf8.contains(where: { $0 == 58 || $0 == 40 || $0 == 45 || $0 > 127 }) else {
            return [words(title)]
        }
        for mark in [": ", " - ", " – ", " — ", " (", ") ", "– ", "!: "] where title.contains(mark) {
            title = title.replacing(mark, with: "\n")
        }
        let parts = title.split(separator: "\n").map { words(String($0)) }.filter { !$0.isEmpty }
        return parts.map { $0.last == "or" && $0.count > 1 ? Array($0.dropLast()) : $0 }
    }

    private static func words(_ text: String) -> [String] {
        folded(text).split(separator: " ").map(String.init)
    }
}
