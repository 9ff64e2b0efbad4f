import Foundation
import HTTPTypes
import Hummingbird
import Matinee

// The conversation.
extension Routes {
    private struct Message: Decodable {
        var message: String?
        var conversation: String?
        var user: String?
        var liked: [String]?
        var limit: Int?
        var stream: Bool?
        /// Answers the latest message again, without these parts.
        var without: [String]?
        /// Who watches too: their tokens, or of the server's owner their names.
        var together: [String]?
    }

    private struct Recommendation: Decodable {
        var message: String?
        var user: String?
        var liked: [String]?
        var limit: Int?
    }

    private struct Place: Decodable {
        var conversation: String?
        var user: String?
    }

    private struct Undo: Encodable {
        var undone: Bool
        var turn: Int?
        var films: [String]?
        var reply: String
    }

    private struct Line: Encodable {
        var message: String
        var undone: Bool
        var answer: Answer
    }

    private struct Sheet: Encodable {
        var conversation: String
        var messages: [Line]
    }

    var talk: [Route] {
        [
            route(.post, "/v1/chat", body: .json, isTurn: true) { request, context, engine in
                try await chat(request, context, engine)
            },
            route(.post, "/v1/recommendations", body: .json, isTurn: true) { request, context, engine in
                try await recommend(request, context, engine)
            },
            route(.post, "/v1/undo", body: .json) { request, context, engine in
                try await undo(request, context, engine)
            },
            route(.get, "/v1/conversations/{id}") { _, context, _ in
                let id = try context.id
                let sitting = try parts.sittings.found(id, of: context.user.user)
                return try .json(sheet(id, sitting?.now ?? Sitting.State()))
            },
            route(.delete, "/v1/conversations/{id}") { _, context, _ in
                try parts.sittings.forget(context.id, of: context.user.user)
                return Response(status: .noContent)
            },
        ]
    }

