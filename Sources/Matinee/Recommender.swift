/// The turn: message → request → taste → candidates → picks → reasons, then remembered.
public struct Recommender: Sendable {
    public let artifacts: Artifacts
    public let interpreter: Interpreter
    let settings: Settings
    let embedder: any Embedder
    let store: (any Store)?
    let retriever: Retriever
    let utterances: UtteranceReader
    let reranker: NumericReranker
    let variety: Variety
    let explainer: Explainer

    /// - Parameters:
    ///   - index: over the rows of `artifacts.movies`.
    ///   - store: where users are remembered; without one, nobody is.
    ///   - preference: predicts ratings by `artifacts.catalog`; without one, relevance alone ranks.
    ///   - fusion: weighs all signals; without one, nearness to the query alone is relevant.
    /// - Throws: ``VectorIndexError`` where the index belongs to other artifacts.
    public init(
        artifacts: Artifacts,
        embedder: any Embedder,
        index: any VectorIndex,
        store: (any Store)? = nil,
        preference: (any PreferenceModel)? = nil,
        fusion: FusionModel? = nil,
        settings: Settings = Settings()
    ) throws {
        let renown = fusion.map { _ in priorPopularity(of: artifacts.catalog) } ?? []
        try self.init(
            artifacts: artifacts,
            embedder: embedder,
            index: index,
            store: store,
            preference: preference,
            weighing: fusion.map { Fusion($0, artifacts: artifacts, renown: renown) },
            settings: settings
        )
    }

    package init(
        artifacts: Artifacts,
        embedder: any Embedder,
        index: any VectorIndex,
        store: (any Store)? = nil,
        preference: (any PreferenceModel)? = nil,
        weighing fusion: Fusion?,
        settings: Settings = Settings()
    ) throws {
        guard index.count == artifacts.catalog.count else {
            throw VectorIndexError.wrongRowCount(expected: artifacts.catalog.count, found: index.count)
        }
        self.artifacts = artifacts
        self.embedder = embedder
        self.store = store
        self.settings = settings
        reranker = NumericReranker(preference: preference)
        variety = Variety(
            catalog: artifacts.catalog,
            movies: artifacts.movies,
            weight: Double(settings.variety)
        )
        interpreter = Interpreter(catalog: artifacts.catalog)
        utterances = UtteranceReader(interpreter)
        retriever = Retriever(
            catalog: artifacts.catalog,
            movies: artifacts.movies,
            index: index,
            fusion: fusion,
            settings: settings
        )
        explainer = Explainer(
            catalog: artifacts.catalog,
            movies: artifacts.movies,
            keywords: artifacts.keywords
        )
    }

    /// Answers a message.
    ///
    /// - Parameters:
    ///   - user: whose taste is used and moved; `nil` remembers nothing.
    ///   - companions: who watches with the user; the films are for all, and all remember the turn.
    ///   - liked: movies that the user likes, on top of those the message names.
    ///   - limit: how many picks, 1 or more.
    ///   - conversation: what was said before in this sitting.
    ///   - onEvent: is told what the turn finds; it is waited for.
    /// - Returns: the turn, already durable where a user was given. A message that only asks or chats (``Request/act``)
    ///   is answered in `reply`, leaves the list as it was, and is not remembered.
    /// - Throws: What the embedder, the index or the store throws; then nothing was remembered.
    public func turn(
        _ message: String,
        user: String? = nil,
        with companions: [String] = [],
        liked: [Movie] = [],
        limit: Int = 5,
        conversation: Conversation = Conversation(),
        onEvent: (TurnEvent) async -> Void = { _ in }
    ) async throws -> Turn {
        let turn = try await answer(message, user, companions, liked, limit, conversation)
        for event in turn.events { await onEvent(event) }
        return turn
    }

    private func answer(
        _ message: String,
        _ user: String?,
        _ companions: [String],
        _ liked: [Movie],
        _ limit: Int,
        _ conversation: Conversation
    ) async throws -> Turn {
        let start = ContinuousClock.now
        var heard = Heard(message)
        heard.request = heard.timings.measure(\.interpret) {
            interpreter.interpret(message, in: conversation)
        }
        heard.answer = Answers(catalog: artifacts.catalog).text(heard.request, conversation)
        if let told = try answered(heard, user, conversation, since: start) { return told }
        for movie in liked { heard.request.name(movie, .liked) }
        heard.request.utterance = utterances.utterance(message, of: heard.request)
        try await embed(&heard)
        return try retryingConflicts {
            let memory = try memory(of: user, with: companions)
            var heard = heard
            heard.request = heard.request.reconciled(with: memory)
            let (taste, begun) = taste(of: heard, memory)
            var timings = heard.timings
            var found = try timings.measure(\.retrieve) {
                try candidates(heard, conversation, taste, memory, limit)
            }
            let best = timings.measure(\.rerank) {
                found.candidates = rated(found.candidates, heard.request, memory)
                let ranked = reranker.rerank(found.candidates, limit: found.candidates.count)
                return variety.picks(ranked, limit: limit)
            }
            let picks = timings.measure(\.explain) { explainer.explain(best, context(heard, taste, memory)) }
            let fallbacks =
                begun + self.fallbacks(heard, taste, isFirst: conversation.last == nil) + found.fallbacks
            timings.total = Timings.milliseconds(since: start)
            let turn = Turn(
                user: user,
                turn: nil,
                request: heard.request,
                candidates: found.candidates,
                picks: picks,
                reply: Reply().text(
                    heard.request,
                    picks: picks.count,
                    fallbacks: fallbacks,
                    answer: heard.answer
                ),
                models: models,
                fallbacks: fallbacks,
                timings: timings
            )
            return try remember(turn, taste, memory)
        }
    }
}
