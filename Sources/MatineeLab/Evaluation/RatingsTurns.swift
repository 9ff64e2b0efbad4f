import Matinee
import MatineeSearch

/// Whole turns for people whose ratings are remembered: somebody asks for something to watch, and says no more.
struct RatingsTurns {
    private static let wish = "something to watch"
    private static let picks = 10

    private let recommender: Recommender

    /// - Parameters:
    ///   - people: what each rated, oldest first; their names are their places.
    ///   - neighbors: films liked together, without what is to be found.
    init(
        _ people: [[(row: Int, rating: Float)]],
        _ artifacts: Artifacts,
        embedder: any Embedder,
        fusion model: FusionModel,
        neighbors: Neighbors,
        settings: Settings
    ) throws {
        var scorer = SignalScorer(
            catalog: artifacts.catalog,
            movies: artifacts.movies,
            editorial: Editorial(of: artifacts.catalog)
        )
        scorer.counts = model.mentions.counts(for: artifacts.catalog)
        scorer.neighbors = neighbors
        let memories = people.map { Self.memory($0, artifacts, settings.taste) }
        recommender = try Recommender(
            artifacts: artifacts,
            embedder: embedder,
            index: ExactIndex(
                rows: artifacts.movies.numbers,
                dimension: artifacts.movies.dimension,
                owner: artifacts.movies
            ),
            store: RememberedRatings(memories: memories),
            weighing: Fusion(scorer: scorer, nets: model.nets),
            settings: settings
        )
    }

    /// The rows of the films that are recommended to one, or to several together.
    func picks(for people: [Int]) async throws -> [Int] {
        let names = people.map(String.init)
        let turn = try await recommender.turn(
            Self.wish,
            user: names.first,
            with: Array(names.dropFirst()),
            limit: Self.picks
        )
        return turn.picks.compactMap { recommender.artifacts.catalog.row(of: $0.id) }
    }

    /// Four stars and more are liked, two and less disliked; the taste moves with each film liked.
    private static func memory(
        _ rated: [(row: Int, rating: Float)],
        _ artifacts: Artifacts,
        _ model: TasteModel
    ) -> Memory {
        var memory = Memory()
        for (row, rating) in rated {
            let stance: Stance = rating >= 4 ? .liked : rating <= 2 ? .disliked : .seen
            memory.feedback[stance, default: []].append(artifacts.catalog[row].id)
            if stance == .liked { memory.taste = model.moved(memory.taste, by: artifacts.movies[row]) }
        }
        return memory
    }
}

/// A store that knows what it is given and takes in nothing.
private struct RememberedRatings: Store {
    let memories: [Memory]
    let remembersWords = false

    func memory(of user: String, embedder: String) -> Memory { Int(user).map { memories[$0] } ?? Memory() }
    func commit(_ change: Change) -> Int? { nil }
    func undo(_ user: String) -> Undone? { nil }
    func undoHistory(_ user: String) -> Undone? { nil }
    func history(of user: String) -> [HistoryFilm] { [] }
    func users() -> [UserSummary] { [] }
    func export(_ user: String) throws -> UserExport { throw StoreError.unknownUser(user) }
    func forget(_ user: String) throws { throw StoreError.unknownUser(user) }
    func log(of user: String?) -> [LoggedTurn] { [] }
    func version(of user: String) -> Int64 { 0 }
    func turns(of user: String, before: Int?, limit: Int) -> [LoggedTurn] { [] }
}
