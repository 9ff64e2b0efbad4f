/// Reads a message by rules: the films it names and how, what must hold of the picks, and the wish itself.
public struct Interpreter: Sendable {
    /// Of a longer message, only so many characters (Unicode scalars) are read.
    public static let longestMessage = 4_000

    private let catalog: Catalog
    package let titles: TitleLinker
    private let people: PeopleReader
    private let lists = ListReader()
    private let genres = GenreReader()
    private let places = PlaceReader()
    private let years = YearReader()
    private let runtimes = RuntimeReader()
    private let wishes = WishReader()
    private let vocabulary: Set<String>

    public init(catalog: Catalog) {
        self.catalog = catalog
        (vocabulary, (titles, people)) = atOnce(
            { Self.vocabulary(of: catalog) },
            { (TitleLinker(catalog), PeopleReader(catalog)) }
        )
    }

    private static func vocabulary(of catalog: Catalog) -> Set<String> {
        var words: Set<String> = []
        for movie in catalog.movies {
            for word in folded(movie.text + " " + movie.title).split(separator: " ") {
                words.insert(String(word))
            }
        }
        return words
    }

    /// The movie of that title, with or without its year, or `nil`.
    public func movie(titled title: String) -> Movie? {
        titles.movie(titled: title).map { catalog[$0] }
    }

    /// Whether any word of the wish occurs in the catalogue; none means that the embedder can only guess.
    func knowsAnyWord(of wish: String) -> Bool {
        words(in: wish).contains { vocabulary.contains($0.folded) }
    }

    /// What a message asks for, in the light of the conversation so far.
    ///
    /// An empty message gives an empty request. A message that only constrains (`shorter than 90 minutes`)
    /// narrows the request before it; genres ruled out stay so until they are asked for.
    public func interpret(_ text: String, in conversation: Conversation = Conversation()) -> Request {
        let message = Message(String(text.unicodeScalars.prefix(Self.longestMessage)))
        var taken = TakenWords()
        var request = Request()
        readFilms(message, conversation, &request, &taken)
        let asking = readConstraints(message, &request.constraints, &taken)
        let unknown = titles.unknownTitles(in: message) {
            taken.isFree($0) && !asking.contains(where: $0.overlaps)
        }
        request.unknownTitles = unknown.count
        taken.spans += unknown
        let unwanted = wishes.unwanted(message, free: taken.isFree)
        request.unwanted = unwanted.text
        taken.spans += unwanted.spans
        request.wish =
            wishes.wish(message, without: taken.spans + asking) ?? wishes.wish(message, without: taken.spans)
        readAct(message, &request)
        continueConversation(conversation, amends(message), &request)
        return request
    }

    private func readFilms(
        _ message: Message,
        _ conversation: Conversation,
        _ request: inout Request,
        _ taken: inout TakenWords
    ) {
        let listed = lists.mentions(in: message, of: conversation.shown.compactMap(catalog.row(of:)))
        let titled = titles.mentions(in: message).filter { mention in
            !listed.contains { $0.span.overlaps(mention.span) }
        }
        let mentions = (listed + titled).sorted { $0.span.lowerBound < $1.span.lowerBound }
        for (i, mention) in mentions.enumerated() {
            let stance = StanceReader().stance(of: i, mentions, message)
            request.name(catalog[mention.row], stance)
        }
        taken.spans += mentions.map(\.span)
        let more = folded(message.text).contains(
            /\b(more|something|anything|others?|films|movies) like (it|that|this|them|those)\b/
        )
        if more, let last = request.named.indices.last, request.named[last].stance != .disliked {
            request.named[last].stance = .liked
        }
    }

    /// Reads what must hold, and returns the words that ask for genres.
    private func readConstraints(
        _ message: Message,
        _ constraints: inout Constraints,
        _ taken: inout TakenWords
    ) -> [Range<Int>] {
        let runtime = runtimes.read(message, free: taken.isFree)
        constraints.runtime = runtime.bounds
        taken.spans += runtime.spans
        let year = years.read(message, free: taken.isFree)
        constraints.year = year.bounds
        taken.spans += year.spans
        let named = people.read(message, free: taken.isFree)
        constraints.people = named.people
        taken.spans += named.spans
        let genre = genres.read(message, free: taken.isFree)
        constraints.genres = genre.genres
        taken.spans += genre.excluding
        let place = places.read(message, free: taken.isFree)
        (constraints.languages, constraints.countries) = (place.languages, place.countries)
        taken.spans += place.spans
        return genre.asking
    }

    private func readAct(_ message: Message, _ request: inout Request) {
        let again = message.words.indices.first { ["again", "repeat", "rewatch"].contains(message[$0]) }
        request.allowsRepeats = again.map { message.negation(before: $0..<$0 + 1) == nil } ?? false
        let words = Set(message.words.map(\.folded))
        let more: Set = ["more", "others", "other", "another", "else", "next", "again", "repeat"]
        let empty =
            request.wish == nil && request.named.isEmpty && request.constraints.isEmpty
            && request.unwanted == nil
        if empty, !words.isDisjoint(with: more) { request.act = .more }
    }

    /// Whether the message changes the request before it rather than making a new one: `make it a drama instead`.
    private func amends(_ message: Message) -> Bool {
        message.words.contains { $0.folded == "instead" } || ["but", "and", "make"].contains(message[0])
    }

    private func continueConversation(_ conversation: Conversation, _ amends: Bool, _ request: inout Request)
    {
        if let last = conversation.last, request.wish == nil || amends,
            !request.named.contains(where: { $0.stance != .seen }),
            amends || request.act == .more || !request.constraints.isEmpty || request.unwanted != nil
                || !request.named.isEmpty
        {
            request.wish = joined(last.wish, request.wish)
            request.unwanted = joined(last.unwanted, request.unwanted)
            let earlier = last.named.filter { film in !request.named.contains { $0.id == film.id } }
            request.named += earlier
            request.carried = earlier.map(\.id)
            request.constraints.narrow(last.constraints)
        }
        let kept = conversation.excludedGenres.filter {
            !request.constraints.genres.in.contains($0) && !request.constraints.genres.out.contains($0)
        }
        request.constraints.genres.out += kept
    }
}

/// What was said before and what is said now, as one text.
private func joined(_ earlier: String?, _ now: String?) -> String? {
    guard let earlier, let now else { return now ?? earlier }
    return earlier == now ? now : earlier + ", " + now
}

/// The words of a message that a reader has understood, so that no other reads them again.
private struct TakenWords {
    var spans: [Range<Int>] = []

    func isFree(_ span: Range<Int>) -> Bool { !spans.contains { $0.overlaps(span) } }
}

extension Constraints {
    /// Takes over what the earlier constraints say and these do not.
    mutating func narrow(_ earlier: Constraints) {
        if year.isEmpty { year = earlier.year }
        if runtime.isEmpty { runtime = earlier.runtime }
        genres.narrow(earlier.genres)
        languages.narrow(earlier.languages)
        countries.narrow(earlier.countries)
        people.narrow(earlier.people)
    }
}

extension Constraints.Selection {
    fileprivate mutating func narrow(_ earlier: Self) {
        if `in`.isEmpty { (`in`, any) = (earlier.in.filter { !out.contains($0) }, earlier.any) }
        out += earlier.out.filter { !out.contains($0) && !`in`.contains($0) }
    }
}
