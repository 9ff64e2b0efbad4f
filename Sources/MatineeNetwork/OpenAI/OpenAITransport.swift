import AsyncHTTPClient
import Foundation
import Matinee
import NIOCore
import NIOHTTP1

/// Sends requests to a server, again where that may help, and says in the API's words what went wrong.
final class OpenAITransport: Sendable {
    let server: OpenAIServer
    let redaction: Redaction
    private let client: HTTPClient
    private let backoff: Backoff
    private let pace: Pace

    /// How often a failed request is made again, as openai-python does.
    static let repeats = 2
    /// How much of a refusal is read.
    private static let longestRefusal = 64 << 10

    init(_ server: OpenAIServer, backoff: Backoff = Backoff(), time: Pace.Time = .real) {
        self.server = server
        self.backoff = backoff
        redaction = Redaction(server.secrets)
        pace = Pace(perSecond: 1_000, time: time)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(server.timeouts.connect))
        )
        // One request a connection, so that ending it ends the request.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(configuration: configuration)
    }

    deinit { client.shutdown { _ in } }

    /// The answer to a request, with a status of success; its body may still be on its way.
    ///
    /// - Parameters:
    ///   - path: behind the server's address.
    ///   - body: to be posted; `nil` gets.
    ///   - type: what the body is.
    ///   - repeats: how often the request is made again where it failed.
    /// - Throws: ``Rejection`` for another status, ``LanguageModelError``, `CancellationError`.
    func response(
        _ path: String,
        posting body: Data? = nil,
        as type: String = "application/json",
        repeats: Int = OpenAITransport.repeats
    ) async throws -> HTTPClientResponse {
        var failures = 0
        while true {
            try await pace.turn()
            let trouble: any Error
            do {
                let response = try await answer(server.base + path, body, type)
                let limits = RateLimits(headers: response.headers)
                if let rest = limits.rest { await pace.rest(rest) }
                let status = Int(response.status.code)
                if 200..<300 ~= status { return response }
                let rejection = await rejection(response)
                guard failures < repeats, limits.shouldRetry(status), !rejection.namesField else {
                    throw rejection
                }
                failures += 1
                if let delay = limits.retryDelay() {
                    await pace.rest(delay)
                    continue
                }
                trouble = rejection
            } catch let error as Rejection { throw error } catch {
                trouble = translated(error, while: .asking)
                guard failures < repeats, isPassing(trouble, error) else { throw trouble }
                failures += 1
            }
            try await backoff.wait(after: failures)
        }
    }

    private func answer(_ address: String, _ body: Data?, _ type: String, redirects: Int = 3) async throws
        -> HTTPClientResponse
    {
        var request = HTTPClientRequest(url: address)
        request.headers = server.headers
        request.headers.replaceOrAdd(name: "User-Agent", value: "matinee")
        request.headers.replaceOrAdd(name: "Accept", value: "application/json, text/event-stream")
        if let key = server.key {
            request.headers.replaceOrAdd(name: "Authorization", value: "Bearer \(key.text)")
        }
        if let body {
            request.method = .POST
            request.headers.replaceOrAdd(name: "Content-Type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await client.execute(request, deadline: .distantFuture)
        guard redirects > 0, 300..<400 ~= response.status.code,
            let place = response.headers.first(name: "Location")
        else { return response }
        return try await answer(
            target(place, from: address, response.status),
            body,
            type,
            redirects: redirects - 1
        )
    }

    /// Where a redirect leads, which must be the same server, and must not turn a question into another.
    private func target(_ place: String, from address: String, _ status: HTTPResponseStatus) throws -> String
    {
        guard let here = URL(string: address), let next = URL(string: place, relativeTo: here)?.absoluteURL
        else {
            throw LanguageModelError.unreadable("it redirects to nowhere")
        }
        let isSame = next.scheme == here.scheme && next.host() == here.host() && next.port == here.port
        guard isSame, [307, 308].contains(status.code) else {
            let words = redaction(printable(next.host() ?? "nowhere"))
            throw Rejection(
                status: Int(status.code),
                ServerError(
                    message: "it redirects to \(words), where nothing is sent; name the address itself"
                ),
                redaction
            )
        }
        return next.absoluteString
    }

    private func rejection(_ response: HTTPClientResponse) async -> Rejection {
        let body = try? await response.body.collect(upTo: Self.longestRefusal)
        let error = body.map { ServerError.read(Data($0.readableBytesView)) } ?? ServerError(message: "")
        return Rejection(status: Int(response.status.code), error, redaction)
    }

    /// Whether trouble with the network may be over the next time. A port where nobody listens, or a machine that does not
    /// answer, stays so.
    private func isPassing(_ trouble: any Error, _ error: any Error) -> Bool {
        guard case LanguageModelError.unreachable = trouble else { return false }
        return !isRefused(error) && error as? HTTPClientError != .connectTimeout
    }

    private func isRefused(_ error: any Error) -> Bool { "\(error)".lowercased().contains("refused") }

    enum Phase { case asking, reading }

    /// What the network says, in this API's words.
    func translated(_ error: any Error, while phase: Phase) -> any Error {
        if Task.isCancelled { return CancellationError() }
        switch error {
        case is LanguageModelError, is CancellationError, is Rejection: return error
        case is NIOTooManyBytesError: return LanguageModelError.unreadable("it is too long")
        default: break
        }
        switch error as? HTTPClientError {
        case .connectTimeout?:
            return LanguageModelError.unreachable("\(server.place) does not answer")
        case .deadlineExceeded?, .readTimeout?: return LanguageModelError.timedOut
        case .cancelled?: return CancellationError()
        default: break
        }
        if case .reading = phase { return LanguageModelError.cutOff }
        if isRefused(error) {
            return LanguageModelError.unreachable("nothing answers at \(server.place)")
        }
        if case .remoteConnectionClosed? = error as? HTTPClientError {
            return LanguageModelError.unreachable("\(server.place) closed the connection")
        }
        let words = redaction(printable("\(error)"))
        return LanguageModelError.unreachable("\(server.place): \(words.prefix(200))")
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        self = .nanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
        )
    }
}
