/// Asks a language model for a short paragraph and a reason for each pick.
struct ModelExplainer {
    let catalog: Catalog
    let session: ModelSession

    /// No more picks are explained by the model.
    static let mostPicks = 10

    /// The model's text as it comes, in lines: `0:` the paragraph, `1:` the reason for the first pick, and so on.
    /// - Throws: ``LanguageModelError``, also while the text comes.
    func texts(on picks: [Pick], for person: PersonFacts) throws -> AsyncThrowingStream<String, any Error> {
        try session.texts(chat(picks, person), for: .explaining)
    }

    /// Tells which sentences of the text are true.
    func checker(of picks: [Pick], for person: PersonFacts, _ request: Request) -> SentenceChecker {
        SentenceChecker(
            films: picks.compactMap { catalog.row(of: $0.id) }.map { FilmFacts(catalog[$0]) },
            person: SaidFacts(person, request)
        )
    }

    func chat(_ picks: [Pick], _ person: PersonFacts) -> Chat {
        let told = picks.prefix(Self.mostPicks)
        let films = told.enumerated().map { place, pick in film(place + 1, pick) }
        return Chat(
            [
                .init(.system, Self.task(told.count)),
                .init(.user, PromptData.fields(person.fields(tokens: 200) + [("films", .list(films))]).json),
            ],
            maximumTokens: 150 + 80 * told.count
        )
    }

    private func film(_ number: Int, _ pick: Pick) -> PromptData {
        guard let movie = catalog.row(of: pick.id).map({ catalog[$0] }) else { return .fields([]) }
        func names(_ names: [String], _ tokens: Int) -> PromptData {
            .text(shortened(names.joined(separator: ", "), tokens: tokens))
        }
        return .fields([
            ("number", .number(number)), ("title", .text(shortened(movie.label, tokens: 40))),
            ("genres", names(movie.genres, 20)), ("directed_by", names(movie.directors, 24)),
            ("with", names(Array(movie.cast.prefix(4)), 40)),
            ("minutes", movie.runtime.map(PromptData.number) ?? .text("")),
            ("country", names(movie.countries.map(Place.countryName), 16)),
            ("keywords", names(movie.keywords, 50)),
            ("overview", .text(shortened(movie.overview ?? "", tokens: 100))),
        ])
    }

    private static func task(_ count: Int) -> String {
        """
        You are Matinee and recommend films to one person. \(dataRule)
        Write \(count + 1) lines of plain English, each beginning with its number and a colon, and nothing else.
        0: one or two short sentences to the person on what they want and what the films offer; you may end with one short question.
        1 to \(count): one or two short sentences on what that film is and why it fits what the person wants.
        Use only facts that are given for that film, in the words in which they are given. What the person said, say as "you \
        asked for ..." or "you like ...". Name no other films but those the person names. Say nothing of awards, fame, endings, \
        or how films compare.
        """
    }
}
