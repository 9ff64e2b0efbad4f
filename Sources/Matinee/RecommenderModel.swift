// The steps of a turn in which a language model takes part, where there is one.

/// A language model with what it is told of the person who asks.
struct Assistant {
    let session: ModelSession
    let person: PersonFacts
}

extension Heard {
    /// Completes the record of what the model did.
    mutating func close(_ session: ModelSession) {
        use?.calls = session.calls
        use?.usage = session.usage
        use?.cost = session.cost
        timings.model = session.milliseconds
    }
}

extension Recommender {
    /// What a message is understood as: by rules, and where so set also by the model.
    func heard(_ message: String, _ conversation: Conversation, _ session: ModelSession?) async throws
        -> Heard
    {
        let start = ContinuousClock.now
        var heard = Heard(message)
        heard.use = session.map {
            LanguageModelUse(name: $0.name, calls: 0, usage: TokenUsage())
        }
        heard.request = interpreter.interpret(message, in: conversation)
        if let session, options.readsMessages, !heard.request.act.isAnswered {
            let reader = ModelInterpreter(interpreter: interpreter, session: session)
            let read = try await session.attempt(.reading) {
                try await reader.read(message, heard.request, in: conversation)
            }
            if let read {
                heard.request = read.request
                heard.use?.reading = read.use
            }
        }
        heard.answer = Answers(catalog: artifacts.catalog).text(heard.request, conversation)
        heard.timings.add(\.interpret, since: start)
        return heard
    }

    /// What the model is told of the person; of several, the films of each have an equal share.
    func person(_ heard: Heard, _ memory: Memory, _ conversation: Conversation) -> PersonFacts {
        let request = heard.request
        let share = max(1, PersonFacts.mostFilms / memory.everybody.count)
        let films = Stance.allCases.map { stance in
            let ids =
                request.ids(stance)
                + memory.everybody.flatMap { ($0.feedback[stance] ?? []).suffix(share).reversed() }
            return (stance, unique(ids).prefix(PersonFacts.mostFilms).compactMap(movie(id:)))
        }
        return PersonFacts(
            message: request.utterance?.text ?? "",
            wish: request.wish,
            unwanted: request.unwanted,
            wanted: Reply().understood(request),
            films: Dictionary(uniqueKeysWithValues: films),
            history: conversation.exchanges
        )
    }

    /// The candidates with predicted ratings: the model's, where it ranks by numbers, else those of the preference model.
    func rated(
        _ candidates: [Candidate],
        _ heard: inout Heard,
        _ memory: Memory,
        _ assistant: Assistant?
    ) async throws -> [Candidate] {
        let start = ContinuousClock.now
        defer { heard.timings.add(\.rerank, since: start) }
        if let assistant, options.reranker == .numeric {
            let person = assistant.person
            let prompt = RatingPrompt(
                wish: person.wish,
                liked: (person.films[.liked] ?? []).map(\.label),
                disliked: (person.films[.disliked] ?? []).map(\.label)
            )
            let predictor = RatingPredictor(
                catalog: artifacts.catalog,
                session: assistant.session,
                known: ratings
            )
            let rated =
                prompt.isEmpty
                ? nil
                : try await assistant.session.attempt(.ranking) {
                    try await predictor.rated(candidates, by: prompt)
                }
            if let rated {
                heard.use?.ratings = rated.use
                return rated.candidates.map(reranker.combined)
            }
        }
        return rated(candidates, heard.request, memory)
    }

    /// The candidates best first, those that only fill up the list last: in the model's order, where it ranks lists, else by
    /// their scores.
    func ranked(_ candidates: inout [Candidate], _ heard: inout Heard, _ assistant: Assistant?) async throws
        -> [Candidate]
    {
        let start = ContinuousClock.now
        defer { heard.timings.add(\.rerank, since: start) }
        let ranked = reranker.rerank(candidates, limit: candidates.count)
        let named = Set(heard.request.ids(.mentioned))
        let open = ranked.filter { $0.note == nil && !named.contains($0.id) }.prefix(ListwisePrompt.mostFilms)
        guard let assistant, options.reranker == .listwise, open.count > 1 else { return ranked }
        let listwise = ListwiseReranker(catalog: artifacts.catalog, session: assistant.session)
        let result = try await assistant.session.attempt(.ranking) {
            try await listwise.rerank(Array(open), for: assistant.person)
        }
        guard let result else { return ranked }
        heard.use?.ranking = result.use
        let scores = Dictionary(
            result.ranked.map { ($0.id, $0.scores.listwise) },
            uniquingKeysWith: { first, _ in first }
        )
        for i in candidates.indices { candidates[i].scores.listwise = scores[candidates[i].id] ?? nil }
        return ordered(ranked, result.ranked, named)
    }

