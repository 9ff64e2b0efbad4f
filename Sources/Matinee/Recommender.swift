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
    let model: (any LanguageModel)?

    /// The name of the language model that takes part, `nil` where none does.
    public var languageModel: String? { model?.name }

    let options: ModelOptions
    let ratings = RatingCache()

    /// - Parameters:
    ///   - index: over the rows of `artifacts.movies`.
    ///   - store: where users are remembered; without one, nobody is.
    ///   - preference: predicts ratings by `artifacts.catalog`; without one, relevance alone ranks.
    ///   - fusion: weighs all signals; without one, nearness to the query alone is relevant.
    ///   - model: ranks and explains as the options say; without one, numbers and facts do.
    /// - Throws: ``VectorIndexError`` where the index belongs to other artifacts.
    public init(
        artifacts: Artifacts,
        embedder: any Embedder,
        index: any VectorIndex,
        store: (any Store)? = nil,
        preference: (any PreferenceModel)? = nil,
        fusion: FusionModel? = nil,
        model: (any LanguageModel)? = nil,
        options: ModelOptions = ModelOptions(),
        settings: Settings = Settings()
    ) throws {
        try self.init(
            artifacts: artifacts,
            embedder: embedder,
            index: index,
            store: store,
            preference: preference,
            weighing: fusion.map {
                Fusion($0, artifacts: artifacts, editorial: Editorial(of: artifacts.catalog))
            },
            model: model,
            options: options,
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
        model: (any LanguageModel)? = nil,
        options: ModelOptions = ModelOptions(),
        settings: Settings = Settings()
    ) throws {
        guard index.count == artifacts.catalog.count else {
            throw VectorIndexError.wrongRowCount(expected: artifacts.catalog.count, found: index.count)
        }
        self.artifacts = artifacts
        self.embedder = embedder
        self.store = store
        self.settings = settings
        self.model = model
        self.options = options
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
            keywords: artifacts.keywords,
            editorial: fusion?.scorer.editorial
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
    ///   - onEvent: is told what the turn finds as it finds it; it is waited for.
    /// - Returns: the turn, already durable where a user was given. A message that only asks or chats (``Request/act``)
    ///   is answered in `reply`, leaves the list as it was, and is not remembered.
    /// - Throws: What the embedder, the index or the store throws, or `CancellationError`; then nothing was remembered.
    public func turn(
        _ message: String,
        user: String? = nil,
        with companions: [String] = [],
        liked: [Movie] = [],
        limit: Int = 5,
        conversation: Conversation = Conversation(),
        onEvent: (TurnEvent) async -> Void = { _ in }
    ) async throws -> Turn {
        let start = ContinuousClock.now, session = model.map { ModelSession($0, options, since: start) }
        var heard = try await heard(message, conversation, session)
        if let told = try answered(heard, user, conversation, since: start) {
            for event in told.events { await onEvent(event) }
            return told
        }
        for movie in liked { heard.request.name(movie, .liked) }
        heard.request.utterance = utterances.utterance(message, of: heard.request)
        try await embed(&heard)
        let memory = try memory(of: user, with: companions)
        heard.request = heard.request.reconciled(with: memory)
        await onEvent(.request(heard.request))
        let (taste, begun) = taste(of: heard, memory)
        let retrieving = ContinuousClock.now
        var found = try candidates(heard, conversation, taste, memory, limit)
        heard.timings.add(\.retrieve, since: retrieving)
        let assistant = session.map { Assistant(session: $0, person: person(heard, memory, conversation)) }
        found.candidates = try await rated(found.candidates, &heard, memory, assistant)
        await onEvent(.candidates(found.candidates))
        let ranked = try await ranked(&found.candidates, &heard, assistant)
        let chosen = variety.picks(ranked, limit: limit), explaining = ContinuousClock.now
        let picks = explainer.explain(chosen, context(heard, taste, memory))
        heard.timings.add(\.explain, since: explaining)
        let fallbacks =
            begun + self.fallbacks(heard, taste, isFirst: conversation.last == nil) + found.fallbacks
        let answer = try await answer(picks, fallbacks, &heard, assistant, onEvent)
        for fallback in answer.fallbacks { await onEvent(.fallback(fallback)) }
        try Task.checkCancellation()
        if let session { heard.close(session) }
        heard.timings.total = Timings.milliseconds(since: start)
        let turn = Turn(
            user: user,
            turn: nil,
            request: heard.request,
            candidates: found.candidates,
            picks: answer.picks,
            reply: answer.reply,
            models: names(heard.use),
            fallbacks: answer.fallbacks,
            timings: heard.timings,
            languageModel: heard.use
        )
        return try remember(turn, heard, taste.present, memory)
    }
}
