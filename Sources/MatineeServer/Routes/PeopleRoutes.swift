import Foundation
import HTTPTypes
import Hummingbird
import Matinee

// Who is there: the session of a browser, and the users.
extension Routes {
    private struct Session: Encodable {
        var user: String?
        var owner: Bool
        /// Whether one must sign in with a token.
        var token_required: Bool
        var remembers_words: Bool?
        var films: Int?
        /// Whether there are real posters, from TMDB.
        var posters: Bool?
    }

    private struct Token: Codable { var token: String }
    private struct NewUser: Decodable { var user: String }
    private struct MadeUser: Encodable {
        var user: String
        var token: String
    }

    var people: [Route] {
        [
            Route(method: .get, path: "/v1/session", access: .anybody) { request, _ in
                try .json(session(try? parts.doorman.admit(request, to: .user)))
            },
            Route(method: .post, path: "/v1/session", access: .anybody, body: .json) { request, context in
                try await signIn(request, context)
            },
            Route(method: .delete, path: "/v1/session", access: .anybody) { _, _ in
                var response = Response(status: .noContent)
                response.setCookie(cookie("", maxAge: 0, request: nil))
                return response
            },
            route(.get, "/v1/users", .owner) { _, _, engine in try .json(engine.store.users()) },
            Route(method: .post, path: "/v1/users", access: .owner, body: .json) { request, _ in
                let name = try await userName(body(NewUser.self, of: request).user)
                return try .json(MadeUser(user: name, token: parts.doorman.tokens.token(for: name)), .created)
            },
        ]
    }

    private func session(_ identity: Identity?) -> Session {
        let engine = try? parts.loading.engine()
        return Session(
            user: identity?.user,
            owner: identity?.isOwner ?? false,
            token_required: parts.settings.requiresToken,
            remembers_words: engine?.store.remembersWords,
            films: engine?.recommender.artifacts.catalog.count,
            posters: engine.map { $0.poster != nil }
        )
    }

    private func signIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        if let seconds = parts.gate.others.wait(["sign in from \(context.address)"]) {
            throw Problem(.tooManyRequests, "too-fast", "Wait \(seconds) s.", retryAfter: seconds)
        }
        let token = try await body(Token.self, of: request).token
        guard let identity = parts.doorman.identity(of: token) else {
            throw Problem(
                .unauthorized,
                "token",
                "The token is not valid.",
                headers: [.wwwAuthenticate: "Bearer"]
            )
        }
        var response = try Response.json(session(identity))
        response.setCookie(cookie(token, maxAge: 31_536_000, request: request))
        return response
    }

    /// Pages cannot read the cookie, and other pages' requests do not carry it.
    private func cookie(_ token: String, maxAge: Int, request: Request?) -> Cookie {
        Cookie(
            name: Doorman.cookie,
            value: token,
            maxAge: maxAge,
            path: "/",
            secure: request?.headers[.origin]?.hasPrefix("https://") ?? false,
            httpOnly: true,
            sameSite: .strict
        )
    }
}
