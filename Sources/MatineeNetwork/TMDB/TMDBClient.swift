import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks TMDB for films: at a steady pace, and again where that may help.
struct TMDBClient: Sendable {
    /// Why a film has no answer: it may be asked for again.
    enum Trouble: Error {
        /// The server or the network failed, as often as was tried.
        case failed(String)
        /// The reply is not what TMDB documents.
        case unreadable
    }

    let web: WebClient
    let base: String
    let key: TMDBKey
    let pace: Pace
    let backoff: Backoff

    /// For how many seconds at the most a busy server is waited for.
    static let longestWait = 120

    /// What TMDB knows of a film, or `nil` where it has no such film.
    func facts(_ id: Int) async throws -> TMDBFacts? {
        let path = "/movie/\(id)?append_to_response=credits,keywords,release_dates"
        let facts = try await reply(path) { try TMDBFacts(reply: $0) }
        guard facts.map({ $0.id == id }) ?? true else { throw Trouble.unreadable }
        return facts
    }

    /// TMDB's id of the film with an IMDb id, or `nil`.
    func id(of imdbID: String) async throws -> Int? {
        let finding = try await reply("/find/\(imdbID)?external_source=imdb_id") {
            try TMDBReply.decoder.decode(TMDBFinding.self, from: $0)
        }
        return finding?.movieResults.first.flatMap { $0.id > 0 ? $0.id : nil }
    }

    /// A reply, read, or `nil` where there is no such page. One that repeats the key is not let in.
    private func reply<Reply>(_ path: String, _ read: (Data) throws -> Reply) async throws -> Reply? {
        guard let body = try await body(path) else { return nil }
        guard !key.isIn(String(decoding: body, as: UTF8.self)),
            let reply = try? read(body)
        else { throw Trouble.unreadable }
        return reply
    }

    /// The body of a reply, or `nil` where there is no such page.
    private func body(_ path: String) async throws -> Data? {
        var failures = 0
        while true {
            try await pace.turn()
            let why: String
            do {
                switch try await answer(path) {
                case .body(let data): return data
                case .nothing: return nil
                case .again(let reason): why = reason
                }
            } catch is NIOTooManyBytesError { throw Trouble.unreadable }
            failures += 1
            guard failures < backoff.tries else { throw Trouble.failed(why) }
            try await backoff.wait(after: failures)
        }
    }

    private enum Answer {
        case body(Data)
        case nothing
        case again(String)
    }

    private func answer(_ path: String) async throws -> Answer {
        do {
            let response = try await web.get(
                base + path + key.parameter,
                headers: key.headers,
                within: .minutes(1),
                redirects: 0
            )
            switch response.status.code {
            case 200: return try await .body(Data(response.body.collect(upTo: 4 << 20).readableBytesView))
            case 401, 403: throw TMDBError.badKey
            case 404: return .nothing
            case let code where isPassing(code):
                try await rest(response.headers.first(name: "Retry-After"))
                return .again("it answers with status \(code)")
            default: throw Trouble.unreadable
            }
        } catch let error where isNetwork(error) {
            try Task.checkCancellation()
            return .again(key.isIn("\(error)") ? "the network failed" : "\(error)")
        }
    }

    private func isNetwork(_ error: any Error) -> Bool {
        !(error is TMDBError || error is Trouble || error is NIOTooManyBytesError
            || error is CancellationError)
    }

    /// Lets all requests wait for as long as the server asks, in seconds.
    private func rest(_ text: String?) async throws {
        guard let seconds = text.flatMap({ Int($0) }), seconds > 0 else { return }
        guard seconds <= Self.longestWait else { throw TMDBError.tooBusy(seconds: seconds) }
        await pace.rest(.seconds(seconds))
    }
}
