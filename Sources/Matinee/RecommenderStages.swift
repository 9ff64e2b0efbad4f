// The steps of a turn that put the stages together.

/// What was understood of a message, with its embeddings.
struct Heard {
    var request = Request()
    /// What is said to a message that asks or chats.
    var answer: String?
    var text: [Float]?
    var unwanted: [Float]?
    var timings = Timings()
    /// What a language model did for the turn; `nil` without one.
    var use: LanguageModelUse?
    var isShortened: Bool

    init(_ message: String) { isShortened = message.unicodeScalars.count > Interpreter.longestMessage }
}

extension Recommender {
    var models: ModelNames {
        ModelNames(
            embedder: embedder.name,
            index: retriever.indexName,
            reranker: reranker.name,
            explainer: explainer.name
        )
    }

    /// Embeds the wish, what is not wanted, and the words as they were said, in one batch.
    func embed(_ heard: inout Heard) async throws {
        let start = ContinuousClock.now
        let words = heard.request.utterance?.words ?? ""
        let isWhole = words.isEmpty || words == heard.request.wish
        let texts = [heard.request.wish, heard.request.unwanted, isWhole ? nil : words]
        var vectors = try await embedder.embed(texts.compactMap { $0 })[...]
        if texts[0] != nil { heard.text = vectors.popFirst() }
        if texts[1] != nil { heard.unwanted = vectors.popFirst() }
        heard.request.utterance?.vector = isWhole ? (words.isEmpty ? nil : heard.text) : vectors.popFirst()
        heard.timings.embed = Timings.milliseconds(since: start)
    }

    func memory(of user: String?, with companions: [String] = []) throws -> Memory {
        guard let user, let store else { return Memory() }
        var memory = try store.memory(of: user, embedder: embedder.name)
        memory.user = user
        memory.companions = try companions.filter { $0 != user }.map { try self.memory(of: $0) }
        if let taste = memory.taste, taste.count != embedder.dimension {
            memory.otherEmbedder = "another \(embedder.name), of \(taste.count) numbers"
            memory.taste = nil
        }
        return memory
    }

    /// The taste after the message, and a note where the memory had to begin anew.
    func taste(of heard: Heard, _ memory: Memory) -> (taste: Taste, fallbacks: [Fallback]) {
        let named = heard.request
        let liked = named.ids(.liked) + bareMentions(named) + named.compared
        let present = settings.taste.present(
            text: heard.text,
            words: named.wish.map { words(in: $0).count },
            liked: vectors(liked),
            disliked: vectors(named.ids(.disliked)) + (heard.unwanted.map { [$0] } ?? [])
        )
        let (before, fallbacks) = begun(memory)
        let taste = Taste(present: present, memory: settings.taste.moved(before, by: present))
        return (heard.text == nil && liked.isEmpty ? taste.rejecting(before: before) : taste, fallbacks)
    }

    /// The stored taste or, where only another embedder made one, a new one from the films liked and disliked.
    func begun(_ memory: Memory) -> (taste: [Float]?, fallbacks: [Fallback]) {
        guard memory.taste == nil, let other = memory.otherEmbedder else { return (memory.taste, []) }
        let taste = settings.taste.present(
            text: nil,
            liked: vectors(memory.feedback[.liked] ?? []),
            disliked: vectors(memory.feedback[.disliked] ?? [])
        )
        let note =
            "Your taste so far was measured by \(other); with \(embedder.name) it starts anew from the films you named."
        return (taste, [Fallback(.tasteStartsAnew, note)])
    }

    /// The films that a message names and says nothing else: then more of their kind is wanted.
    private func bareMentions(_ request: Request) -> [String] {
        request.ids(.liked).isEmpty && request.wish == nil && request.constraints.isEmpty
            ? request.ids(.mentioned) : []
    }

    /// The movie of the catalogue with that id, or `nil`.
    public func movie(id: String) -> Movie? { artifacts.catalog.row(of: id).map { artifacts.catalog[$0] } }

    func vectors(_ ids: [String]) -> [[Float]] {
        ids.compactMap(artifacts.catalog.row(of:)).map { artifacts.movies[$0] }
    }

