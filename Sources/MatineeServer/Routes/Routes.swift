import Foundation
import HTTPTypes
import Hummingbird
import Matinee

/// Everything that can be asked of the server.
struct Routes: Sendable {
    let parts: ServerParts

    var all: [Route] {
        page + state + people + talk + taste + imports + films + assistants
    }

    /// A route that needs the engine.
    func route(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access = .user,
        body: Route.Body = .none,
        isTurn: Bool = false,
        _ handle: @escaping @Sendable (Request, ServerContext, Engine) async throws -> Response
    ) -> Route {
        Route(method: method, path: path, access: access, body: body, isTurn: isTurn) { request, context in
            try await handle(request, context, parts.loading.engine())
        }
    }

    /// The body of a request, read as JSON.
    func body<Value: Decodable>(_ type: Value.Type, of request: Request) async throws -> Value {
        try await JSON.value(type, from: request.bytes(upTo: parts.settings.longestBody))
    }

    /// The movie of that id.
    /// - Throws: ``Problem`` 404.
    func movie(_ id: String, _ engine: Engine) throws -> Movie {
        guard let movie = engine.recommender.movie(id: id) else {
            throw Problem(
                .notFound,
                "unknown-film",
                "The catalogue has no film of this id. /v1/films?query= finds titles."
            )
        }
        return movie
    }
}

// What says how the server is.
extension Routes {
    var state: [Route] {
        [
            Route(method: .get, path: "/health", access: .anybody) { _, _ in
                try .json(["status": "ok"])
            },
            Route(method: .get, path: "/ready", access: .anybody) { _, _ in
                _ = try parts.loading.engine()
                return try .json(["status": "ready"])
            },
            Route(method: .get, path: "/metrics", access: .owner) { _, _ in
                let text = parts.metrics.text(
                    waiting: parts.desk.line.length,
                    sittings: parts.sittings.count,
                    isReady: parts.loading.missing == nil
                )
                return .data(Data(text.utf8), "text/plain; version=0.0.4; charset=utf-8")
            },
        ]
    }
}

extension MatineeServer {
    /// Every method and path, for checking the API's description.
    package static var operations: [String] {
        let parts = ServerParts(settings: ServerSettings(), tokens: Tokens())
        return Routes(parts: parts).all.map { "\($0.method.rawValue) \($0.path)" }
    }
}
