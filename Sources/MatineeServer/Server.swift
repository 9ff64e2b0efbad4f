import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Matinee over HTTP: the page, the JSON API, and the doors for assistants.
public struct MatineeServer: Sendable {
    private let settings: ServerSettings
    private let parts: ServerParts
    private let logger: Logger

    /// - Parameters:
    ///   - tokens: who users are.
    public init(settings: ServerSettings, tokens: Tokens) {
        self.settings = settings
        logger = Logger(label: "matinee") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .warning
            return handler
        }
        parts = ServerParts(settings: settings, tokens: tokens)
    }

    /// Listens, answers, and stops at SIGTERM and SIGINT: no new requests are taken, and turns have
    /// ``ServerSettings/grace`` to end.
    ///
    /// - Parameters:
    ///   - stopsAtSignals: whether the signals are heeded; otherwise the task's cancellation alone stops the server.
    ///   - onListening: is told the port, before anything is loaded.
    ///   - load: makes the engine, and says what is missing while it does.
    /// - Throws: ``ServerError`` where the address cannot be listened on, or what `load` throws.
    public func run(
        stopsAtSignals: Bool = true,
        onListening: @escaping @Sendable (Int) -> Void = { _ in },
        load: @escaping @Sendable (_ report: @escaping @Sendable (String) -> Void) async throws -> Engine
    ) async throws {
        let listening = AsyncStream.makeStream(of: Void.self)
        let app = application { port in
            onListening(port)
            listening.continuation.finish()
        }
        let loader = Loader(loading: parts.loading, started: listening.stream, load: load)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: app), .init(service: loader)],
            gracefulShutdownSignals: stopsAtSignals ? [.sigterm, .sigint] : [],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = settings.grace
        do { try await ServiceGroup(configuration: configuration).run() } catch let error as IOError {
            throw ServerError.address(settings.host, settings.port, isTaken: error.errnoCode == EADDRINUSE)
        }
    }

    private func application(_ onListening: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [Departure()],
            idleTimeout: .seconds(60),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8_192,
                maxHeaderListSize: 16_384,
                maxHeaderFieldCount: 100
            )
        )
        let host = settings.host == "localhost" ? "127.0.0.1" : settings.host
        return Application(
            router: router(),
            server: .http1(configuration: http),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: settings.port),
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)
            ),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    private func router() -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Shell(hosts: HostPolicy(settings), metrics: parts.metrics, logger: logger))
        let routes = Routes(parts: parts).all
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await parts.gate.handle(route, request, context)
            }
        }
        for (path, routes) in Dictionary(grouping: routes, by: \.path) { refuseOthers(router, path, routes) }
        return router
    }

    /// Methods that a path does not have are refused with those that it has.
    private func refuseOthers(_ router: Router<ServerContext>, _ path: String, _ routes: [Route]) {
        let methods = routes.map(\.method) + (routes.contains { $0.method == .get } ? [.head] : [])
        let names = methods.map(\.rawValue).sorted().joined(separator: ", ")
        for method in [.get, .head, .post, .put, .patch, .delete, .options] as [HTTPRequest.Method]
        where !methods.contains(method) {
            router.on(RouterPath(path), method: method) { (_, _) -> Response in
                throw Problem(
                    .methodNotAllowed,
                    "method",
                    "This path takes \(names) alone.",
                    headers: [.allow: names]
                )
            }
        }
    }
}

/// Makes the engine beside the server that waits for it.
private struct Loader: Service {
    let loading: Loading
    let started: AsyncStream<Void>
    let load: @Sendable (_ report: @escaping @Sendable (String) -> Void) async throws -> Engine

    func run() async throws {
        for await _ in started {}
        do {
            try await cancelWhenGracefulShutdown { try await loading.finish(load { loading.report($0) }) }
        } catch is CancellationError where Task.isShuttingDownGracefully { return }
        try? await gracefulShutdown()
    }
}

/// Why the server cannot be.
public enum ServerError: Error, CustomStringConvertible {
    case address(String, Int, isTaken: Bool)

    public var description: String {
        switch self {
        case .address(let host, let port, isTaken: true):
            "Another program listens on \(host):\(port). Choose another port with --port."
        case .address(let host, let port, isTaken: false):
            "The address \(host):\(port) cannot be listened on. Choose an address of this machine with --host, and a port that you may use with --port."
        }
    }
}
