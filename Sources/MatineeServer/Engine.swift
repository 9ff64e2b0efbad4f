public import Foundation
import HTTPTypes
public import Matinee
import Synchronization

/// What answers requests: a recommender, its users, and the map of the films.
public struct Engine: Sendable {
    /// A film's or a taste's place on the map, -1...1, from left to right and from bottom to top.
    public struct Place: Sendable, Equatable {
        public var x: Float
        public var y: Float

        public init(x: Float, y: Float) {
            self.x = x
            self.y = y
        }
    }

    /// Films that lie together.
    public struct Region: Sendable, Encodable {
        public var keywords: [String]
        public var x: Float
        public var y: Float
        /// How many they are.
        public var films: Int

        public init(keywords: [String], x: Float, y: Float, films: Int) {
            self.keywords = keywords
            self.x = x
            self.y = y
            self.films = films
        }
    }

    /// The films on a plane, where those that are alike lie together.
    public struct FilmMap: Sendable {
        /// By row of the catalogue.
        public var places: [Place]
        /// A place in `regions` for each film.
        public var region: [Int]
        public var regions: [Region]
        /// Where a taste lies, a unit vector; `nil` where that cannot be said.
        public var place: @Sendable ([Float]) -> Place?

        public init(
            places: [Place],
            region: [Int],
            regions: [Region],
            place: @escaping @Sendable ([Float]) -> Place?
        ) {
            self.places = places
            self.region = region
            self.regions = regions
            self.place = place
        }
    }

    public var recommender: Recommender
    /// The same that the recommender remembers in.
    public var store: any Store
    /// Draws the map, which may take long; called once.
    public var map: @Sendable () async throws -> FilmMap
    /// How many picks a turn has where the request does not say.
    public var limit: Int
    /// Finds a film's real poster, `nil` where there is none; without it, all posters are drawn.
    public var poster: (@Sendable (Movie) async -> Poster?)?

    /// A picture.
    public struct Poster: Sendable {
        public var data: Data
        /// The media type, such as `image/jpeg`.
        public var type: String

        public init(data: Data, type: String) { (self.data, self.type) = (data, type) }
    }

    public init(
        recommender: Recommender,
        store: any Store,
        limit: Int = 5,
        poster: (@Sendable (Movie) async -> Poster?)? = nil,
        map: @escaping @Sendable () async throws -> FilmMap
    ) {
        self.poster = poster
        self.recommender = recommender
        self.store = store
        self.limit = limit
        self.map = map
    }
}

/// The engine while it is made, which can take minutes, and after.
final class Loading: Sendable {
    private enum State: Sendable {
        case missing(String)
        case ready(Engine)
    }

    private let state = Mutex(State.missing("Matinee has just started and is loading its films."))

    /// Says what is missing still.
    func report(_ what: String) {
        state.withLock { if case .missing = $0 { $0 = .missing(what) } }
    }

    func finish(_ engine: Engine) { state.withLock { $0 = .ready(engine) } }

    /// What is missing, or `nil` where all is there.
    var missing: String? {
        state.withLock { if case .missing(let what) = $0 { what } else { nil } }
    }

    /// - Throws: ``Problem`` 503 while it is not there.
    func engine() throws -> Engine {
        let state = state.withLock { $0 }
        switch state {
        case .ready(let engine): return engine
        case .missing(let what): throw Problem(.serviceUnavailable, "not-ready", what, retryAfter: 2)
        }
    }
}
