import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Makes GET requests; follows redirects, but never from HTTPS down to HTTP.
struct WebClient: Sendable {
    private let client: HTTPClient

    /// Lends a client that is shut down afterwards.
    static func with<Result>(_ body: (WebClient) async throws -> Result) async throws -> Result {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: .seconds(30))
        )
        configuration.httpVersion = .http1Only
        // Whoever calls decides how long to go on; the pool would try for the whole time of a connection.
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(WebClient(client: client))
        }
    }

    /// Asks for a page.
    /// - Parameters:
    ///   - time: for how long the whole answer may take, its body included.
    ///   - redirects: how many redirects are followed; one more is given back as it is.
    /// - Throws: ``WebError`` for a redirect that may not be followed, and what the network gives.
    func get(
        _ address: String,
        headers: HTTPHeaders = [:],
        within time: TimeAmount = .hours(2),
        redirects: Int = 5
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address)
        request.headers = headers
        request.headers.replaceOrAdd(name: "User-Agent", value: "matinee")
        let response = try await client.execute(request, timeout: time)
        guard redirects > 0, [301, 302, 303, 307, 308].contains(response.status.code),
            let place = response.headers.first(name: "Location"),
            let here = URL(string: address), let next = URL(string: place, relativeTo: here)
        else { return response }
        guard next.scheme == "https" || next.scheme == "http" && here.scheme == "http" else {
            throw WebError.unsafeRedirect
        }
        let isSameHost = next.host() == here.host() && next.port == here.port && next.scheme == here.scheme
        if !isSameHost { request.headers.remove(name: "Authorization") }
        return try await get(
            next.absoluteString,
            headers: request.headers,
            within: time,
            redirects: redirects - 1
        )
    }
}

/// What a server may not ask of a client.
enum WebError: Error, CustomStringConvertible {
    case unsafeRedirect

    var description: String { "it redirects to an address without encryption" }
}

/// Whether a status says that the same request may succeed later.
func isPassing(_ status: UInt) -> Bool { status == 408 || status == 429 || status >= 500 }
