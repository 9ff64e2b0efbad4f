import Matinee

/// Makes conversations readable: what was said and shown, what each film rests on, how the taste moved.
package struct SampleReader: Sendable {
    private let space: FilmSpace

    package init(_ space: FilmSpace) { self.space = space }

    /// The chosen conversations of a log.
    /// - Throws: As ``SampleChooser/choose(_:turns:)``.
    package func read(_ log: LogFile, turns: [TurnMeasures], chooser: SampleChooser) throws -> SampleSet {
        let chosen = try chooser.choose(log, turns: turns)
        let measures = Dictionary(turns.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let total = log.conversations.count
        var notes = [
            "\(chosen.count) of \(total) conversation\(total == 1 ? "" : "s") of \(log.title), \(chooser.order.text)."
        ]
        if !chosen.contains(where: { $0.conversation.rows.contains(where: \.hasWords) }) {
            notes.append(
                "The log holds no words of the users, which is the default: in their place stands what was understood. `--remember-words` keeps them from then on."
            )
        }
        return SampleSet(
            title: "Conversations",
            notes: notes,
            samples: chosen.map { chosen in
                Sample(
                    name: printable(chosen.conversation.name),
                    choice: chosen.choice,
                    turns: turnsOf(chosen.conversation, measures)
                )
            }
        )
    }

    private func turnsOf(_ conversation: LogFile.Conversation, _ measures: [Int: TurnMeasures]) -> [Sample
        .Turn]
    {
        var before: [Float]?
        return conversation.rows.enumerated().map { place, row in
            defer { before = row.taste ?? before }
            let message = (row.message ?? row.request.wish).map(printable)
            return Sample.Turn(
                number: row.turn ?? place + 1,
                message: message,
                understood: message == nil ? understood(row.request) : nil,
                reply: row.reply.map(printable),
                fallbacks: row.fallbacks.map { printable($0.message ?? $0.kind) },
                films: row.picks.map { film($0, row) },
                movement: movement(row, from: before, measures[row.line])
            )
        }
    }

    /// The request without its words; constraints are in the reply, which names them.
    private func understood(_ request: LogRow.Request) -> String? {
        let named = request.named.map { film in
            let title = printable(film.title ?? film.id), year = film.year.map { " (\($0))" } ?? ""
            return "\(film.stance.map { "\(printable($0)) " } ?? "")\(title)\(year)"
        }
        let act = request.act.map { "act: \(printable($0))" }
        let parts = [act, named.isEmpty ? nil : "films named: \(named.joined(separator: ", "))"].compactMap(
            \.self
        )
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private func film(_ pick: LogRow.Pick, _ row: LogRow) -> Sample.Film {
        let place = space.catalog.row(of: pick.id), movie = place.map { space.catalog[$0] }
        let check = EvidenceCheck(movie)
        let title = printable(movie?.title ?? pick.title ?? pick.id)
        return Sample.Film(
            label: (movie?.year ?? pick.year).map { "\(title) (\($0))" } ?? title,
            cosine: place.flatMap { place in cosine(row.taste, place) },
            score: pick.score,
            reason: pick.reason.map(printable),
            evidence: pick.evidence.map(check.finding),
            facts: movie?.facts ?? [ReportFact("catalogue", "does not have this film")]
        )
    }

    private func cosine(_ taste: [Float]?, _ row: Int) -> Double? {
        guard let taste, taste.count == space.movies.dimension else { return nil }
        return space.cosine(taste, row)
    }

    /// For example `moved by 0.12 (1 − cosine); now nearest to Heat (1995), Thief (1981) and Ronin (1998)`.
    private func movement(_ row: LogRow, from before: [Float]?, _ measures: TurnMeasures?) -> String? {
        guard let taste = row.taste, taste.count == space.movies.dimension else { return nil }
        let titles = space.nearest(taste, limit: 3).map { printable(space.catalog[$0].label) }
        let near = "nearest to \(titles.joined(separator: ", "))"
        guard let before, before.count == taste.count else { return "begins \(near)" }
        let drift = decimal(1 - FilmSpace.cosine(before, taste), digits: 3)
        let surprise = measures?.change?.surprise.map {
            ", the message \(decimal($0, digits: 3)) from the taste before"
        }
        return "moved by \(drift) (1 − cosine)\(surprise ?? ""); now \(near)"
    }
}

extension SampleChooser.Order {
    var text: String {
        switch self {
        case .random(let seed): "drawn at random, seed \(seed)"
        case .worst(let measure): "the worst by “\(measure.title)” first"
        }
    }
}