    func candidates(
        _ heard: Heard,
        _ conversation: Conversation,
        _ taste: Taste,
        _ memory: Memory,
        _ limit: Int
    ) throws -> (candidates: [Candidate], fallbacks: [Fallback]) {
        let request = heard.request, people = memory.everybody.map(person)
        let listed = request.constraints.isOnWatchlist ? Set(memory.everybody.flatMap(\.watchlist)) : nil
        if listed?.isEmpty == true { return ([], [.noWatchlist]) }
        return try retriever.candidates(
            Retriever.Query(
                taste: people.count > 1 ? taste.shared(by: people, settings.taste) : taste,
                constraints: request.constraints,
                hidden: Set(
                    request.named.filter { $0.stance != .mentioned }.map(\.id) + request.compared
                        + request.corrected + request.ambiguous.flatMap { $0.others.map(\.id) }
                        + memory.everybody.flatMap { memory in
                            [.liked, .disliked, .seen].flatMap { memory.feedback[$0] ?? [] }
                        }
                ),
                shown: request.allowsRepeats
                    ? [] : Set(memory.everybody.flatMap(\.shown) + spokenOf(conversation)),
                dialogue: Dialogue(conversation.utterances + (request.utterance.map { [$0] } ?? [])),
                people: people,
                asked: Set(bareMentions(request)),
                isWishAlone: !request.alike.isEmpty
                    || !request.named.contains {
                        [.liked, .mentioned].contains($0.stance) && !request.carried.contains($0.id)
                    },
                wish: heard.text.map { (request.wish ?? "", $0) },
                unwanted: heard.unwanted.map { (request.unwanted ?? "", $0) },
                only: listed,
                limit: max(settings.candidates, limit),
                needed: limit
            )
        )
    }

    /// What is known of somebody from before the message.
    private func person(_ memory: Memory) -> Person {
        func rows(_ stance: Stance) -> [Int] {
            (memory.feedback[stance] ?? []).compactMap(artifacts.catalog.row(of:))
        }
        return Person(
            liked: rows(.liked),
            disliked: rows(.disliked),
            taste: begun(memory).taste
        )
    }

    /// The ids of films that were named, and shown last, earlier in the sitting.
    private func spokenOf(_ conversation: Conversation) -> [String] {
        conversation.utterances.flatMap(\.films).map { artifacts.catalog[$0].id } + conversation.shown
    }

    /// The candidates with predicted ratings: of several people, those of the one who would like a film least, or the mean.
    func rated(_ candidates: [Candidate], _ request: Request, _ memory: Memory) -> [Candidate] {
        settings.together.joined(memory.everybody.map { scored(candidates, request, $0) })
    }

    /// The candidates with predicted ratings, by what one user rated, liked and disliked, this message's films last.
    private func scored(_ candidates: [Candidate], _ request: Request, _ memory: Memory) -> [Candidate] {
        let known = Set(memory.rated.map(\.id))
        func rows(_ stance: Stance, _ rating: Float) -> [(row: Int, rating: Float)] {
            ((memory.feedback[stance] ?? []).filter { !known.contains($0) } + request.ids(stance))
                .compactMap(artifacts.catalog.row(of:)).map { ($0, rating) }
        }
        let given = memory.rated.compactMap { film in
            artifacts.catalog.row(of: film.id).map { (row: $0, rating: Float(film.rating)) }
        }
        let history = given + rows(.liked, NumericReranker.liked) + rows(.disliked, NumericReranker.disliked)
        return reranker.scored(candidates, history: history, row: artifacts.catalog.row(of:))
    }

    func context(_ heard: Heard, _ taste: Taste, _ memory: Memory) -> EvidenceFinder.Context {
        let liked = heard.request.ids(.liked)
        return EvidenceFinder.Context(
            request: heard.request,
            text: heard.text,
            taste: taste,
            liked: liked.compactMap(artifacts.catalog.row(of:)),
            history: (memory.feedback[.liked] ?? []).filter { !liked.contains($0) }.compactMap(
                artifacts.catalog.row(of:)
            )
        )
    }