    private func chat(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws -> Response
    {
        let said = try await body(Message.self, of: request), user = try context.user
        try said.user.map { try parts.doorman.check($0, user) }
        let wish = try wish(said, of: user, engine)
        if said.stream ?? accepts(request, "text/event-stream") {
            return stream(wish, user.user, context, engine)
        }
        return try await context.channel.watching {
            try await .json(parts.desk.answer(wish, of: user.user, by: engine) { count($0) })
        }
    }

    private func wish(_ said: Message, of user: Identity, _ engine: Engine) throws -> Wish {
        if said.without == nil, said.message == nil { throw Problem.bad("The body lacks “message”.") }
        let id = said.conversation ?? UUID().uuidString.lowercased()
        guard (1...100).contains(id.utf8.count),
            id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        else { throw Problem.bad("“conversation” must be 1 to 100 letters, digits, - and _.") }
        return try Wish(
            message: said.message ?? "",
            conversation: id,
            liked: movies(said.liked, engine),
            limit: limit(said.limit, engine),
            companions: companions(said.together ?? [], of: user),
            without: said.without.map { Set($0.prefix(100)) }
        )
    }

    /// The users who watch beside one.
    private func companions(_ together: [String], of user: Identity) throws -> [String] {
        guard together.count <= 7 else { throw Problem.bad("“together” may have 7 people.") }
        let names = try together.map { try parts.doorman.companion($0, of: user) }
        return names.enumerated().filter { $1 != user.user && !names.prefix($0).contains($1) }.map(\.element)
    }

    func movies(_ ids: [String]?, _ engine: Engine) throws -> [Movie] {
        guard (ids ?? []).count <= 100 else { throw Problem.bad("“liked” may have 100 films.") }
        return try (ids ?? []).map { try movie($0, engine) }
    }

    func limit(_ limit: Int?, _ engine: Engine) throws -> Int {
        let limit = limit ?? engine.limit
        guard (1...100).contains(limit) else { throw Problem.bad("“limit” must be from 1 to 100.") }
        return limit
    }

    private func accepts(_ request: Request, _ type: String) -> Bool {
        request.headers[.accept]?.contains(type) ?? false
    }

    private func stream(_ wish: Wish, _ user: String, _ context: ServerContext, _ engine: Engine) -> Response
    {
        let stream = EventStream(
            channel: context.channel,
            metrics: parts.metrics,
            patience: parts.settings.patience
        )
        return stream.response { sender in
            let answer = try await parts.desk.answer(wish, of: user, by: engine) { event in
                count(event)
                if let (name, data) = try? event.named(in: wish.conversation) { sender.send(name, data) }
            }
            try sender.send("done", JSON.data(answer))
        }
    }

    /// Counts what a turn survived.
    func count(_ event: TurnEvent) {
        if case .fallback(let fallback) = event { parts.metrics.fallback(fallback) }
    }

    private func recommend(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws
        -> Response
    {
        let said = try await body(Recommendation.self, of: request)
        try said.user.map { try parts.doorman.check($0, context.user) }
        let (liked, limit) = try (movies(said.liked, engine), limit(said.limit, engine))
        return try await context.channel.watching {
            try await parts.desk.working {
                try await .json(
                    engine.recommender.turn(said.message ?? "", liked: liked, limit: limit) { count($0) }
                )
            }
        }
    }

    private func undo(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws -> Response
    {
        let place = try await body(Place.self, of: request), user = try context.user
        try place.user.map { try parts.doorman.check($0, user) }
        let sitting = place.conversation.flatMap { parts.sittings.found($0, of: user.user) }
        let undone = try engine.store.undo(user.user)
        let reply = engine.recommender.told(undone)
        switch undone {
        case .turn(let number)?:
            if sitting?.now.exchanges.last(where: { $0.hasFilms && !$0.isUndone })?.turn.turn == number {
                sitting?.takeBack(keeping: true)
            }
            return try .json(Undo(undone: true, turn: number, reply: reply))
        case .feedback(let films)?: return try .json(Undo(undone: true, films: films, reply: reply))
        case .history?: return try .json(Undo(undone: true, reply: reply))
        case nil: return try .json(Undo(undone: false, reply: reply))
        }
    }

    private func sheet(_ id: String, _ state: Sitting.State) -> Sheet {
        Sheet(
            conversation: id,
            messages: state.exchanges.map { exchange in
                let answer = Answer(conversation: id, turn: exchange.turn, understood: exchange.understood)
                return Line(message: exchange.message, undone: exchange.isUndone, answer: answer)
            }
        )
    }
}

extension TurnEvent {
    private struct UnderstoodRequest: Encodable {
        var request: Matinee.Request
        var understood: [Understood]
        var conversation: String

        private enum CodingKeys: String, CodingKey { case understood, conversation }

        func encode(to encoder: any Encoder) throws {
            try request.encode(to: encoder)
            var row = encoder.container(keyedBy: CodingKeys.self)
            try row.encode(understood, forKey: .understood)
            try row.encode(conversation, forKey: .conversation)
        }
    }

    /// The event's name and data, as they are streamed.
    func named(in conversation: String) throws -> (name: String, data: Data) {
        switch self {
        case .request(let request):
            let understood = request.act.isAnswered ? [] : request.understood
            let data = UnderstoodRequest(request: request, understood: understood, conversation: conversation)
            return try ("request", JSON.data(data))
        case .candidates(let candidates): return try ("candidates", JSON.data(candidates))
        case .picks(let picks): return try ("picks", JSON.data(picks))
        case .text(let text): return try ("text", JSON.data(["text": text]))
        case .reason(let rank, let text):
            return try ("reason", JSON.data(ReasonPiece(rank: rank, text: text)))
        case .fallback(let fallback): return try ("fallback", JSON.data(fallback))
        }
    }
}

/// A further piece of the reason of a pick.
private struct ReasonPiece: Encodable {
    var rank: Int
    var text: String
}
