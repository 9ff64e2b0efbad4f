import AsyncHTTPClient
import Foundation
import Matinee
import NIOCore
import NIOHTTP1

/// Fetches feeds from addresses that somebody gave, so carefully that they cannot lead into a private network.
///
/// Only HTTP and HTTPS; the host's addresses are looked up once, must all be public, and the connection goes to one of
/// those that were checked, at every redirect anew. Size and time are bounded.
package struct FeedFetcher: Sendable {
    /// Bytes that a feed may have.
    package static let largest = 8 << 20
    static let mostRedirects = 5

    /// Who is asking, as servers are told.
    static let agent = "matinee/0.1 (film recommender; fetches feeds its user names)"

    /// What a server said of a feed, to ask for it only where it has changed.
    package struct Version: Sendable, Equatable, Codable {
        package var tag: String?
        package var modified: String?

        package init(tag: String? = nil, modified: String? = nil) {
            (self.tag, self.modified) = (tag, modified)
        }
    }

    /// What came of a request.
    package enum Answer: Sendable, Equatable {
        case feed([UInt8], Version)
        /// The feed is as it was at the version given.
        case unchanged
    }

    private let allowsPrivate: Bool
    private let time: TimeAmount
    private let resolve: @Sendable (String) async throws -> [String]

    /// - Parameters:
    ///   - allowsPrivate: for tests, which have a server on this machine.
    ///   - seconds: how long an answer may take, its body included.
    ///   - resolve: gives the addresses of a host, in letters.
    package init(
        allowsPrivate: Bool = false,
        seconds: Int64 = 20,
        resolve: (@Sendable (String) async throws -> [String])? = nil
    ) {
        (self.allowsPrivate, time) = (allowsPrivate, .seconds(seconds))
        self.resolve = resolve ?? { try await PublicAddress.addresses(of: $0) }
    }

    /// Fetches a feed.
    /// - Parameter version: of what is known already.
    /// - Throws: ``FeedError``.
    package func fetch(_ address: String, since version: Version = Version()) async throws -> Answer {
        var place = try Self.checked(address)
        for _ in 0...Self.mostRedirects {
            switch try await answer(place, version) {
            case .done(let answer): return answer
            case .moved(let text):
                guard let next = URL(string: text, relativeTo: place)?.absoluteURL else {
                    throw FeedError.badAddress(text)
                }
                if place.scheme == "https", next.scheme?.lowercased() == "http" {
                    throw FeedError.unsafeRedirect(address)
                }
                place = try Self.checked(next.absoluteString)
            }
        }
        throw FeedError.tooManyRedirects(address)
    }

    /// The address, where it is one that may be fetched.
    private static func checked(_ text: String) throws -> URL {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
            let host = url.host(), !host.isEmpty, url.user() == nil, url.password() == nil
        else { throw FeedError.badAddress(text) }
        return url
    }

    private enum Reply {
        case done(Answer)
        case moved(String)
    }

    private func answer(_ url: URL, _ version: Version) async throws -> Reply {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: time)
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        let host = url.host() ?? ""
        configuration.dnsOverride = [host: try await pinned(host)]
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers = [
            "User-Agent": Self.agent, "Accept": "application/rss+xml, application/xml;q=0.9, */*;q=0.1",
        ]
        if let tag = version.tag { request.headers.add(name: "If-None-Match", value: tag) }
        if let date = version.modified { request.headers.add(name: "If-Modified-Since", value: date) }
        return try await HTTPClient.withHTTPClient(configuration: configuration) { [request] client in
            do { return try await read(client.execute(request, timeout: time), url.absoluteString) } catch let
                error
                as FeedError
            { throw error } catch is NIOTooManyBytesError {
                throw FeedError.tooLarge(url.absoluteString)
            } catch is CancellationError { throw CancellationError() } catch {
                throw FeedError.unreachable(host, "\(error)")
            }
        }
    }

    /// The address that the connection goes to.
    private func pinned(_ host: String) async throws -> String {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = try await resolve(bare)
        guard let first = addresses.first else { throw FeedError.unreachable(host, "it has no address") }
        guard allowsPrivate || addresses.allSatisfy(PublicAddress.isPublic) else {
            throw FeedError.privateAddress(host)
        }
        return first
    }

    private func read(_ response: HTTPClientResponse, _ address: String) async throws -> Reply {
        func header(_ name: String) -> String? { response.headers.first(name: name) }
        switch response.status.code {
        case 200:
            if let size = header("Content-Length").flatMap({ Int($0) }), size > Self.largest {
                throw FeedError.tooLarge(address)
            }
            let body = try await response.body.collect(upTo: Self.largest)
            let version = Version(tag: header("ETag"), modified: header("Last-Modified"))
            return .done(.feed(Array(body.readableBytesView), version))
        case 304: return .done(.unchanged)
        case 301, 302, 303, 307, 308:
            guard let place = header("Location") else { fallthrough }
            return .moved(place)
        case 429, 503: throw FeedError.busy(address, seconds: header("Retry-After").flatMap { Int($0) })
        default: throw FeedError.refused(address, status: Int(response.status.code))
        }
    }
}
