import Foundation

/// Reads a message by rules: the films it names and how, what must hold of the picks, and the wish itself.
public struct Interpreter: Sendable {
    /// Of a longer message, only so many characters (Unicode scalars) are read.
    public static let longestMessage = 4_000

    let catalog: Catalog
    package let titles: TitleLinker
    private let constraints: ConstraintReader
    private let wishes = WishReader()
    private let vocabulary: AtFirstUse<Set<UInt64>>

    /// - Parameter year: the present year; films that claim to be younger do not make others old.
    ///   Without it, that of the clock.
    public init(catalog: Catalog, year: Int? = nil) {
        self.catalog = catalog
        let year = year ?? Calendar(identifier: .gregorian).component(.year, from: Date())
        let newest = catalog.movies.lazy.compactMap(\.year).filter { $0 <= year }.max() ?? year
        let people: PeopleReader
        (titles, people) = atOnce({ TitleLinker(catalog) }, { PeopleReader(catalog) })
        vocabulary = AtFirstUse { Self.vocabulary(of: catalog) }
        constraints = ConstraintReader(people: people, years: YearReader(newest: newest))
    }

    private static func vocabulary(of catalog: Catalog) -> Set<UInt64> {
        catalog.movies.reduce(into: []) { words, movie in
            words.formUnion(wordHashes(in: folded(movie.text)))
            words.formUnion(wordHashes(in: folded(movie.title)))
        }
    }

    /// The movie of that title, with or without its year, or `nil`.
    public func movie(titled title: String) -> Movie? {
        titles.movie(titled: title).map { catalog[$0] }
    }

    /// The director or actor of that full name, as the catalogue writes it.
    func person(named name: String) -> String? { constraints.people.person(named: name) }

    /// Whether any word of the wish occurs in the catalogue; none means that the embedder can only guess.
    func knowsAnyWord(of wish: String) -> Bool {
        wordHashes(in: folded(wish)).contains { vocabulary.value.contains($0) }
    }

    /// What a message asks for, in the light of the conversation so far.
    ///
    /// An empty message gives an empty request. A message that only constrains (`shorter than 90 minutes`)
    /// narrows the request before it; genres ruled out stay so until they are asked for. The same message in the
    /// same conversation always gives the same request.
    public func interpret(_ text: String, in conversation: Conversation = Conversation()) -> Request {
        let message = Message(String(text.unicodeScalars.prefix(Self.longestMessage)))
        let language = MessageLanguage(of: message)
        let mentions = mentions(message, conversation)
        var request =
            answered(message, mentions, conversation) ?? wished(message, language, mentions, conversation)
        request.language = language == .english ? nil : language.rawValue
        return request.without(conversation.withheld)
    }

    /// The films that a message names, by their place in the list shown last or by title, in its order.
    private func mentions(_ message: Message, _ conversation: Conversation) -> [TitleLinker.Mention] {
        let focus = conversation.focus.flatMap(catalog.row(of:))
        let listed = ListReader().mentions(
            in: message,
            of: conversation.shown.compactMap(catalog.row(of:)),
            focus: focus
        )
        let titled = titles.mentions(in: message).filter { mention in
            !listed.contains { $0.span.overlaps(mention.span) }
        }
        return (listed + titled).sorted { $0.span.lowerBound < $1.span.lowerBound }
    }

    /// The request of a message that is answered in words, with the wish as it stands; `nil` for all others.
    private func answered(
        _ message: Message,
        _ mentions: [TitleLinker.Mention],
        _ conversation: Conversation
    ) -> Request? {
        var request = conversation.last ?? Request()
        request.carried = request.named.map(\.id)
        (request.corrected, request.ambiguous, request.unknownTitles) = ([], [], 0)
        request.allowsRepeats = true
        if let about = subject(message, mentions, conversation) {
            request.act = about.topic == .choice ? .why : .question
            request.about = about
            if let movie = catalog.row(of: about.id).map({ catalog[$0] }), about.topic != .choice {
                request.name(movie, .mentioned)
            }
            return request
        }
        guard let found = ActReader().act(message), mentions.isEmpty || found.act == .undo else { return nil }
        if found.smalltalk == .greeting, conversation.last == nil { request.allowsRepeats = false }
        if found.smalltalk == .assent, conversation.last == nil { return nil }
        (request.act, request.smalltalk) = found
        return request
    }

