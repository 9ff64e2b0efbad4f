/// A sentence while it is checked, word by word.
struct SentenceReading {
    /// Whom a part of a sentence speaks of.
    enum Subject { case film, person }

    let message: Message
    let films: [FilmFacts]
    let person: SaidFacts
    var isQuestion = false
    /// How many films there are, where the sentence may say so.
    var count: Int?
    /// How many words rest on a fact.
    private(set) var support = 0

    private let subjects: [Subject]
    private var isTaken: [Bool]
    private var others: [(place: Int, stance: Stance, facts: FilmFacts)] = []

    typealias Fault = SentenceChecker.Fault

    init(_ message: Message, films: [FilmFacts], person: SaidFacts) {
        (self.message, self.films, self.person) = (message, films, person)
        subjects = SubjectReader(message, person).subjects
        isTaken = [Bool](repeating: false, count: message.words.count)
    }

    mutating func check() throws(Fault) {
        guard !films.isEmpty else { throw .form }
        try checkQuotes()
        takeTitles()
        try takePeople()
        try takeNumbers()
        try takeGenres()
        for i in message.words.indices where !isTaken[i] { try checkWord(i) }
        try checkOthers()
    }

    mutating func take(_ span: Range<Int>) {
        support += 1
        for i in span { isTaken[i] = true }
    }

    func isFree(_ i: Int) -> Bool { message.words.indices.contains(i) && !isTaken[i] }

    func subject(_ i: Int) -> Subject { subjects[i] }

    /// Whether all films bear something out; in a question, one is enough.
    func holds(_ condition: (FilmFacts) -> Bool) -> Bool {
        isQuestion ? films.contains(where: condition) : films.allSatisfy(condition)
    }
}

extension SentenceReading {
    /// What stands between quotation marks must stand so in a film's text, be a title, or be what the person said.
    private func checkQuotes() throws(Fault) {
        guard message.text.contains(where: { "“\"".contains($0) }) else { return }
        for match in message.text.matches(of: /[“"]([^“”"]+)[”"]?/) {
            let quoted = words(in: String(match.output.1)).map(\.folded)
            let isTrue =
                films.allSatisfy { $0.text.says(quoted) } || person.text.says(quoted)
                || (films + person.films.map(\.facts)).contains { $0.titles.contains(quoted) }
            guard quoted.isEmpty || isTrue else { throw .quote }
        }
    }

    private mutating func takeTitles() {
        var i = 0
        while i < message.words.count {
            let own = films.compactMap { message.title(of: $0, at: i) }.max() ?? 0
            let other = person.films.compactMap { film in
                message.title(of: film.facts, at: i).map { (count: $0, film: film) }
            }.max { $0.count < $1.count }
            let length = max(own, other?.count ?? 0)
            if length > 0 {
                take(i..<i + length)
                if own < length, let film = other?.film { others.append((i, film.stance, film.facts)) }
                takeYear(at: i + length, of: own == length ? films : other.map { [$0.film.facts] } ?? [])
            }
            i += max(1, length)
        }
    }

    /// Takes the year in brackets behind a title, where it is right.
    private mutating func takeYear(at i: Int, of films: [FilmFacts]) {
        guard isFree(i), message.gap(before: i).hasSuffix("("), let year = Int(message[i]),
            films.contains(where: { $0.movie.year == year })
        else { return }
        take(i..<i + 1)
    }

    /// A person's name must be that of somebody in the film, in the role that the words around it give.
    private mutating func takePeople() throws(Fault) {
        let reader = PeopleClaims(message)
        for group in reader.groups(of: films.flatMap(\.people), isFree: { isFree($0) }) {
            for name in group.names {
                let isTrue = holds { film in
                    switch group.role {
                    case .director: film.directors.contains(where: name.means)
                    case .cast: film.cast.contains(where: name.means)
                    case nil: film.people.contains(where: name.means)
                    }
                }
                guard isTrue else { throw .person }
                take(name.span)
            }
        }
        for i in message.words.indices where isFree(i) && subject(i) == .person {
            let wanted = person.constraints.people
            for name in wanted.in + wanted.out {
                let words = words(in: name).map(\.folded)
                if words.indices.allSatisfy({ message[i + $0] == words[$0] }) { take(i..<i + words.count) }
            }
        }
    }

    private mutating func takeNumbers() throws(Fault) {
        let reader = NumberClaims(message)
        var i = 0
        while i < message.words.count {
            guard isFree(i), let claim = reader.claim(at: i) else {
                i += 1
                continue
            }
            guard isTrue(claim, at: i) else { throw .number }
            take(claim.span)
            i = max(i + 1, claim.span.upperBound)
        }
    }

