/// How much a phrase needs beside its words to be taken for a title.
enum Commonness: Int, Comparable, Sendable {
    /// Nobody says it but to name the film: `Goodfellas`, `The Shape of Water`.
    case distinctive
    /// Words that can stand together by chance.
    case ordinary
    /// Words that often do: `heat`, `ghost story`.
    case common
    /// Words of talk about films: `love`, `comedy`, `red`.
    case everyday
    /// Words of every other sentence: `it`, `her`, `up`.
    case pronoun
    /// Genres and people, which are meant as such.
    case name

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension TitleIndex {
    /// How common a phrase is, by the overviews and keywords of the catalogue and by words of everyday talk.
    func commonness(of words: [String], node: Int32, genres: GenreReader) -> Commonness {
        if genres.names(words.joined(separator: " ")) || isPerson(node) { return .name }
        if words.allSatisfy(isPronoun) { return .pronoun }
        if isIdiom(words) { return .everyday }
        let phrase = perMillion(phrase: node)
        if words.count == 1 { return commonness(of: words[0], phrase) }
        let isPlain = words.allSatisfy { isEverydayWord($0) || genres.names($0) || isNumber($0) }
        if isPlain { return words.count > 2 && phrase == 0 ? .ordinary : .common }
        if phrase > 6 || words.count == 2 && words.contains(where: isPronoun) { return .common }
        let rarest = words.map { lexicon.id(of: $0).map { lexicon.perMillion($0) } ?? 0 }.min() ?? 0
        return phrase > 0 || words.count == 2 && rarest > 100 ? .ordinary : .distinctive
    }

    private func commonness(of word: String, _ phrase: Double) -> Commonness {
        if isEverydayWord(word) || word.count < 2 || isNumber(word) && word.count < 3 { return .everyday }
        if isNumber(word) || word.count < 4 || phrase > 25 || credits(of: word) > 2 { return .common }
        return phrase > 0 || lexicon.counted < 50_000 ? .ordinary : .distinctive
    }

    private func isNumber(_ word: String) -> Bool { word.first?.isNumber ?? false }
}

extension Commonness {
    /// The next rank, below those of everyday words.
    var raised: Commonness { self < .everyday ? Commonness(rawValue: rawValue + 1) ?? self : self }
}