    /// What a question is about; `nil` where the message asks nothing about a film that is known.
    private func subject(
        _ message: Message,
        _ mentions: [TitleLinker.Mention],
        _ conversation: Conversation
    ) -> Subject? {
        let rows = conversation.shown.compactMap(catalog.row(of:))
        let focus = conversation.focus.flatMap(catalog.row(of:))
        if let row = ActReader().chosen(message, mentions, rows: rows, focus: focus), !rows.isEmpty {
            return Subject(id: catalog[row].id, topic: .choice)
        }
        let questions = QuestionReader()
        guard questions.canBe(message) else { return nil }
        let titled = mentions.first.flatMap { questions.trait(message, after: $0.span) }
        guard
            let found = [questions.read(message), titled].compactMap({ $0 }).first(where: {
                film(message, $0.film, mentions, focus) != nil
            }), let row = film(message, found.film, mentions, focus)
        else { return nil }
        return Subject(id: catalog[row].id, topic: found.topic, word: found.word)
    }

    /// The film that the words of a question name: one of the list, `it`, or a title.
    private func film(
        _ message: Message,
        _ span: Range<Int>,
        _ mentions: [TitleLinker.Mention],
        _ focus: Int?
    ) -> Int? {
        let phrase = message.phrase(span)
        if [
            "it", "that", "this", "that one", "this one", "that film", "that movie", "this film",
            "this movie", "the film",
            "the movie",
        ].contains(phrase) {
            return focus
        }
        if let mention = mentions.first(where: { $0.span.overlaps(span) }) {
            let rest = span.filter { !mention.span.contains($0) }
            return rest.allSatisfy { ["the", "film", "movie", "one"].contains(message[$0]) }
                ? mention.row : nil
        }
        return titles.movie(titled: phrase)
    }

    private func wished(
        _ message: Message,
        _ language: MessageLanguage,
        _ mentions: [TitleLinker.Mention],
        _ conversation: Conversation
    ) -> Request {
        let polarity = Polarity(message, titles: mentions.map(\.span), language: language)
        var taken = TakenWords(spans: mentions.map(\.span)), request = Request()
        let past = Correction(catalog, titles).applied(message, mentions, conversation.last, &request, &taken)
        readFilms(message, mentions, polarity, &request, past.kept, &taken)
        taken.spans += mentions.compactMap {
            constraints.people.credit(message, of: catalog[$0.row], after: $0.span.upperBound)
        }
        let asking = constraints.read(message, polarity, language, &request.constraints, &taken)
        let unknown = titles.unknownTitles(in: message) {
            taken.isFree($0) && !asking.contains(where: $0.overlaps)
        }
        request.unknownTitles = unknown.count
        taken.spans += unknown
        let unwanted = wishes.unwanted(message, polarity) { span in
            taken.isFree(span) && !asking.contains { $0.overlaps(span) }
        }
        request.unwanted = unwanted.text
        taken.spans += unwanted.spans
        request.wish =
            wishes.wish(message, without: taken.spans + asking) ?? wishes.wish(message, without: taken.spans)
        let listed = mentions.allSatisfy { conversation.shown.contains(catalog[$0.row].id) }
        readAct(message, polarity, &request, listed: listed && !mentions.isEmpty)
        Continuation(
            conversation: conversation,
            last: past.last,
            amends: past.isCorrected || amends(message),
            isAnew: isAnew(message)
        )
        .apply(to: &request)
        request.constraints.settle()
        return request
    }

    private func readFilms(
        _ message: Message,
        _ mentions: [TitleLinker.Mention],
        _ polarity: Polarity,
        _ request: inout Request,
        _ stances: [String: Stance],
        _ taken: inout TakenWords
    ) {
        let reader = StanceReader(message: message, polarity: polarity, mentions: mentions)
        for (i, mention) in mentions.enumerated() {
            let movie = catalog[mention.row], stance = reader.stance(of: i)
            request.name(movie, stance == .mentioned ? stances[movie.id] ?? stance : stance)
            if reader.isModel(i) { request.alike.append(movie.id) }
            if reader.isCompared(i) { compare(message, polarity, mention, &request, &taken) }
            if let title = ambiguity(mention) { request.ambiguous.append(title) }
        }
        let more = folded(message.text).contains(
            /\b(more|something|anything|others?|films|movies) like (it|that|this|them|those)\b/
        )
        if more, let last = request.named.indices.last, request.named[last].stance != .disliked {
            request.named[last].stance = .liked
            request.alike = unique(request.alike + [request.named[last].id])
        }
    }