    private func isTrue(_ claim: NumberClaims.Claim, at i: Int) -> Bool {
        if subject(i) == .person {
            let words = claim.span.map { message[$0] }
            return person.names(claim.value) || person.text.says(words)
        }
        switch claim.kind {
        case .minutes: return holds { claim.fitsMinutes($0.movie.runtime) }
        case .year: return holds { $0.movie.year == claim.value }
        case .decade: return holds { $0.movie.year.map { $0 / 10 == claim.value / 10 } ?? false }
        case .count:
            let words = claim.span.map { message[$0] }
            return claim.value == count || holds { $0.text.says(words) || $0.text.says(["\(claim.value)"]) }
        }
    }

    /// Genres, and the adjectives and names of countries and languages.
    private mutating func takeGenres() throws(Fault) {
        var i = 0
        while i < message.words.count {
            guard isFree(i), let found = GenreWords.shared.genres(message, at: i, .english),
                !found.genres.isEmpty, (i..<i + found.count).allSatisfy(isFree)
            else {
                i += 1
                continue
            }
            let span = i..<i + found.count, words = span.map { message[$0] }
            let isNamed =
                person.text.says(words) || found.genres.allSatisfy(person.constraints.genres.in.contains)
            let start = denial(before: i)
            let isTrue =
                isQuestion
                || (subject(i) == .person
                    ? isNamed
                    : holds { film in
                        if start < i {
                            return film.genres.isDisjoint(with: found.genres) && !film.genres.isEmpty
                        }
                        return film.genres.isSuperset(of: found.genres) || film.text.says(words)
                    })
            guard isTrue else { throw .genre }
            take((subject(i) == .film ? start : i)..<span.upperBound)
            i = span.upperBound
        }
    }
}

extension SentenceReading {
    /// Where `no`, `not a` or `without` begins that denies the genre at word `i`; `i` where nothing does.
    private func denial(before i: Int) -> Int {
        if ["no", "without"].contains(message[i - 1]) { return i - 1 }
        return message[i - 2] == "not" && ["a", "an"].contains(message[i - 1]) ? i - 2 : i
    }

    private mutating func checkWord(_ i: Int) throws(Fault) {
        let word = message[i]
        if isQuestion, ClaimWords.asking.contains(word), !isName(i) { return }
        if subject(i) == .person, !isQuestion {
            if ClaimWords.wishing.contains(word) || ClaimWords.neutral.contains(word) {
                guard !isName(i) else { throw .title }
                return
            }
            guard
                person.text.supports(word)
                    || ClaimWords.fragile.contains(word) && person.text.words.contains(word)
            else { throw .said }
            support += 1
            return
        }
        if ClaimWords.isFragile(word) || word == "t" && ["'", "’"].contains(message.gap(before: i)) {
            guard isSaidWithNeighbour(i) else { throw .negation }
            support += 1
            return
        }
        if isName(i) {
            guard
                holds({
                    $0.text.capitalised.contains(word) || $0.places.contains(word) || isKeyword(word, $0)
                })
            else { throw .title }
        }
        try checkFilmWord(i)
    }

    private mutating func checkFilmWord(_ i: Int) throws(Fault) {
        let word = message[i]
        if let places = Self.places[word] {
            let isTrue = holds { film in
                !film.places.isDisjoint(with: places) || film.text.supports(word) && isSaidWithNext(i, film)
            }
            guard isTrue else { throw .place }
            support += 1
        } else if isLength(i) {
            support += 1
        } else if ClaimWords.neutral.contains(word) || isProspect(i)
            || isQuestion && person.text.supports(word)
        {
            return
        } else if holds({ $0.text.supports(word) }) {
            support += 1
        } else {
            throw .plot
        }
    }

    /// Whether the word is written as a name is: with a capital letter within a sentence.
    private func isName(_ i: Int) -> Bool {
        message.isCapitalised(i) && !message.startsSentence(i) && !["i", "s"].contains(message[i])
            && message.text[message.words[i].range].first?.isLetter == true
    }

    private func isKeyword(_ word: String, _ film: FilmFacts) -> Bool {
        film.movie.keywords.contains { words(in: $0).contains { $0.folded == word } }
    }

    /// Whether the word stands before the same word in the film's text or, at the end of a part, after the same.
    private func isSaidWithNeighbour(_ i: Int) -> Bool {
        let pair =
            message.clauseEnds(before: i + 1) ? [message[i - 1], message[i]] : [message[i], message[i + 1]]
        return holds { $0.text.says(pair) }
    }

    private func isSaidWithNext(_ i: Int, _ film: FilmFacts) -> Bool {
        film.text.says([message[i], message[i + 1]]) || film.text.says([message[i - 1], message[i]])
    }

