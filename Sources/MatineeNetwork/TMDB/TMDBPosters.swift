import AsyncHTTPClient
package import Foundation
package import Matinee
import NIOCore
import NIOHTTP1

/// Real posters of films, from TMDB: fetched when they are asked for, and kept among its other answers.
package actor TMDBPosters {
    /// Where TMDB keeps pictures, in the width that pages need.
    package static let address = "https://image.tmdb.org/t/p/w342"
    /// How many bytes a poster may have.
    static let largest = 1 << 20

    private let source: Source
    private let patience: Duration

    private var underWay: [String: Task<Data?, Never>] = [:]
    /// Until when nothing is asked for, since TMDB could not be reached.
    private var rest = ContinuousClock.now

    /// - Parameters:
    ///   - folder: of TMDB's answers.
    ///   - patience: how long nothing is asked for after a failure.
    package init(
        key: TMDBKey,
        base: String = TMDBEnricher.address,
        images: String = TMDBPosters.address,
        cache folder: URL,
        patience: Duration = .seconds(60)
    ) {
        self.patience = patience
        source = Source(key: key, base: base, images: images, cache: TMDBCache(folder: folder))
    }

    /// A film's poster (JPEG, PNG or WebP); `nil` where there is none, or where TMDB cannot be asked.
    package func poster(of movie: Movie) async -> Data? {
        guard let name = TMDBLookup.name(of: movie).map({ "poster-" + $0 }) else { return nil }
        if let kept = source.cache.entry(name, of: Data.self) { return kept.value }
        if let task = underWay[name] { return await task.value }
        guard ContinuousClock.now >= rest else { return nil }
        let task = Task { await fetch(movie, as: name) }
        underWay[name] = task
        defer { underWay[name] = nil }
        return await task.value
    }

    private func fetch(_ movie: Movie, as name: String) async -> Data? {
        do {
            let picture = try await source.picture(of: movie)
            // A disk that is full costs another question the next time, and nothing else.
            try? source.cache.keep(picture, as: name)
            return picture
        } catch {
            rest = ContinuousClock.now + patience
            return nil
        }
    }

    /// The media type that the first bytes of a picture tell.
    package static func type(of picture: Data) -> String? {
        let start = Array(picture.prefix(12))
        if start.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        let isWebP = start.starts(with: Array("RIFF".utf8)) && start.suffix(4) == Array("WEBP".utf8)[...]
        return isWebP ? "image/webp" : nil
    }
}

/// Where posters are asked for.
private struct Source: Sendable {
    let key: TMDBKey
    let base: String
    let images: String
    let cache: TMDBCache
    let pace = Pace(perSecond: 20, time: .real)

    /// A film's poster, or `nil` where there is none.
    func picture(of movie: Movie) async throws -> Data? {
        try await WebClient.with { web in
            guard let path = try await path(of: movie, web) else { return nil }
            let response = try await web.get(images + path, within: .seconds(20), redirects: 0)
            guard response.status == .ok else {
                throw TMDBError.unavailable("status \(response.status.code)")
            }
            let data = try await Data(response.body.collect(upTo: TMDBPosters.largest).readableBytesView)
            return TMDBPosters.type(of: data) == nil ? nil : data
        }
    }

    /// Where the poster lies below `images`.
    private func path(of movie: Movie, _ web: WebClient) async throws -> String? {
        if let kept = TMDBLookup.kept(movie, in: cache) { return kept.posterPath }
        let client = TMDBClient(web: web, base: base, key: key, pace: pace, backoff: Backoff(tries: 1))
        let outcome = try await TMDBLookup(client: client, cache: cache).ask(movie)
        if case .failed(let why) = outcome { throw TMDBError.unavailable(why) }
        return outcome.posterPath
    }
}
