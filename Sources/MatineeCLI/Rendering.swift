import Matinee

/// How turns and movies look in a terminal.
struct Rendering: Sendable {
    let terminal: Terminal

    func turn(_ turn: Turn) -> String {
        ([terminal.wrapped(turn.reply)] + turn.picks.map(pick)).joined(separator: "\n\n")
    }

    /// What was said to a message that asks or chats, without the list.
    func reply(_ turn: Turn) -> String { terminal.wrapped(turn.reply) }

    func pick(_ pick: Pick) -> String { heading(pick) + "\n" + terminal.wrapped(pick.reason, indent: 3) }

    /// What stands above the reason of a pick.
    func heading(_ pick: Pick) -> String {
        let facts = [list(pick.directors), pick.runtime.map { "\($0) min" } ?? ""].filter { !$0.isEmpty }
            .joined(separator: " · ")
        let number = "\(pick.rank). ", year = pick.year.map { " (\($0))" } ?? ""
        let title = terminal.bold(number + pick.title) + year
        if facts.isEmpty { return title }
        let fits = number.count + pick.title.count + year.count + 3 + facts.count <= terminal.width
        return title
            + (fits ? terminal.dim(" · " + facts) : "\n" + terminal.dim(terminal.wrapped(facts, indent: 3)))
    }

    /// Why a pick has its place, with the scores behind it.
    func why(_ pick: Pick, _ candidate: Candidate?) -> String {
        var lines = [
            terminal.bold(pick.title) + (pick.year.map { " (\($0))" } ?? ""), terminal.wrapped(pick.reason),
        ]
        if let scores = candidate?.scores {
            let parts = [
                ("this message", scores.present), ("your taste so far", scores.taste),
                ("both together", scores.cosine),
            ].compactMap { name, value in value.map { "\(name) \(rounded($0))" } }
            let cosines = parts.isEmpty ? "" : "Closeness (cosine): \(parts.joined(separator: ", ")). "
            lines.append(terminal.dim(terminal.wrapped("\(cosines)Score \(rounded(scores.final)) of 1.")))
        }
        return lines.joined(separator: "\n")
    }

    private func rounded(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1_000).rounded())
        let digits = String(thousandths % 1_000)
        return (value < 0 ? "-" : "") + "\(thousandths / 1_000)."
            + String(repeating: "0", count: 3 - digits.count) + digits
    }

    func taste(_ summary: TasteSummary?, of user: String) -> String {
        guard let summary else { return "I know nothing of \(printable(user))'s taste yet." }
        let parts: [(String, [String])] = [
            ("Moods and themes", summary.keywords), ("Films nearest to it", summary.nearest),
            ("Liked", summary.said[.liked] ?? []), ("Disliked", summary.said[.disliked] ?? []),
            ("Seen", summary.said[.seen] ?? []),
        ]
        return parts.filter { !$0.1.isEmpty }.map { name, values in
            terminal.bold(name + ":") + "\n" + terminal.wrapped(values.joined(separator: ", "), indent: 3)
        }.joined(separator: "\n")
    }

    func movie(_ movie: Movie) -> String {
        let facts: [(String, String)] = [
            ("id", movie.id), ("also", list(movie.aliases)), ("genres", list(movie.genres)),
            ("directed by", list(movie.directors)), ("with", list(movie.cast)),
            ("runtime", movie.runtime.map { "\($0) minutes" } ?? ""), ("languages", list(movie.languages)),
            ("countries", list(movie.countries)), ("certificate", movie.certificate ?? ""),
            ("keywords", movie.keywords.joined(separator: ", ")), ("imdb", movie.imdbID ?? ""),
        ]
        let lines = facts.filter { !$0.1.isEmpty }.map { terminal.wrapped("\($0): \($1)", indent: 3) }
        return
            ([terminal.bold(movie.label)] + (movie.overview.map { [terminal.wrapped($0, indent: 3)] } ?? [])
            + lines)
            .joined(separator: "\n")
    }
}