    /// A film that the wish is measured by: by its length or year where these are compared, else by its kind.
    private func compare(
        _ message: Message,
        _ polarity: Polarity,
        _ mention: TitleLinker.Mention,
        _ request: inout Request,
        _ taken: inout TakenWords
    ) {
        let movie = catalog[mention.row], word = mention.span.lowerBound - 2
        request.compared.append(movie.id)
        let (isLength, isUpper): (Bool, Bool)
        switch message[word] {
        case "shorter": (isLength, isUpper) = (true, true)
        case "longer": (isLength, isUpper) = (true, false)
        case "older", "earlier": (isLength, isUpper) = (false, true)
        case "newer", "later", "recent": (isLength, isUpper) = (false, false)
        default: return
        }
        taken.spans.append(word..<word + 2)
        guard let value = isLength ? movie.runtime : movie.year else { return }
        let bounds = bound(value, isUpper, turned: polarity.negatesBound(at: word))
        if isLength { request.constraints.runtime = bounds } else { request.constraints.year = bounds }
    }

    /// Beyond the value on one side; turned round, the value and the other side.
    private func bound(_ value: Int, _ isUpper: Bool, turned: Bool) -> Constraints.Bounds {
        switch (isUpper, turned) {
        case (true, false): .init(max: value - 1)
        case (true, true): .init(min: value)
        case (false, false): .init(min: value + 1)
        case (false, true): .init(max: value)
        }
    }

    /// Whether other films of the title are known well enough to be meant: at least half as well as the one taken.
    private func ambiguity(_ mention: TitleLinker.Mention) -> AmbiguousTitle? {
        let taken = catalog[mention.row]
        let others = mention.alternatives.map { catalog[$0] }.filter {
            $0.popularity ?? 0 >= (taken.popularity ?? 0) / 2 && $0.id != taken.id && $0.year != taken.year
                && folded($0.title) == folded(taken.title)
        }
        guard !others.isEmpty else { return nil }
        return AmbiguousTitle(
            id: taken.id,
            others: others.prefix(3).map { .init(id: $0.id, title: $0.title, year: $0.year) }
        )
    }

    private func readAct(_ message: Message, _ polarity: Polarity, _ request: inout Request, listed: Bool) {
        let again = message.words.indices.first { ["again", "repeat", "rewatch"].contains(message[$0]) }
        request.allowsRepeats = again.map { !polarity.rejects($0) } ?? false
        let words = Set(message.words.map(\.folded))
        let more: Set = [
            "more", "others", "other", "another", "else", "next", "again", "repeat", "different",
            "alternatives",
            "options",
        ]
        if request.isEmpty, !words.isDisjoint(with: more) { request.act = .more }
        guard request.wish == nil, request.unwanted == nil, request.constraints.isEmpty,
            !request.named.isEmpty,
            request.compared.isEmpty, request.corrected.isEmpty
        else { return }
        if request.named.allSatisfy({ $0.stance == .seen }) {
            request.act = .seen
        } else if listed, request.named.allSatisfy({ $0.stance != .mentioned }), !words.contains("more"),
            !words.contains("something"), !words.contains("similar")
        {
            request.act = .feedback
        }
    }

    /// Whether the message asks for no more than it says: `any Turkish film`.
    private func isAnew(_ message: Message) -> Bool {
        let kinds: Set = ["film", "films", "movie", "movies", "one"]
        return message.words.indices.contains { i in
            message[i] == "any" && !["other", "more"].contains(message[i + 1])
                && (i + 2...i + 4).contains { kinds.contains(message[$0]) }
        }
    }

    /// Whether the message changes the request before it rather than making a new one: `make it a drama instead`.
    private func amends(_ message: Message) -> Bool {
        message.words.contains { $0.folded == "instead" } && !message.words.contains { $0.folded == "of" }
            || ["but", "and", "make"].contains(message[0])
    }
}

/// The words of a message that a reader has understood, so that no other reads them again.
struct TakenWords {
    var spans: [Range<Int>] = []

    func isFree(_ span: Range<Int>) -> Bool { !spans.contains { $0.overlaps(span) } }
}
