import Matinee

/// A title as sources write it, put in reading order and taken apart.
///
/// `City of Lost Children, The (Cité des enfants perdus, La) (1995)` is the title *The City of Lost Children*, the alias
/// *La Cité des enfants perdus* and the year 1995. The rules, from the end to the front:
/// 1. `(1995)` or `(2006–2007)` is the year, the first of the two; `(V)` and `(TV)` behind it are dropped.
/// 2. Other brackets at the end hold other titles, `(a.k.a. ...)` or not, unless they are part of the title: those that
///    follow a word such as *or* (*Birdman: Or (The Unexpected Virtue of Ignorance)*), and parts and volumes (*(Part 2)*).
/// 3. An article behind the last comma goes to the front.
package struct TitleParser {
    package var title: String
    /// Other titles, without the title itself.
    package var aliases: [String] = []
    package var year: Int?

    /// The articles that sources put behind the title; those with an apostrophe take no space.
    package static let articles: Set<String> = [
        "the", "a", "an",  // English
        "le", "la", "les", "l'", "l’", "un", "une", "des",  // French
        "el", "los", "las", "lo", "una", "unos", "unas",  // Spanish
        "il", "i", "gli", "uno", "un'", "un’",  // Italian
        "der", "die", "das", "den", "dem", "ein", "eine",  // German
        "o", "os", "as", "um", "uma",  // Portuguese
        "de", "het", "een", "det", "en", "ett", "et",  // Dutch, Danish, Norwegian, Swedish
    ]

    /// Brackets of longer titles are left alone: each takes time with the length of the title.
    private static let longest = 500

    package init(_ text: String) {
        title = printable(text)
        takeYear()
        var others: [String] = []
        while title.utf8.count <= Self.longest, let bracket = takeBracket() { others.insert(bracket, at: 0) }
        title = Self.inReadingOrder(title)
        let names = others.flatMap(Self.names).map(Self.inReadingOrder)
        aliases = names.reduce(into: []) { kept, name in
            if !name.isEmpty, name != title, !kept.contains(name) { kept.append(name) }
        }
    }

    private mutating func takeYear() {
        let end = /\((\d{4})(?: ?[-–—] ?(?:\d{4})?)?\)(?: ?\((?:V|TV|VG)\))?$/
        guard let match = title.firstMatch(of: end), let found = Int(match.output.1),
            (1870...2100).contains(found), match.range.lowerBound != title.startIndex
        else { return }
        year = found
        title = printable(String(title[..<match.range.lowerBound]))
    }

    /// Takes the last bracket off the title, where it holds another title.
    private mutating func takeBracket() -> String? {
        guard title.hasSuffix(")"), let open = Self.lastOpening(in: title) else { return nil }
        let before = printable(String(title[..<open]))
        let inside = printable(String(title[title.index(after: open)...].dropLast()))
        let isPart = /(?i)(?:part|pt|vol|volume|chapter|episode|season)\b.*|[\divxIVX.:-]*/
        guard !before.isEmpty, inside.wholeMatch(of: isPart) == nil, !Self.leadsOn(before) else { return nil }
        title = before
        return inside
    }

    /// Whether a text cannot end there: *or*, *and*, a colon.
    private static func leadsOn(_ text: String) -> Bool {
        guard let last = text.lowercased().split(separator: " ").last else { return false }
        return ["or", "and", "of", "-"].contains(last) || last.hasSuffix(":")
    }

    /// Where the bracket opens that is closed by the last character.
    private static func lastOpening(in text: String) -> String.Index? {
        var depth = 0
        for index in text.indices.reversed() {
            if text[index] == ")" { depth += 1 }
            if text[index] == "(" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The titles in a bracket: `a.k.a. X`, `X, a.k.a. Y`, `X`.
    private static func names(_ bracket: String) -> [String] {
        bracket.split(separator: /(?i)(?:^|[ ,;\/]+)a\.?k\.?a\.?:? +/).map { printable(String($0)) }
    }

    /// The title with the article behind its last comma at the front: `Matrix, The` is `The Matrix`.
    package static func inReadingOrder(_ title: String) -> String {
        guard let comma = title.lastIndex(of: ",") else { return title }
        let article = title[title.index(after: comma)...].drop { $0 == " " }
        let rest = printable(String(title[..<comma]))
        guard !rest.isEmpty, articles.contains(article.lowercased()) else { return title }
        let space = article.hasSuffix("'") || article.hasSuffix("’") ? "" : " "
        return article + space + rest
    }
}
