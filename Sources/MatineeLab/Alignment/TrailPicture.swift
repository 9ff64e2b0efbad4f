package import Matinee

extension MapPicture {
    /// Adds the way of the taste in a conversation of a log.
    /// - Throws: ``VectorIndexError``.
    package mutating func follow(
        _ conversation: LogFile.Conversation,
        on map: MovieMap,
        index: any VectorIndex
    ) throws {
        user = printable(conversation.name)
        trail = try conversation.rows.enumerated().compactMap { place, row in
            guard let taste = row.taste, taste.count == index.dimension,
                let spot = try map.place(of: taste, index: index)
            else { return nil }
            let picks = row.picks.map { pick in
                let title = printable(pick.title ?? pick.id)
                return pick.year.map { "\(title) (\($0))" } ?? title
            }
            return Step(
                turn: row.turn ?? place + 1,
                created: row.created ?? "",
                picks: picks,
                x: spot.x,
                y: spot.y
            )
        }
    }
}

extension LogFile {
    /// The conversation whose taste has the longest way to show, of those of at most so many turns.
    package func longest(of most: Int = 12) -> Conversation? {
        let moving = conversations.filter { $0.rows.count { $0.taste != nil } > 1 }
        let fitting = moving.filter { $0.rows.count <= most }
        return (fitting.isEmpty ? moving : fitting).max { $0.way < $1.way }
    }
}

extension LogFile.Conversation {
    /// The sum of 1 - cosine from taste to taste.
    fileprivate var way: Double {
        let tastes = rows.compactMap(\.taste)
        return zip(tastes, tastes.dropFirst()).reduce(0) { $0 + 1 - FilmSpace.cosine($1.0, $1.1) }
    }
}

extension ReportSection {
    /// The way of a taste on the map of all films.
    package init(trail picture: MapPicture) {
        let svg = String(decoding: MapSVG(picture).data(), as: UTF8.self)
        let user = picture.user ?? ""
        self.init(
            "How does the taste move?",
            lead:
                "The conversation of \(user) on the map of all films: numbers are turns, the line grows stronger with time.",
            blocks: [
                .plot(
                    ReportPlot(
                        "The taste of \(user), turn by turn",
                        caption:
                            "Films that are alike lie together. The taste lies at the mean of its ten nearest films, weighed by nearness.",
                        .picture(svg: svg)
                    )
                )
            ]
        )
    }
}
