import Matinee

/// What a simulated person says: templates filled with films they liked and with what those and their targets share. A
/// message that would name a target is never said.
struct SimulatedSpeech {
    private let person: SimulatedPerson
    private let catalog: Catalog
    private let titles: SpokenTitles
    private let seed: UInt64

    /// What was said to be wanted; at least one target satisfies all of it.
    private var wanted: [Facet] = []
    /// Rows of films that were named.
    private var named: Set<Int> = []

    init(_ person: SimulatedPerson, _ catalog: Catalog, seed: UInt64) {
        (self.person, self.catalog, self.seed) = (person, catalog, seed)
        titles = SpokenTitles(person.targets.map { catalog[$0] })
    }

    /// What is said for each kind of hint; `*` stands for it. Films come first in a message, wishes last.
    static let openings = [
        "I loved *. What else would I like?", "I am looking for a film like *.", "* is a favourite of mine.",
    ]
    static let films = ["I also loved *.", "I really liked * too.", "* was great."]
    static let genres = ["Maybe *.", "I feel like *.", "Tonight I would like *."]
    static let decades = [
        "From the *s, please.", "Something from the *s.", "A film from the *s would be nice.",
    ]
    static let directors = ["Something directed by *.", "A film by *?"]
    static let actors = ["Something with *.", "A film with *, please."]
    static let seen = ["I have seen *."]
    static let seenLiked = ["I have seen * and loved it."]
    static let seenDisliked = ["I have seen * and did not like it."]
    static let others = ["More, please.", "Show me others.", "Something else?"]

    private static let templates = [
        openings, films, genres, decades, directors, actors, seen, seenLiked, seenDisliked, others,
    ].joined()

    /// Whether a film can be looked for although the templates are said: not `Her` or `It`, where they have these words.
    static func isSayable(_ movie: Movie) -> Bool {
        let titles = SpokenTitles([movie])
        return !titles.isEmpty && templates.allSatisfy { !titles.areNamed(in: $0) }
    }

    /// Whether the person has named a film.
    func hasNamed(_ row: Int) -> Bool { named.contains(row) }

    /// The next message.
    /// - Parameters:
    ///   - turn: from 0.
    ///   - shown: the rows of the films that were shown last.
    mutating func message(_ turn: Int, after shown: [Int]) -> String {
        // Drawn anew for every turn, so that the answers of different systems change as little as can be.
        var random = SeededGenerator(seed: seed &* 31 &+ UInt64(person.number) &* 1_000 &+ UInt64(turn))
        let reactions = reactions(to: shown, &random)
        var words: [String] = []
        if turn == 0 {
            words = film(Self.openings, &random) ?? []
            words += Bool.random(using: &random) ? facet(&random) ?? [] : []
        } else {
            let isFilm = Bool.random(using: &random)
            words = (isFilm ? film(Self.films, &random) : facet(&random)) ?? []
        }
        let text = (reactions + words).joined(separator: " ")
        // Words of two sentences can make a title, too.
        return words.isEmpty || titles.areNamed(in: text)
            ? Self.others.randomElement(using: &random) ?? "" : text
    }

    /// A word on films that the person knows, two at most.
    private mutating func reactions(to shown: [Int], _ random: inout SeededGenerator) -> [String] {
        shown.filter { person.ratings[$0] != nil }.prefix(2).compactMap { row in
            let rating = person.ratings[row] ?? 0
            let forms =
                rating >= SimulatedPerson.liked
                ? Self.seenLiked : rating <= SimulatedPerson.disliked ? Self.seenDisliked : Self.seen
            named.insert(row)
            return said(forms, catalog[row].label, &random)
        }
    }

    /// A film that the person likes and has not named.
    private mutating func film(_ forms: [String], _ random: inout SeededGenerator) -> [String]? {
        for row in person.known.filter({ !named.contains($0) }).shuffled(using: &random) {
            guard let text = said(forms, catalog[row].label, &random) else { continue }
            named.insert(row)
            return [text]
        }
        return nil
    }

    /// Something that several films which the person likes have, and a target that has all that was said before.
    private mutating func facet(_ random: inout SeededGenerator) -> [String]? {
        let open = person.targets.filter { row in wanted.allSatisfy { $0.holds(of: catalog[row]) } }
        let counts = person.known.flatMap { Facet.all(of: catalog[$0]) }
            .reduce(into: [Facet: Int]()) { $0[$1, default: 0] += 1 }
        let fit = counts.filter { facet, count in
            count > 1 && !wanted.contains(facet) && isNew(facet)
                && open.contains { facet.holds(of: catalog[$0]) }
        }
        var choices = fit.map { (facet: $0.key, weight: $0.value) }
            .sorted { ("\($0.facet)", $0.weight) < ("\($1.facet)", $1.weight) }
        while !choices.isEmpty {
            let place = Self.drawn(choices.map(\.weight), &random)
            let facet = choices.remove(at: place).facet
            guard let text = said(facet, &random) else { continue }
            wanted.append(facet)
            return [text]
        }
        return nil
    }

    /// Whether it adds to what was said rather than taking it back: one decade, one genre.
    private func isNew(_ facet: Facet) -> Bool {
        !wanted.contains { other in
            switch (facet, other) {
            case (.genre, .genre), (.decade, .decade): true
            case (.director, .director), (.actor, .actor): true
            default: false
            }
        }
    }

    private static func drawn(_ weights: [Int], _ random: inout SeededGenerator) -> Int {
        var rest = Int.random(in: 0..<weights.reduce(0, +), using: &random)
        for (place, weight) in weights.enumerated() {
            if rest < weight { return place }
            rest -= weight
        }
        return weights.count - 1
    }

    private func said(_ facet: Facet, _ random: inout SeededGenerator) -> String? {
        switch facet {
        case .genre(let genre):
            said(
                Self.genres,
                "\("AEIOU".contains(genre.prefix(1)) ? "an" : "a") \(genre.lowercased()) film",
                &random
            )
        case .decade(let decade): said(Self.decades, "\(decade)", &random)
        case .director(let name): said(Self.directors, name, &random)
        case .actor(let name): said(Self.actors, name, &random)
        }
    }

    /// A form filled in, or `nil` where it would name a target.
    private func said(_ forms: [String], _ hint: String, _ random: inout SeededGenerator) -> String? {
        let text = (forms.randomElement(using: &random) ?? "*").replacing("*", with: hint)
        return titles.areNamed(in: text) ? nil : text
    }
}

/// The titles of films as runs of words.
struct SpokenTitles {
    private let titles: Set<String>

    init(_ movies: [Movie]) {
        titles = Set(movies.flatMap { [$0.title] + $0.aliases }.map(folded).filter { !$0.isEmpty })
    }

    var isEmpty: Bool { titles.isEmpty }

    /// Whether a text has one of the titles, or one without its article, as a run of words.
    func areNamed(in text: String) -> Bool {
        let text = " \(folded(text)) "
        return titles.contains { title in
            text.contains(" \(title) ") || title.hasPrefix("the ") && text.contains(" \(title.dropFirst(4)) ")
        }
    }
}