    func fallbacks(_ heard: Heard, _ taste: Taste, isFirst: Bool) -> [Fallback] {
        var fallbacks: [Fallback] = []
        if isFirst, let trainedFor = retriever.fusion?.trainedFor {
            let note = "The ranking was trained for \(trainedFor) and only adapted to \(embedder.name)."
            fallbacks.append(Fallback(.otherEmbedder, "\(note) `matinee train fusion` trains it anew."))
        }
        if heard.isShortened {
            let limit = Interpreter.longestMessage
            fallbacks.append(
                Fallback(.messageShortened, "I read only the first \(limit) characters of your message.")
            )
        }
        if heard.request.unknownTitles > 0 {
            let titles =
                heard.request.unknownTitles == 1 ? "A title you named is" : "Some titles you named are"
            fallbacks.append(Fallback(.unknownTitles, "\(titles) not in my catalogue, so I leave that out."))
        }
        if taste.query.present == nil, heard.request.constraints.isEmpty,
            [.recommend, .smalltalk].contains(heard.request.act)
        {
            let what =
                taste.query.memory == nil ? "films that many people name" : "films near to your taste so far"
            fallbacks.append(
                Fallback(
                    .noWish,
                    "What do you feel like: a mood, a genre, a film you loved? Until you tell me, these are \(what)."
                )
            )
        }
        if heard.request.language != nil {
            let note =
                "I read English best; of other languages I know a few words only, so this may be a guess."
            fallbacks.append(Fallback(.unfamiliarWords, note))
        } else if let wish = heard.request.wish, heard.request.constraints.isEmpty,
            heard.request.ids(.liked).isEmpty,
            !(retriever.fusion?.scorer.knowsAnyWord(of: wish) ?? interpreter.knowsAnyWord(of: wish))
        {
            fallbacks.append(
                Fallback(
                    .unfamiliarWords,
                    "I know none of these words, so this is a guess; try a mood, a genre or a film you loved, in English."
                )
            )
        }
        return fallbacks
    }

    /// Commits the turn for its user and for who watches along, each with the taste moved from where it is by now; it
    /// counts only from here on.
    ///
    /// The answer is told already: where another process has changed somebody's data since, it stays as it is.
    func remember(_ turn: Turn, _ heard: Heard, _ present: [Float]?, _ memory: Memory) throws -> Turn {
        guard let user = turn.user, let store, turn.request.isRemembered else { return turn }
        var turn = turn
        let record = store.remembersWords ? turn : withoutWords(turn, heard)
        func commit(_ user: String) throws -> Int? {
            try retryingConflicts { try store.commit(change(record, present, self.memory(of: user))) }
        }
        turn.turn = try commit(user)
        for companion in memory.companions.compactMap(\.user) { _ = try commit(companion) }
        return turn
    }

    /// The turn with reasons and reply that say nothing of the words of the wish, as they are kept.
    private func withoutWords(_ turn: Turn, _ heard: Heard) -> Turn {
        var record = turn
        record.picks = turn.picks.map(explainer.withoutWords)
        record.reply = Reply().text(
            turn.request,
            picks: turn.picks.count,
            fallbacks: turn.fallbacks,
            answer: heard.answer
        )
        return record
    }

    /// What a turn changes for somebody whose memory is given.
    private func change(_ record: Turn, _ present: [Float]?, _ memory: Memory) -> Change {
        var record = record
        record.user = memory.user
        return Change(
            user: memory.user ?? "",
            version: memory.version,
            embedder: embedder.name,
            present: present,
            taste: settings.taste.moved(begun(memory).taste, by: present),
            alpha: settings.taste.alpha,
            feedback: record.request.named.filter {
                $0.stance != .mentioned && !record.request.carried.contains($0.id)
            },
            turn: record
        )
    }

    /// Repeats what another process has crossed, from the memory on.
    func retryingConflicts<Result>(_ body: () throws -> Result) throws -> Result {
        for _ in 1..<10 {
            do { return try body() } catch StoreError.conflict { continue }
        }
        return try body()
    }

    /// Takes in what a user says of a movie outside a message: taste moves as by a message that names it.
    /// - Throws: What the store throws; then nothing changed.
    public func feedback(_ stance: Stance, on movie: Movie, from user: String) throws {
        guard let store else { return }
        try retryingConflicts {
            let memory = try memory(of: user)
            let vector = vectors([movie.id])
            let present = settings.taste.present(
                text: nil,
                liked: stance == .liked ? vector : [],
                disliked: stance == .disliked ? vector : []
            )
            var change = change(of: user, memory, present)
            change.feedback = [NamedMovie(movie, stance)]
            try store.commit(change)
        }
    }

    /// A change that moves the taste alone.
    func change(of user: String, _ memory: Memory, _ present: [Float]?) -> Change {
        Change(
            user: user,
            version: memory.version,
            embedder: embedder.name,
            present: present,
            taste: settings.taste.moved(begun(memory).taste, by: present),
            alpha: settings.taste.alpha
        )
    }
}
