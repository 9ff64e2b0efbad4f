import Foundation

/// Reads a message with a language model and joins its reading with that by rules.
///
/// What the rules read stays, since the message clearly says it. The model adds what they miss: films by titles that the
/// catalogue links and the message bears out, stances, genres, bounds and people, and a cleaner wish.
struct ModelInterpreter {
    let interpreter: Interpreter
    let session: ModelSession

    /// - Parameter request: the reading by rules.
    /// - Throws: ``LanguageModelError``.
    func read(_ message: String, _ request: Request, in conversation: Conversation) async throws -> (
        request: Request, use: LanguageModelUse.Reading
    ) {
        let reply = try await session.complete(chat(message, conversation), for: .reading)
        let reading = ModelReading(try ReplyValue(in: reply.text))
        var merge = ReadingMerge(
            interpreter: interpreter,
            said: KnownText([message]),
            request: request
        )
        merge.take(reading)
        return (merge.request, merge.use)
    }

    func chat(_ message: String, _ conversation: Conversation) -> Chat {
        let shown = conversation.picks.map { "\($0.rank). \($0.title)" }
        let data = PromptData.fields([
            ("message", .text(shortened(message, tokens: 600))),
            ("wish_before", .text(shortened(conversation.last?.wish ?? "", tokens: 100))),
            ("list_shown", .text(shortened(shown.joined(separator: "; "), tokens: 150))),
        ])
        return Chat(
            [.init(.system, Self.task), .init(.user, data.json)],
            schema: Self.schema,
            maximumTokens: 400
        )
    }

    private static let task =
        "You read what a person wants to watch. \(dataRule) Answer only with JSON: \"wish\", in English, what the film "
        + "should be like, without titles and conditions; \"not_wanted\", in English; \"films\", titles that the message "
        + "names, with \"stance\" liked, disliked, seen or mentioned; \"genres\" and \"genres_not\" out of "
        + "\(Genre.all.joined(separator: ", ")); bounds of year and runtime in minutes; \"people\" and \"people_not\", by "
        + "full names; languages and countries by ISO codes. Leave empty (\"\", [], null) what the message does not say."

    private static let schema = Chat.Schema(name: "request", json: schemaText)

    private static let schemaText: String = {
        let names = #"{"type":"array","items":{"type":"string"}}"#, bound = #"{"type":["integer","null"]}"#
        let film =
            #"{"type":"object","properties":{"title":{"type":"string"},"year":{"type":["integer","null"]},"#
            + #""stance":{"type":"string","enum":["liked","disliked","seen","mentioned"]}},"#
            + #""required":["title","year","stance"],"additionalProperties":false}"#
        let fields: [(String, String)] =
            ["wish", "not_wanted"].map { ($0, #"{"type":"string"}"#) }
            + [("films", #"{"type":"array","items":\#(film)}"#)]
            + ["genres", "genres_not", "people", "people_not", "languages", "countries"].map { ($0, names) }
            + ["year_min", "year_max", "runtime_min", "runtime_max"].map { ($0, bound) }
        let properties = fields.map { #""\#($0.0)":\#($0.1)"# }.joined(separator: ",")
        let required = fields.map { "\"\($0.0)\"" }.joined(separator: ",")
        return
            #"{"type":"object","properties":{\#(properties)},"required":[\#(required)],"additionalProperties":false}"#
    }()
}

/// What a model read out of a message; whatever makes no sense is left out.
struct ModelReading {
    struct Film {
        var title: String
        var year: Int?
        var stance: Stance
    }

    var wish: String?
    var unwanted: String?
    var films: [Film]
    var genres: [String]
    var genresOut: [String]
    var people: [String]
    var peopleOut: [String]
    var languages: [String]
    var countries: [String]
    var year: Constraints.Bounds
    var runtime: Constraints.Bounds

    /// No list is read beyond so many items.
    private static let most = 20

    init(_ reply: ReplyValue) {
        func names(_ key: String) -> [String] {
            (reply[key]?.items ?? []).prefix(Self.most).compactMap { $0.text(upTo: 100) }
        }
        func bounds(_ key: String, _ range: ClosedRange<Int>) -> Constraints.Bounds {
            let low = reply[key + "_min"]?.whole.flatMap { range.contains($0) ? $0 : nil }
            let high = reply[key + "_max"]?.whole.flatMap { range.contains($0) ? $0 : nil }
            if let low, let high, low > high { return Constraints.Bounds() }
            return Constraints.Bounds(min: low, max: high)
        }
        wish = reply["wish"]?.text(upTo: 300)
        unwanted = reply["not_wanted"]?.text(upTo: 300)
        films = (reply["films"]?.items ?? []).prefix(Self.most).compactMap { film in
            film["title"]?.text(upTo: 200).map {
                let stance = film["stance"]?.text(upTo: 20).flatMap(Stance.init) ?? .mentioned
                return Film(title: $0, year: film["year"]?.whole, stance: stance)
            }
        }
        genres = names("genres").map(Genre.canonical).filter(Genre.all.contains)
        genresOut = names("genres_not").map(Genre.canonical).filter(Genre.all.contains)
        (people, peopleOut) = (names("people"), names("people_not"))
        languages = names("languages").compactMap { code in
            Place.languages.contains { $0.code == code } ? code : Place.languageCode(code)
        }.filter { code in Place.languages.contains { $0.code == code } }
        countries = names("countries").compactMap(Place.countryCode).filter { code in
            Place.countries.contains { $0.code == code }
        }
        (year, runtime) = (bounds("year", 1870...2_100), bounds("runtime", 1...1_000))
    }
}
