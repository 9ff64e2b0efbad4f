import Foundation
import HTTPTypes
import Matinee

/// What assistants can do over the Model Context Protocol.
struct Tools: Sendable {
    enum Name: String, CaseIterable { case recommend, why, feedback, taste, find_film }

    let context: ModelContext
    private var engine: Engine { context.engine }
    private var sitting: String { ModelContext.sitting(context.session) }

    /// The tools as they are listed.
    static let all: [JSONValue] = [
        tool(
            .recommend,
            "Recommend films for what a person feels like watching, with a reason for each. Goes on from what was said before, and remembers the person's taste.",
            [
                "wish": text(
                    "What the person said, in their own words: moods, films, years, what they do not want."
                ),
                "limit": [
                    "type": "integer", "minimum": 1, "maximum": 20, "description": "How many films (5).",
                ],
            ],
            ["wish"],
            readOnly: false
        ),
        tool(.why, "Tell why a film of the latest list was recommended.", ["film": film], ["film"]),
        tool(
            .feedback,
            "Remember what the person thinks of a film.",
            ["film": film, "stance": ["type": "string", "enum": ["liked", "disliked", "seen"]]],
            ["film", "stance"],
            readOnly: false
        ),
        tool(.taste, "Tell what is known of the person's taste.", [:], []),
        tool(
            .find_film,
            "Find films by words of their titles.",
            ["title": text("Words of the title.")],
            ["title"]
        ),
    ]

    private static let film = text("A number of the latest list, an id, or a title with or without its year.")

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    private static func tool(
        _ name: Name,
        _ description: String,
        _ properties: [String: JSONValue],
        _ required: [String],
        readOnly: Bool = true
    ) -> JSONValue {
        let schema: JSONValue = [
            "type": "object", "properties": .object(properties),
            "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
        return [
            "name": .string(name.rawValue), "description": .string(description), "inputSchema": schema,
            "annotations": [
                "readOnlyHint": .bool(readOnly), "destructiveHint": false, "openWorldHint": false,
            ],
        ]
    }

    /// What a tool says, in words and in data.
    /// - Throws: ``Problem`` that says what to do.
    func call(_ name: Name, _ arguments: JSONValue) async throws -> (text: String, data: JSONValue) {
        switch name {
        case .recommend: try await recommend(arguments)
        case .why: try why(film(arguments))
        case .feedback: try feedback(film(arguments), arguments["stance"]?.string ?? "")
        case .taste: try await taste()
        case .find_film: try find(argument("title", arguments))
        }
    }

    private func argument(_ name: String, _ arguments: JSONValue) throws -> String {
        guard let value = arguments[name]?.string else { throw Problem.bad("“\(name)” is missing.") }
        return value
    }

    private func recommend(_ arguments: JSONValue) async throws -> (String, JSONValue) {
        let limit = arguments["limit"]?.number.flatMap { Int(exactly: $0) } ?? engine.limit
        guard (1...20).contains(limit) else { throw Problem.bad("“limit” must be from 1 to 20.") }
        let wish = try Wish(message: argument("wish", arguments), conversation: sitting, limit: limit)
        let answer = try await context.desk.answer(wish, of: context.user, by: engine)
        let list = answer.turn.list(isMarkdown: false)
        return try (
            [answer.turn.reply, list].filter { !$0.isEmpty }.joined(separator: "\n\n"),
            [
                "reply": .string(answer.turn.reply), "picks": value(answer.turn.picks),
                "understood": value(answer.understood),
            ]
        )
    }

    private func value(_ value: some Encodable) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: JSON.data(value))
    }

    private var latest: Turn? {
        context.desk.sittings.found(sitting, of: context.user)?.now.exchanges
            .last { $0.hasFilms && !$0.isUndone }?.turn
    }

    /// The film that an argument means.
    private func film(_ arguments: JSONValue) throws -> Movie {
        let name = try arguments["film"]?.number.map { "\(Int($0.rounded()))" } ?? argument("film", arguments)
        let pick = latest?.picks.first { $0.rank == Int(name) }
        let movie =
            pick.flatMap { engine.recommender.movie(id: $0.id) } ?? engine.recommender.movie(id: name)
            ?? engine.recommender.interpreter.movie(titled: name)
        guard let movie else {
            throw Problem(
                .notFound,
                "unknown-film",
                "No film is called so, and no number of the list. find_film looks for titles."
            )
        }
        return movie
    }

    private func why(_ movie: Movie) throws -> (String, JSONValue) {
        guard let pick = latest?.picks.first(where: { $0.id == movie.id }) else {
            throw Problem(.notFound, "not-listed", "\(movie.label) is not in the latest list.")
        }
        return try ("\(movie.label), number \(pick.rank): \(pick.reason)", value(pick))
    }

    private func feedback(_ movie: Movie, _ stance: String) throws -> (String, JSONValue) {
        guard let stance = Stance(rawValue: stance), stance != .mentioned else {
            throw Problem.bad("“stance” must be liked, disliked or seen.")
        }
        try engine.recommender.feedback(stance, on: movie, from: context.user)
        let data: JSONValue = ["film": .string(movie.id), "stance": .string(stance.rawValue)]
        return ("Noted: \(movie.label), \(stance.rawValue).", data)
    }

    private func taste() async throws -> (String, JSONValue) {
        let summary = try engine.recommender.tasteSummary(of: context.user)
        let said = (summary?.said ?? [:]).map {
            ($0.key.rawValue, JSONValue.array($0.value.map(JSONValue.string)))
        }
        let data: JSONValue = [
            "keywords": .array((summary?.keywords ?? []).map(JSONValue.string)),
            "nearest": .array((summary?.nearest ?? []).map(JSONValue.string)),
            "said": .object(Dictionary(said, uniquingKeysWith: { $1 })),
        ]
        guard let summary else { return ("Nothing is known of this person's taste yet.", data) }
        let parts =
            [("Moods and themes", summary.keywords), ("Films nearest to it", summary.nearest)]
            + Stance.allCases.map { ($0.rawValue.capitalized, summary.said[$0] ?? []) }
        return (
            parts.filter { !$0.1.isEmpty }.map { "\($0): \($1.joined(separator: ", "))." }.joined(
                separator: "\n"
            ), data
        )
    }

    private func find(_ title: String) throws -> (String, JSONValue) {
        let found = engine.recommender.artifacts.catalog.search(String(title.prefix(1_000)), limit: 20)
        let text = found.map { "\($0.label), id \($0.id)" }.joined(separator: "\n")
        return try (found.isEmpty ? "No title has these words." : text, ["films": value(found)])
    }
}
