import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A request's context: its connection, and who sends it.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var identity: Identity?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The address that the request comes from.
    var address: String { channel.remoteAddress?.ipAddress ?? "unknown" }

    /// The `id` in the path.
    var id: String {
        get throws {
            let id = try parameters.require("id")
            return id.removingPercentEncoding ?? id
        }
    }

    /// Who sends the request, on routes that users alone may use.
    var user: Identity {
        get throws {
            guard let identity else { throw Problem(.unauthorized, "token", "A token is needed.") }
            return identity
        }
    }
}

/// What surrounds every route: names and origins are checked, errors become problems, headers protect the page, and
/// all is counted.
struct Shell: RouterMiddleware {
    let hosts: HostPolicy
    let metrics: Metrics
    let logger: Logger

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            try hosts.check(request)
            response = try await next(request, context)
        } catch {
            response = problem(error, context)
        }
        for field in Self.headers where !response.headers.contains(field.name) {
            response.headers[field.name] = field.value
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let route = context.endpointPath ?? "none"
        metrics.answered(method(request), route, response.status.code, seconds: seconds)
        return response
    }

    private func problem(_ error: any Error, _ context: ServerContext) -> Response {
        let problem = Problem(error)
        if problem.status.code == 500 { logger.error("\(error)") }
        if problem.status == .contentTooLarge { closeSoon(context.channel) }
        return problem.response
    }

    /// Ends a connection whose request is too long to be read to its end.
    private func closeSoon(_ channel: any Channel) {
        channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }

    /// The method, where it is one that the server knows: counts must not grow with what is sent.
    private func method(_ request: Request) -> String {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        return known.contains(request.method) ? request.method.rawValue : "other"
    }

    /// Nothing but what the server itself has is loaded or run, and nobody else's page may show or read it.
    private static let headers: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .cacheControl: "no-store",
        named("Referrer-Policy"): "no-referrer",
        named("Cross-Origin-Resource-Policy"): "same-origin",
        named("Cross-Origin-Opener-Policy"): "same-origin",
        named("Permissions-Policy"): "camera=(), microphone=(), geolocation=()",
    ]

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header's name") }
        return name
    }
}
