/// Kinds of wish as people say them (`heist`, `makes me cry`, `80s action`), each with the films that come to mind, the
/// likeliest first.
package struct Themes: Sendable {
    package typealias Entry = (row: Int32, weight: Float)

    /// The films of each theme, and the first of its phrases.
    let films: [[Entry]]
    let names: [String]
    /// The themes of each phrase, by its hash.
    private let phrases: [UInt64: [Int]]
    private let longest: Int

    /// - Parameters:
    ///   - themes: with places of films of the file.
    ///   - rows: of each film of the file, where the catalogue has it.
    package init(_ themes: [EditorialFile.Theme], rows: [Int32?]) {
        var phrases: [UInt64: [Int]] = [:], longest = 0
        for (number, theme) in themes.enumerated() {
            for phrase in theme.words {
                let words = folded(phrase).split(separator: " ")
                guard !words.isEmpty else { continue }
                phrases[Self.hash(words.map(Self.base)), default: []].append(number)
                longest = max(longest, words.count)
            }
        }
        (self.phrases, self.longest) = (phrases, min(6, longest))
        names = themes.map { $0.words.first ?? "" }
        films = themes.map { theme in
            theme.films.enumerated().compactMap { place, film in
                rows[film].map { ($0, 1 / (1 + Float(place) / 10)) }
            }
        }
    }

    /// The themes that a folded text names, in singular or plural; of phrases within longer ones, the longer count.
    package func named(in words: [Substring]) -> Set<Int> {
        var found: Set<Int> = [], isTaken = [Bool](repeating: false, count: words.count)
        let bases = words.map(Self.base)
        for length in stride(from: min(longest, words.count), to: 0, by: -1) {
            for start in 0...(words.count - length) where !isTaken[start..<start + length].contains(true) {
                guard let themes = phrases[Self.hash(bases[start..<start + length])] else { continue }
                found.formUnion(themes)
                for place in start..<start + length { isTaken[place] = true }
            }
        }
        return found
    }

    /// The weights 1 / (1 + place / 10) of rows in the lists of themes: the largest, and their sum over the square root of
    /// how many themes there are.
    package func weights(of themes: Set<Int>) -> (sum: [Int32: Float], largest: [Int32: Float]) {
        var sum: [Int32: Float] = [:], largest: [Int32: Float] = [:]
        let scale = 1 / Float(max(1, themes.count)).squareRoot()
        // In one order, so that sums are the same each time.
        for (row, weight) in themes.sorted().lazy.flatMap({ films[$0] }) {
            sum[row, default: 0] += weight * scale
            largest[row] = max(largest[row] ?? 0, weight)
        }
        return (sum, largest)
    }

    private static func hash(_ words: some Sequence<String>) -> UInt64 {
        textHash(words.joined(separator: " "))
    }

    /// A folded word as phrases are compared: without the ending of a plural or of a third person, and whoever is meant
    /// (`cheers her up` is `cheer me up`).
    private static func base(_ word: Substring) -> String {
        if whoever.contains(word) { return "me" }
        guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), word.first?.isNumber == false else {
            return String(word)
        }
        if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
        let isLong = ["xes", "ches", "shes", "sses", "zes"].contains(where: word.hasSuffix)
        return String(word.dropLast(isLong ? 2 : 1))
    }

    private static let whoever: Set<Substring> = ["me", "him", "her", "us", "them", "you"]
}
