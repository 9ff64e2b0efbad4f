/// Answers messages that ask or chat, in facts of the catalogue; what it does not know is said to be unknown.
struct Answers {
    let catalog: Catalog

    /// What to say to a message, or `nil` where films are the answer.
    func text(_ request: Request, _ conversation: Conversation) -> String? {
        switch request.act {
        case .question: request.about.flatMap(question)
        case .why: request.about.flatMap { why($0, conversation) }
        case .smalltalk: request.smalltalk.map { smalltalk($0, isNew: conversation.last == nil) }
        case .recommend, .more, .narrower, .seen, .feedback, .undo, .taste: nil
        }
    }

    /// What was taken back.
    func text(_ undone: Undone?) -> String {
        switch undone {
        case nil: "There is nothing to take back."
        case .turn(let number)?: "Message \(number) is taken back: your taste is as it was before."
        case .feedback(let ids)?: "Taken back: what you said of \(list(ids.map(label)))."
        case .history(let source, let films)?:
            "Taken back: what the history from \(source) said of \(films == 1 ? "1 film" : "\(films) films")."
        }
    }

    /// What is known of a user, in a few sentences.
    func text(_ summary: TasteSummary?) -> String {
        guard let summary else { return "I know nothing of your taste yet." }
        let parts = [
            ("You like", summary.said[.liked] ?? []), ("You do not like", summary.said[.disliked] ?? []),
            ("You have seen", summary.said[.seen] ?? []),
            ("Your taste so far is near to", summary.keywords.map { "“\($0)”" }),
            ("Films nearest to it are", summary.nearest),
        ]
        return parts.filter { !$0.1.isEmpty }.map { "\($0) \(list($1))." }.joined(separator: " ")
    }

    private func label(_ id: String) -> String { catalog.row(of: id).map { catalog[$0].label } ?? id }

    private func why(_ subject: Subject, _ conversation: Conversation) -> String? {
        guard let pick = conversation.picks.first(where: { $0.id == subject.id }) else {
            return "\(label(subject.id)) is not in the list that I showed you."
        }
        return "\(label(subject.id)), number \(pick.rank): \(pick.reason)"
    }

    private func smalltalk(_ kind: Smalltalk, isNew: Bool) -> String {
        let films = catalog.count == 1 ? "1 film" : "\(catalog.count) films"
        return switch kind {
        case .greeting: isNew ? "Hello." : "Hello again. What do you feel like watching?"
        case .thanks: "You are welcome. Tell me what else you feel like, or ask for more."
        case .farewell: "Goodbye, and enjoy the film."
        case .wellbeing: isNew ? "Fine, thank you." : "Fine, thank you. What do you feel like watching?"
        case .identity:
            "I am Matinee. I recommend out of \(films): name a mood, a genre, films you loved, what you do not want."
        case .assent: "Good. Ask for more, or tell me what else you feel like."
        }
    }
}

extension Answers {
    private func question(_ subject: Subject) -> String? {
        catalog.row(of: subject.id).map { answer(subject, catalog[$0]) }
    }

    private func answer(_ subject: Subject, _ movie: Movie) -> String {
        let film = movie.label
        let known: String? =
            switch subject.topic {
            case .director:
                movie.directors.isEmpty ? nil : "\(film) was directed by \(list(movie.directors))."
            case .cast: movie.cast.isEmpty ? nil : "\(film) is with \(list(movie.cast))."
            case .runtime: movie.runtime.map { "\(film) runs \($0) minutes\(hours($0))." }
            case .year: movie.year.map { "\(movie.title) came out in \($0)." }
            case .plot: movie.overview.map { "\(film): \($0)" }
            case .genres:
                movie.genres.isEmpty ? nil : "\(film): \(list(movie.genres.map { $0.lowercased() }))."
            case .language:
                movie.languages.isEmpty
                    ? nil : "\(film) is in \(list(movie.languages.map(Place.languageName)))."
            case .country:
                movie.countries.isEmpty
                    ? nil : "Where \(film) comes from: \(list(movie.countries.map(Place.countryName)))."
            case .certificate: certificate(movie)
            case .trait: trait(subject.word ?? "", movie)
            case .choice, .other: nil
            }
        return known ?? "My catalogue does not say that of \(film).\(facts(movie))"
    }

