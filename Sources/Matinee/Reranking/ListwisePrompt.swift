/// Asks for films in order of their fit, by number.
package struct ListwisePrompt {
    /// No prompt is longer, in tokens as ``tokenEstimate(_:)`` counts them.
    static let mostTokens = 2_500

    /// No more films are shown; those behind them stay behind.
    static let mostFilms = 20

    let person: PersonFacts

    package init(person: PersonFacts) { self.person = person }

    /// - Parameter cards: in the order in which they are to be numbered, from 1.
    package func chat(_ cards: [FilmCard]) -> Chat {
        var allowance = 100, chat = chat(cards, tokens: allowance)
        while chat.promptTokens > Self.mostTokens, allowance > 8 {
            allowance -= max(2, (chat.promptTokens - Self.mostTokens) / cards.count)
            chat = self.chat(cards, tokens: max(8, allowance))
        }
        return chat
    }

    private func chat(_ cards: [FilmCard], tokens: Int) -> Chat {
        let lines = cards.enumerated().map { "\($0 + 1). \($1.line(tokens: tokens))" }
        return Chat(
            [
                .init(.system, Self.task(cards.count)),
                .init(.user, PromptData.fields(person.fields(tokens: 100) + [("films", .texts(lines))]).json),
            ],
            schema: Self.schema,
            maximumTokens: 40 + 8 * cards.count
        )
    }

    private static func task(_ count: Int) -> String {
        "You rank films for one person. \(dataRule) Order \"films\", which stand in random order, by how well they fit "
            + "what the person wants now, then by the person's taste. Answer only with JSON of the form "
            + "{\"order\":[3,1,2]}: the numbers of all \(count) films, best first, each once."
    }

    private static let schema = Chat.Schema(
        name: "film_order",
        json: """
            {"type":"object","properties":{"order":{"type":"array","items":{"type":"integer"}}},"required":["order"],\
            "additionalProperties":false}
            """
    )
}

/// The numbers in a reply, made whole.
struct ListwiseReply: Equatable {
    /// All places of the list as it was shown, from 0, best first.
    var places: [Int]
    var unknown = 0
    var repeated = 0
    var missing = 0

    /// Reads a reply: numbers that stand for no film or come again are passed over, and films whose numbers are missing
    /// follow in the order of `rest`.
    ///
    /// - Parameter rest: all places from 0, in the order in which those not named come.
    /// - Throws: ``LanguageModelError/unreadable(_:)`` where no film is named.
    init(_ text: String, rest: [Int]) throws {
        let value = try ReplyValue(in: text)
        var named: [Int] = [], isNamed = Set<Int>()
        for item in (value["order"] ?? value).items.prefix(1_000) {
            guard let number = item.whole, rest.indices.contains(number &- 1) else {
                unknown += 1
                continue
            }
            if isNamed.insert(number - 1).inserted { named.append(number - 1) } else { repeated += 1 }
        }
        guard !named.isEmpty else { throw LanguageModelError.unreadable("it names no film") }
        missing = rest.count - named.count
        places = named + rest.filter { !isNamed.contains($0) }
    }
}
