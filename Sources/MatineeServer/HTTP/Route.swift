import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// One thing that can be asked of the server. The list of all is ``Routes/all``; the OpenAPI file describes the same.
struct Route: Sendable {
    /// What a request's body must be.
    enum Body: Sendable {
        case none
        case json
        case upload
    }

    var method: HTTPRequest.Method
    /// With parameters in braces.
    var path: String
    var access: Access
    var body = Body.none
    /// Whether it counts as a turn for the rate at which a user may ask.
    var isTurn = false
    var handle: @Sendable (Request, ServerContext) async throws -> Response
}

/// Lets requests to a route, once they are known to be allowed.
struct Gate: Sendable {
    let doorman: Doorman
    let turns: RateLimiter
    let others: RateLimiter
    let metrics: Metrics

    func handle(_ route: Route, _ request: Request, _ context: ServerContext) async throws -> Response {
        do { return try await answer(route, request, context) } catch {
            guard route.access == .assistant else { throw error }
            var problem = Problem(error)
            problem.isForAssistants = true
            throw problem
        }
    }

    private func answer(_ route: Route, _ request: Request, _ context: ServerContext) async throws -> Response
    {
        var context = context
        context.identity = try doorman.admit(request, to: route.access)
        try limit(route, context)
        try checkType(route, request)
        return try await route.handle(request, context)
    }

    private func limit(_ route: Route, _ context: ServerContext) throws {
        guard route.access != .anybody else { return }
        let keys = ["from \(context.address)"] + (context.identity.map { ["by \($0.user)"] } ?? [])
        guard let seconds = (route.isTurn ? turns : others).wait(keys) else { return }
        metrics.count(.limited)
        throw Problem(
            .tooManyRequests,
            "too-fast",
            "Requests come too fast. Wait \(seconds) s.",
            retryAfter: seconds
        )
    }

    /// A page of another origin can send forms and text, but no JSON, without asking first.
    private func checkType(_ route: Route, _ request: Request) throws {
        let type = request.mediaType
        switch route.body {
        case .none: return
        case .json where type == "application/json": return
        case .upload where ["application/zip", "text/csv", "application/json"].contains(type): return
        case .json:
            throw Problem(.unsupportedMediaType, "type", "The body must be of type application/json.")
        case .upload:
            throw Problem(
                .unsupportedMediaType,
                "type",
                "The body must be a file of type application/zip, text/csv or application/json."
            )
        }
    }
}

extension Request {
    /// The type of the body, without parameters, in lower case.
    var mediaType: String? {
        headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The whole body.
    /// - Throws: ``Problem`` 413, or 408 where it does not come in time.
    func bytes(upTo limit: Int, within time: Duration = .seconds(30)) async throws -> Data {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit)
        }
        return try await withThrowingTaskGroup(of: Data.self) { group in
            group.addTask {
                do {
                    return try await Data(body.collect(upTo: limit).readableBytesView)
                } catch is NIOTooManyBytesError {
                    throw Problem.tooLarge(limit)
                }
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw Problem(.requestTimeout, "slow-body", "The body of the request did not come in time.")
            }
            defer { group.cancelAll() }
            guard let data = try await group.next() else { throw CancellationError() }
            return data
        }
    }

    /// A number of the query.
    /// - Throws: ``Problem`` 400 where it is none or out of range.
    func number(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws -> Int {
        guard let text = uri.queryParameters[Substring(name)] else { return standard }
        guard let value = Int(text), range.contains(value) else {
            throw Problem.bad(
                "“\(name)” must be a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return value
    }
}
