/// What may be said of a film, made ready for checking sentences.
package struct FilmFacts: Sendable {
    let movie: Movie
    /// The folded words of the title and of its other forms, the longest first.
    let titles: [[String]]
    let directors: [[String]]
    let cast: [[String]]
    /// What overview, keywords and genres say.
    let text: KnownText
    /// Folded names and adjectives of its countries and languages.
    let places: Set<String>
    let genres: Set<String>

    package init(_ movie: Movie) {
        self.movie = movie
        titles = Self.titles(of: movie)
        directors = movie.directors.map(Self.words)
        cast = movie.cast.map(Self.words)
        genres = Set(movie.genres)
        let implied = movie.genres.compactMap { ClaimWords.implied[$0] }.joined(separator: " ")
        text = KnownText(
            [Self.withoutAddresses(movie.overview ?? ""), movie.genres.joined(separator: ". "), implied]
                + movie.keywords
                + (movie.certificate.map { [$0] } ?? [])
        )
        let countries = Place.countries.filter { movie.countries.contains($0.code) }
        places = Set(
            countries.flatMap { $0.adjectives + $0.names }
                + movie.languages.map { folded(Place.languageName($0)) }
        )
    }

    /// The text without what may be an address: nobody is sent there.
    private static func withoutAddresses(_ text: String) -> String {
        text.split(separator: " ").filter { word in
            !word.contains("//")
                && (!word.dropLast().contains(".") || word.firstMatch(of: /\w\.\w{2,}/) == nil)
        }.joined(separator: " ")
    }

    private static func words(_ name: String) -> [String] { Matinee.words(in: name).map(\.folded) }

    /// The title, its aliases, and the parts of it before a colon, after an article and before a number.
    private static func titles(of movie: Movie) -> [[String]] {
        let whole = [movie.title] + movie.aliases
        let short = movie.title.split(separator: ":").first.map { [String($0)] } ?? []
        let titles = (whole + short).map(words)
        let bare = titles.filter { $0.count > 1 && ["the", "a", "an"].contains($0[0]) }.map {
            Array($0.dropFirst())
        }
        let first = titles.filter { $0.count > 1 && Int($0[$0.count - 1]) != nil }.map {
            Array($0.dropLast())
        }
        return (titles + bare + first).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    var people: [[String]] { directors + cast }

    /// Whether two films have anything in common that could be called the same.
    func shares(with other: FilmFacts) -> Bool {
        !genres.isDisjoint(with: other.genres) || !Set(movie.people).isDisjoint(with: other.movie.people)
            || !Set(movie.keywords).isDisjoint(with: other.movie.keywords)
    }
}

/// What the person said, made ready for checking sentences.
package struct SaidFacts: Sendable {
    /// The message, earlier ones and the wish.
    let text: KnownText
    /// The films that were named now or before, by how.
    let films: [(stance: Stance, facts: FilmFacts)]
    let constraints: Constraints

    package init(_ person: PersonFacts, _ request: Request) {
        text = KnownText(
            [person.message, person.wish ?? "", person.unwanted ?? ""] + person.history.map(\.message)
                + person.wanted
        )
        films = person.films.flatMap { stance, movies in movies.map { (stance, FilmFacts($0)) } }
        constraints = request.constraints
    }

    /// Whether the person named a number: in words, or as a bound that was read of them.
    func names(_ number: Int) -> Bool {
        let bounds = ([constraints.year, constraints.runtime] + constraints.yearsOut).flatMap {
            [$0.min, $0.max]
        }.compactMap { $0 }
        return text.words.contains("\(number)") || bounds.contains { abs($0 - number) <= 1 }
            || bounds.contains { $0 == number + 9 }
    }
}

/// The words of texts, to look up whether another text can rest on them.
struct KnownText: Sendable {
    /// The folded words.
    let words: Set<String>
    /// Those that are written with a capital letter within a sentence.
    let capitalised: Set<String>
    private let stems: Set<String>
    private let long: [Substring: [String]]
    private let phrases: String

    init(_ texts: [String]) {
        let messages = texts.map { Message($0) }
        let all = messages.flatMap { $0.words.map(\.folded) }
        words = Set(all)
        stems = Set(all.map(stem))
        long = Dictionary(grouping: words.filter { $0.utf8.count >= 6 }, by: { $0.prefix(5) })
        phrases =
            " " + messages.map { $0.words.map(\.folded).joined(separator: " ") }.joined(separator: " | ")
            + " "
        capitalised = Set(
            messages.flatMap { message in
                message.words.indices.filter { message.isCapitalised($0) && !message.startsSentence($0) }
                    .map { message[$0] }
            }
        )
    }

    /// Whether the word occurs, in any form of it.
    func supports(_ word: String) -> Bool {
        if words.contains(word) || stems.contains(stem(word)) { return true }
        guard word.utf8.count >= 6 else { return false }
        return (long[word.prefix(5)] ?? []).contains { other in
            let common = zip(word, other).prefix { $0 == $1 }.count
            return common * 5 >= max(word.count, other.count) * 4
        }
    }

    /// Whether the words occur one after the other.
    func says(_ words: some Sequence<String>) -> Bool {
        phrases.contains(" " + words.joined(separator: " ") + " ")
    }
}

/// What is left of an English word without its most common endings, for comparing.
func stem(_ word: String) -> String {
    guard word.count > 3 else { return word }
    for (ending, instead) in [
        ("iness", "y"), ("ies", "y"), ("ied", "y"), ("ness", ""), ("ing", ""), ("ed", ""), ("es", ""),
        ("ly", ""),
        ("s", ""), ("e", ""),
    ] where word.hasSuffix(ending) && word.count - ending.count >= 3 {
        if ending == "s", word.hasSuffix("ss") { continue }
        var rest = word.dropLast(ending.count) + instead
        if ["ing", "ed"].contains(ending), let last = rest.last, rest.dropLast().last == last,
            !"lsz".contains(last)
        {
            rest.removeLast()
        }
        return rest.hasSuffix("e") && rest.count > 3 ? String(rest.dropLast()) : String(rest)
    }
    return word
}

extension Message {
    /// Whether the word is the first of its sentence or of what is quoted, where a capital letter means nothing.
    func startsSentence(_ i: Int) -> Bool {
        i == 0 || gap(before: i).contains { ".!?:“\"(".contains($0) }
    }
}
