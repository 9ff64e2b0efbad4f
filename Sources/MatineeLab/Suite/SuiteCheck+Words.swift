import Matinee

// What holds of the list as a whole, of what was understood, and of the reply.

extension SuiteCheck {
    func listFault(_ kind: SuiteProperty.Kind, _ ids: Set<String>, _ turn: Turn) -> String? {
        let found = turn.picks.filter { ids.contains($0.id) }
        let list = turn.picks.map { pick in movie(pick.id)?.label ?? pick.title }.joined(separator: ", ")
        switch kind {
        case .includes where found.count < ids.count, .includesOneOf where found.isEmpty:
            return list.isEmpty ? "no film is shown" : "the list is \(list)"
        case .excludes where !found.isEmpty:
            return "\(found.map(\.title).joined(separator: ", ")) is shown"
        default: return nil
        }
    }

    func namesFault(_ property: SuiteProperty, _ request: Request) -> String? {
        let named = request.named
        let found =
            named.isEmpty
            ? "no film was understood"
            : named.map { "\($0.title)\($0.year.map { " (\($0))" } ?? "") is \($0.stance.rawValue)" }
                .joined(separator: ", ")
        let holds =
            switch property.value {
            case .stances(let stances):
                stances.allSatisfy { id, stance in named.contains { $0.id == id && $0.stance == stance } }
            case .films(let ids): !named.contains { ids.contains($0.id) }
            case .flag(let flag): named.isEmpty != flag
            case .names, .bounds: true
            }
        return holds ? nil : found
    }

    func replyFault(_ property: SuiteProperty, _ turn: Turn) -> String? {
        let reply = folded(turn.reply)
        let holds =
            switch (property.kind, property.value) {
            case (.asks, .flag(let flag)): turn.reply.contains("?") == flag
            case (.saysNotUnderstood, .flag(let flag)):
                turn.fallbacks.contains { Self.notUnderstood.contains($0.kind) } == flag
            case (.saysFewFit, .flag(let flag)):
                turn.fallbacks.contains { Self.fewFit.contains($0.kind) } == flag
            case (.replyHas, .names(let words)): words.allSatisfy { reply.contains(folded($0)) }
            case (.replyHasOneOf, .names(let words)): words.contains { reply.contains(folded($0)) }
            default: true
            }
        return holds ? nil : "the reply is “\(turn.reply)”"
    }

    private static let notUnderstood: Set<Fallback.Kind> = [.unfamiliarWords, .unknownTitles, .noWish]
    private static let fewFit: Set<Fallback.Kind> = [.fewMovies, .nearMisses, .unknownFields, .repeated]

    /// Whether most films have one of the words, or one that begins with it (`rob`, `robbery`).
    func aboutFault(_ words: [String], _ turn: Turn) -> String? {
        let others = turn.picks.filter { pick in
            guard let movie = movie(pick.id) else { return true }
            let text =
                " "
                + folded((movie.keywords + movie.genres + [movie.overview ?? ""]).joined(separator: " . "))
            return !words.contains { text.contains(" " + folded($0)) }
        }
        guard turn.picks.isEmpty || others.count * 2 >= turn.picks.count else { return nil }
        return turn.picks.isEmpty
            ? "no film is shown" : "not so: \(others.map(\.title).joined(separator: ", "))"
    }
}
