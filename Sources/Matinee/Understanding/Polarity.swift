/// What a message says the contrary of, found once for all readers: `no horror or war`, `not too violent`, `I don't
/// mind subtitles`, `not without humour`.
///
/// A scope runs from its cue to the end of the clause, to a word of wanting, or to a comma that no list explains.
struct Polarity {
    /// What a cue does to the words in its scope.
    enum Effect {
        /// They are not wanted: `no`, `can't stand`, `anything but`, `less`.
        case rejects
        /// They neither matter nor are refused: `I don't mind`, `it doesn't have to be`, `I haven't seen`.
        case tolerates
        /// They are wanted all the same: `not only`, `not without`.
        case affirms
    }

    struct Scope {
        var cue: Range<Int>
        var end: Int
        var effect: Effect

        var words: Range<Int> { cue.upperBound..<end }
        var span: Range<Int> { cue.lowerBound..<end }
    }

    /// In the order of the message; they do not overlap.
    let scopes: [Scope]

    /// How many words a scope can hold.
    static let reach = 8

    private let message: Message
    /// For each word, which scope it is in.
    private let places: [Int?]

    /// - Parameters:
    ///   - titles: words that belong to titles, in which nothing negates (`No Country for Old Men`).
    ///   - language: the language that the message is written in.
    init(_ message: Message, titles: [Range<Int>] = [], language: MessageLanguage = .english) {
        self.message = message
        var inTitle = Array(repeating: false, count: message.words.count)
        for i in titles.joined() where inTitle.indices.contains(i) { inTitle[i] = true }
        let cues = PolarityCues(language: language)
        var scopes: [Scope] = [], i = 0
        while i < message.words.count {
            guard !inTitle[i], let cue = cues.cue(in: message, at: i) else {
                i += 1
                continue
            }
            let scope = Self.scope(cue, message, cues, inTitle)
            scopes.append(scope)
            i = max(i + 1, scope.cue.upperBound)
        }
        self.scopes = scopes
        var places = [Int?](repeating: nil, count: message.words.count)
        for (place, scope) in scopes.enumerated() { for i in scope.words { places[i] = place } }
        self.places = places
    }

    /// The scope that the first word of the span is in, or `nil`.
    func scope(of span: Range<Int>) -> Scope? {
        places.indices.contains(span.lowerBound) ? places[span.lowerBound].map { scopes[$0] } : nil
    }

    /// Whether the span is not wanted.
    func rejects(_ span: Range<Int>) -> Bool { scope(of: span)?.effect == .rejects }

    func rejects(_ i: Int) -> Bool { rejects(i..<i + 1) }

    /// What is said of the span as something that a film may have: `nil` where it is neither wanted nor refused.
    func wants(_ span: Range<Int>) -> Bool? {
        switch scope(of: span)?.effect {
        case .rejects: false
        case .tolerates: nil
        case .affirms, nil: true
        }
    }

    /// Whether what starts at `i` is refused with nothing but empty words between: `no films before`, `nothing over`.
    func negatesBound(at i: Int) -> Bool {
        let passing: Set = [
            "film", "films", "movie", "movies", "the", "any", "anything", "from", "show", "me", "that", "is",
            "are", "was", "were", "made", "be", "want", "something", "ones", "to", "watch", "see", "it",
            "too", "a",
        ]
        guard let scope = scope(of: i..<i + 1), scope.effect == .rejects else { return false }
        return (scope.words.lowerBound..<i).allSatisfy { passing.contains(message[$0]) }
    }

    private static func scope(
        _ cue: PolarityCues.Cue,
        _ message: Message,
        _ cues: PolarityCues,
        _ inTitle: [Bool]
    ) -> Scope {
        var scope = Scope(cue: cue.span, end: cue.span.upperBound, effect: cue.effect), isEmpty = true
        while scope.end < min(message.words.count, scope.cue.upperBound + (cue.reach ?? reach)) {
            let i = scope.end
            if !inTitle[i], let inner = cues.cue(in: message, at: i) {
                guard isEmpty, cue.effect == .rejects, let effect = inner.effectWhenNegated,
                    !message.gap(before: i).contains(",")
                else { break }
                (scope.cue, scope.effect) = (scope.cue.lowerBound..<inner.span.upperBound, effect)
                scope.end = inner.span.upperBound
                continue
            }
            if i > cue.span.upperBound || message[i] != "but", ends(before: i, message, isEmpty) { break }
            isEmpty = isEmpty && !inTitle[i] && WishReader.filler.contains(message[i])
            scope.end += 1
        }
        return scope
    }

    private static func ends(before i: Int, _ message: Message, _ isEmpty: Bool) -> Bool {
        if message.clauseEnds(before: i) { return true }
        if message.gap(before: i).contains(",") { return !WordList.goesOn(message, from: i) }
        if isEmpty { return false }
        if PolarityCues.ending.contains(message[i]) { return true }
        return message[i] == "and" && PolarityCues.beginning.contains(message[i + 1])
    }
}

/// Lists of things in a message: `horror, war or musicals`.
private enum WordList {
    /// Whether the words from `i` on, which follow a comma, go on with a list rather than begin something new.
    ///
    /// They do where an `or` closes the list, or where they are genres and an `and` or a third one closes it.
    static func goesOn(_ message: Message, from i: Int) -> Bool {
        if ["or", "nor"].contains(message[i]) { return true }
        if message[i] == "and" { return GenreWords.isGenre(message[i + 1]) }
        var end = i, commas = 0, length = 0, genres = true
        while end < message.words.count, end < i + 14, !message.clauseEnds(before: end) || end == i {
            if end > i, message.gap(before: end).contains(",") { (commas, length) = (commas + 1, 0) }
            let word = message[end]
            length += 1
            if length > 3 || stops.contains(word) { return false }
            if ["or", "nor"].contains(word) { return true }
            if word == "and" { return genres && GenreWords.isGenre(message[end + 1]) }
            genres = genres && GenreWords.isGenre(word)
            end += 1
        }
        return genres && commas > 0
    }

    private static let stops = PolarityCues.ending.union(PolarityCues.beginning).union([
        "under", "over", "before", "after", "from", "for", "like", "less", "set", "about", "by", "in", "t",
        "no", "not", "seen",
    ])
}