    private func hours(_ minutes: Int) -> String {
        minutes < 60 ? "" : " (\(minutes / 60) h\(minutes % 60 == 0 ? "" : " \(minutes % 60) min"))"
    }

    private func certificate(_ movie: Movie) -> String? {
        if let certificate = movie.certificate { return "\(movie.label) is rated \(certificate)." }
        guard movie.genres.contains("Family") else { return nil }
        return "My catalogue does not know the certificate of \(movie.label), but lists it as a family film."
    }

    /// Whether the film has a trait, as far as genres, languages and keywords tell.
    private func trait(_ word: String, _ movie: Movie) -> String? {
        let asked = Message(word), film = movie.label
        let genres = asked.words.indices.compactMap {
            GenreWords.shared.genres(asked, at: $0, .english)?.genres
        }.flatMap { $0 }
        if !genres.isEmpty, !movie.genres.isEmpty {
            let has = genres.allSatisfy(movie.genres.contains)
            return
                "\(has ? "Yes" : "Not by my catalogue"): \(film) is listed as \(list(movie.genres.map { $0.lowercased() }))."
        }
        if ["black and white", "in black and white", "in colour", "in color"].contains(word)
            || !WishReader.filler.isSuperset(of: asked.words.map(\.folded))
        {
            let telling = Set(asked.words.map(\.folded)).subtracting(WishReader.filler)
            let found = movie.keywords.filter { keyword in
                !telling.isEmpty && telling.isSubset(of: words(in: keyword).map(\.folded))
            }
            if let keyword = found.first { return "Yes: one of the keywords of \(film) is “\(keyword)”." }
        }
        let names = Set(Place.languages.map { folded($0.name) })
        if asked.words.contains(where: { names.contains($0.folded) }), !movie.languages.isEmpty {
            return "\(film) is in \(list(movie.languages.map(Place.languageName)))."
        }
        return nil
    }

    /// What is known of the film, for a question that cannot be answered.
    private func facts(_ movie: Movie) -> String {
        let parts = [
            movie.directors.isEmpty ? nil : "directed by \(list(movie.directors))",
            movie.runtime.map { "\($0) minutes" },
            movie.genres.isEmpty ? nil : list(movie.genres.map { $0.lowercased() }),
            movie.keywords.isEmpty ? nil : "keywords \(list(movie.keywords.prefix(4).map { "“\($0)”" }))",
        ].compactMap { $0 }
        return parts.isEmpty ? "" : " It knows: \(parts.joined(separator: "; "))."
    }
}

extension Recommender {
    /// What to say of a change that was taken back.
    package func told(_ undone: Undone?) -> String { Answers(catalog: artifacts.catalog).text(undone) }

    /// The turn of a message that is answered in words, with the list as it was shown last; `nil` where films are
    /// to be found.
    /// - Throws: What the store throws.
    func answered(
        _ heard: Heard,
        _ user: String?,
        _ conversation: Conversation,
        since start: ContinuousClock.Instant
    )
        throws -> Turn?
    {
        var reply = heard.answer
        switch heard.request.act {
        case .undo: reply = try Answers(catalog: artifacts.catalog).text(user.flatMap { try store?.undo($0) })
        case .taste:
            reply = try Answers(catalog: artifacts.catalog).text(user.flatMap { try tasteSummary(of: $0) })
        default: if conversation.picks.isEmpty { return nil }
        }
        guard let reply else { return nil }
        var timings = heard.timings
        timings.total = Timings.milliseconds(since: start)
        let keepsList = heard.request.act != .undo
        return Turn(
            user: user,
            turn: nil,
            request: heard.request,
            candidates: [],
            picks: keepsList ? conversation.picks : [],
            reply: reply,
            models: models,
            fallbacks: [],
            timings: timings
        )
    }
}
