import Foundation
import HTTPTypes
import Hummingbird
import Matinee

// What is known of a user.
extension Routes {
    private struct Feedback: Decodable {
        var film: String
        var stance: Stance
        var user: String?
    }

    private struct Noted: Encodable {
        var film: String
        var stance: Stance
    }

    private struct PastTurn: Encodable {
        var created: String
        var turn: Turn

        private enum CodingKeys: String, CodingKey { case created }

        func encode(to encoder: any Encoder) throws {
            try turn.brief.encode(to: encoder)
            var row = encoder.container(keyedBy: CodingKeys.self)
            try row.encode(created, forKey: .created)
        }
    }

    private struct History: Encodable {
        var turns: [PastTurn]
        /// What to give as `before` for the turns before these; `nil` at the end.
        var before: Int?
    }

    var taste: [Route] {
        [
            route(.post, "/v1/feedback", body: .json) { request, context, engine in
                try await feedback(request, context, engine)
            },
            route(.get, "/v1/taste") { _, context, engine in
                let user = try context.user.user
                return try await .json(TastePortrait(of: user, by: engine, on: parts.atlas))
            },
            route(.get, "/v1/taste/export") { _, context, engine in
                var response = try Response.json(export(context.user.user, engine))
                response.headers[.contentDisposition] = "attachment; filename=\"matinee-export.json\""
                return response
            },
            route(.delete, "/v1/taste") { _, context, engine in
                let user = try context.user.user
                parts.sittings.forget(of: user)
                do { try engine.store.forget(user) } catch StoreError.unknownUser {}
                return Response(status: .noContent)
            },
            route(.get, "/v1/history") { request, context, engine in
                try history(request, context.user.user, engine)
            },
        ]
    }

    private func feedback(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws
        -> Response
    {
        let said = try await body(Feedback.self, of: request), user = try context.user
        try said.user.map { try parts.doorman.check($0, user) }
        guard said.stance != .mentioned else {
            throw Problem.bad("“stance” must be liked, disliked or seen.")
        }
        try engine.recommender.feedback(said.stance, on: movie(said.film, engine), from: user.user)
        return try .json(Noted(film: said.film, stance: said.stance))
    }

    /// Everything that is known of a user; of an unknown one, nothing.
    private func export(_ user: String, _ engine: Engine) throws -> UserExport {
        do { return try engine.store.export(user) } catch StoreError.unknownUser {
            return UserExport(user: user, tastes: [:], feedback: [:], turns: [])
        }
    }

    private func history(_ request: Request, _ user: String, _ engine: Engine) throws -> Response {
        let limit = try request.number("limit", in: 1...100, default: 20)
        let before = try request.number("before", in: 1...Int.max, default: Int.max)
        let turns = try engine.store.turns(of: user, before: before == .max ? nil : before, limit: limit)
        return try .json(
            History(
                turns: turns.map { PastTurn(created: $0.created, turn: $0.record) },
                before: turns.count < limit ? nil : turns.last?.record.turn
            )
        )
    }
}
