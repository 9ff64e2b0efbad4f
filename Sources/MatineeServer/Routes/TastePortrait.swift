import Foundation
import Matinee

/// A user's taste, for the user to see: in words, in films, and as a way on the map.
struct TastePortrait: Encodable {
    struct Film: Encodable {
        var id: String
        var title: String
        var year: Int?
    }

    /// How much of the films nearest to the taste, and of those liked, has something.
    struct Share: Encodable {
        var name: String
        /// 0...1.
        var share: Double
    }

    struct Step: Encodable {
        var turn: Int
        var created: String
        var picks: [String]
        var x: Float
        var y: Float
    }

    var user: String
    var turns: Int
    var keywords: [String]
    /// The films that lie nearest to the taste.
    var nearest: [Film]
    var liked: [Film]
    var disliked: [Film]
    var seen: [Film]
    var genres: [Share]
    var decades: [Share]
    /// Where the taste was after each of the latest turns, the oldest first; empty while the map is being drawn.
    var trail: [Step]

    /// How many of the nearest films the shares are of, and how many turns the way has.
    private static let near = 100, longestTrail = 200
    /// What fewer have is chance.
    private static let leastShare = 0.05

    init(of user: String, by engine: Engine, on atlas: Atlas) async throws {
        let (recommender, artifacts) = (engine.recommender, engine.recommender.artifacts)
        let memory = try engine.store.memory(of: user, embedder: artifacts.manifest.embedder)
        let catalog = artifacts.catalog
        func films(_ stance: Stance) -> [Film] {
            (memory.feedback[stance] ?? []).reversed().compactMap { recommender.movie(id: $0).map(Film.init) }
        }
        let near = memory.taste.map { Self.nearest($0, artifacts) } ?? []
        let known = near + (memory.feedback[.liked] ?? []).compactMap(catalog.row(of:))
        let log = try engine.store.turns(of: user, before: nil, limit: Self.longestTrail)
        self.user = user
        turns = log.first?.record.turn ?? 0
        keywords = try recommender.tasteSummary(of: user)?.keywords ?? []
        nearest = near.prefix(8).map { Film(catalog[$0]) }
        (liked, disliked, seen) = (films(.liked), films(.disliked), films(.seen))
        genres = Self.shares(known, in: catalog) { $0.genres }
        decades = Self.shares(known, in: catalog) { $0.year.map { ["\($0 / 10 * 10)s"] } ?? [] }
        trail = try await Self.trail(log.reversed(), engine, atlas)
    }

    private static func nearest(_ taste: [Float], _ artifacts: Artifacts) -> [Int] {
        guard taste.count == artifacts.movies.dimension else { return [] }
        let scores = taste.withUnsafeBufferPointer { taste in
            (0..<artifacts.movies.count).map { innerProduct(taste, artifacts.movies.view($0)) }
        }
        return best(scores, limit: near)
    }

    /// What the films have more often than all films do, weighed by how much more: `share · ln(share / usual)`.
    private static func shares(_ rows: [Int], in catalog: Catalog, _ names: (Movie) -> [String]) -> [Share] {
        guard !rows.isEmpty else { return [] }
        func counts(_ movies: some Sequence<Movie>) -> [String: Double] {
            movies.reduce(into: [:]) { counts, movie in
                for name in names(movie) { counts[name, default: 0] += 1 }
            }
        }
        let usual = counts(catalog.movies)
        let shares = counts(rows.lazy.map { catalog[$0] }).map {
            Share(name: $0, share: $1 / Double(rows.count))
        }
        func weight(_ share: Share) -> Double {
            share.share * log(share.share * Double(catalog.count) / max(1, usual[share.name] ?? 1))
        }
        let ordered = shares.filter { $0.share >= leastShare }.sorted {
            (weight($0), $1.name) > (weight($1), $0.name)
        }
        return Array(ordered.prefix(6))
    }

    private static func trail(_ log: [LoggedTurn], _ engine: Engine, _ atlas: Atlas) async throws -> [Step] {
        guard !log.isEmpty, let map = try? await atlas.map(of: engine) else { return [] }
        return log.compactMap { logged in
            guard let turn = logged.record.turn, let taste = logged.taste,
                logged.record.models.embedder == engine.recommender.artifacts.manifest.embedder,
                let place = map.place(taste)
            else { return nil }
            let picks = logged.record.picks.map { pick in
                pick.year.map { "\(pick.title) (\($0))" } ?? pick.title
            }
            return Step(turn: turn, created: logged.created, picks: picks, x: place.x, y: place.y)
        }
    }
}

extension TastePortrait.Film {
    init(_ movie: Movie) { self.init(id: movie.id, title: movie.title, year: movie.year) }
}