    /// `long` and `short`, which the film's minutes bear out.
    private func isLength(_ i: Int) -> Bool {
        switch message[i] {
        case "long": holds { $0.movie.runtime ?? 0 >= 140 } || ["minutes", "hours"].contains(message[i - 1])
        case "short", "brief": holds { $0.movie.runtime ?? .max <= 95 }
        default: false
        }
    }

    /// The verb in `you will love its heist`.
    private func isProspect(_ i: Int) -> Bool {
        ClaimWords.wishing.contains(message[i])
            && (["you", "your"].contains(message[i])
                || ClaimWords.prospects.contains(message[i - 1]) || message[i - 1] == "to")
    }

    /// What a sentence says of films that the person knows: the right stance, and a relation that is there.
    private func checkOthers() throws(Fault) {
        for (place, stance, other) in others {
            if let claimed = claimedStance(near: place) {
                guard claimed == stance || claimed == .seen && stance != .mentioned else { throw .said }
            }
            if message[place - 1] == "since" { throw .negation }
            try checkRelation(to: other)
        }
    }

    /// The stance that the nearest verb says the person has to the film that is named at a place.
    private func claimedStance(near place: Int) -> Stance? {
        let verbs = message.words.indices.filter { i in
            subject(i) == .person && abs(i - place) <= 5
                && ClaimWords.stances.contains { $0.words.contains(message[i]) }
        }
        guard let verb = verbs.min(by: { abs($0 - place) < abs($1 - place) }) else { return nil }
        let stance = ClaimWords.stances.first { $0.words.contains(message[verb]) }?.stance
        let isTurned = ["not", "t", "never"].contains(message[verb - 1])
        return stance == .liked && isTurned ? .disliked : stance
    }

    private func checkRelation(to other: FilmFacts) throws(Fault) {
        let said = Set(message.words.indices.filter { subject($0) == .film }.map { message[$0] })
        if !said.isDisjoint(with: ClaimWords.directing) {
            guard films.allSatisfy({ !Set($0.directors).isDisjoint(with: other.directors) }) else {
                throw .person
            }
        }
        if !said.isDisjoint(with: ClaimWords.acting) {
            guard films.allSatisfy({ !Set($0.cast).isDisjoint(with: other.cast) }) else { throw .person }
        }
        guard !said.isDisjoint(with: ClaimWords.sharing) else { return }
        guard films.allSatisfy({ $0.shares(with: other) }) else { throw .title }
        for word in said
        where !ClaimWords.neutral.contains(word) && films.contains(where: { $0.text.supports(word) }) {
            guard other.text.supports(word) else { throw .plot }
        }
    }

    /// The folded names and adjectives of countries and languages, each with all that mean the same.
    private static let places: [String: Set<String>] = {
        var places: [String: Set<String>] = [:]
        for country in Place.countries {
            let all = Set(country.adjectives + country.names)
            for word in all { places[word, default: []].formUnion(all) }
        }
        for language in Place.languages {
            places[folded(language.name), default: []].insert(folded(language.name))
        }
        for word in ["us", "states", "hollywood", "kiwi", "bollywood"] { places[word] = nil }
        return places
    }()
}

/// Finds out whom each word of a sentence speaks of.
struct SubjectReader {
    let subjects: [SentenceReading.Subject]

    init(_ message: Message, _ person: SaidFacts) {
        var subjects: [SentenceReading.Subject] = [], current = SentenceReading.Subject.film
        for i in message.words.indices {
            let gap = message.gap(before: i)
            if gap.contains(where: { ";:.!?—–()".contains($0) }) { current = .film }
            if gap.contains(","), !(current == .person && Self.goesOn(message, i, person)) { current = .film }
            if ClaimWords.turning.contains(message[i]) { current = .film }
            if ["you", "your", "yours"].contains(message[i]) {
                current = Self.isProspect(message, i) ? .film : .person
            }
            subjects.append(current)
        }
        self.subjects = subjects
    }

    /// Whether the person's words go on after a comma: `a slow, lonely film`.
    private static func goesOn(_ message: Message, _ i: Int, _ person: SaidFacts) -> Bool {
        let word = ["and", "or", "but"].contains(message[i]) ? message[i + 1] : message[i]
        return person.text.words.contains(word) && !["the", "a", "an", "this", "it", "with"].contains(word)
    }

    /// Whether `you` goes on to the film: `you will find`.
    private static func isProspect(_ message: Message, _ i: Int) -> Bool {
        guard message[i] == "you" else { return false }
        if ["re", "are"].contains(message[i + 1]) { return !ClaimWords.searching.contains(message[i + 2]) }
        if ["d", "would"].contains(message[i + 1]) {
            return !["like", "love", "prefer", "want"].contains(message[i + 2])
        }
        return ClaimWords.prospects.contains(message[i + 1])
    }
}