    /// Films that the message names, then the model's order, then the rest; each with the score of its place.
    private func ordered(_ ranked: [Candidate], _ chosen: [Candidate], _ named: Set<String>) -> [Candidate] {
        let ids = Set(chosen.map(\.id))
        let first = ranked.filter { $0.note == nil && named.contains($0.id) }
        let rest = ranked.filter { candidate in
            !ids.contains(candidate.id) && !first.contains { $0.id == candidate.id }
        }
        let lowest = chosen.last?.scores.listwise ?? 0
        return first.map { $0.scored(1) } + chosen.map { $0.scored($0.scores.listwise ?? 0) }
            + rest.map { $0.scored(min($0.scores.final, lowest)) }
    }

    /// Which models and methods made the turn.
    func names(_ use: LanguageModelUse?) -> ModelNames {
        var names = models
        names.languageModel = use?.name
        if use?.ranking != nil { names.reranker = ListwiseReranker.name }
        if use?.explanation?.kept ?? 0 > 0 { names.explainer = ModelOptions.Explainer.model.rawValue }
        return names
    }
}

extension Candidate {
    fileprivate func scored(_ score: Double) -> Candidate {
        var candidate = self
        candidate.scores.final = score
        return candidate
    }
}

extension Recommender {
    /// What a turn says: the picks with their reasons, and the reply above them.
    struct Answer {
        var picks: [Pick]
        var reply: String
        var fallbacks: [Fallback]
    }

    /// Says the picks with their reasons and the reply, in the model's words where these hold, else in facts.
    func answer(
        _ picks: [Pick],
        _ fallbacks: [Fallback],
        _ heard: inout Heard,
        _ assistant: Assistant?,
        _ onEvent: (TurnEvent) async -> Void
    ) async throws -> Answer {
        let start = ContinuousClock.now
        defer { heard.timings.add(\.explain, since: start) }
        guard let assistant, options.explainer == .model, !picks.isEmpty, assistant.session.isUsable else {
            return await builtIn(picks, fallbacks + (assistant?.session.fallbacks ?? []), heard, onEvent)
        }
        await onEvent(.picks(picks.map(\.withoutReason)))
        let explainer = ModelExplainer(catalog: artifacts.catalog, session: assistant.session)
        var narration = Narration(
            picks: picks,
            greeting: heard.answer,
            opening: Reply().opening(heard.request, picks: picks.count),
            checker: explainer.checker(of: picks, for: assistant.person, heard.request)
        )
        _ = try await assistant.session.attempt(.explaining) {
            for try await text in try explainer.texts(on: picks, for: assistant.person) {
                for event in narration.take(text) { await onEvent(event) }
            }
            try Task.checkCancellation()
            for event in narration.finish() { await onEvent(event) }
            if narration.use.kept == 0 { throw LanguageModelError.unreadable("nothing in it can be told") }
        }
        for event in narration.close() { await onEvent(event) }
        let all = fallbacks + assistant.session.fallbacks
        for note in Reply().notes(heard.request, all) { await onEvent(narration.add(note)) }
        heard.use?.explanation = narration.use
        return Answer(picks: narration.picks, reply: narration.reply, fallbacks: all)
    }

    /// Says all of it in facts.
    private func builtIn(
        _ picks: [Pick],
        _ fallbacks: [Fallback],
        _ heard: Heard,
        _ onEvent: (TurnEvent) async -> Void
    ) async -> Answer {
        let reply = Reply().text(
            heard.request,
            picks: picks.count,
            fallbacks: fallbacks,
            answer: heard.answer
        )
        await onEvent(.picks(picks))
        await onEvent(.text(reply))
        return Answer(picks: picks, reply: reply, fallbacks: fallbacks)
    }
}
