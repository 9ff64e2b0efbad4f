import Matinee

/// Conversations made worse on purpose, which any judge worth its name must score lower.
package enum JudgeControl: String, Sendable, CaseIterable, Codable {
    /// Films drawn from the catalogue in place of those that were shown.
    case randomFilms = "random films"
    /// What another person was shown.
    case anothersPicks = "another person's picks"
    /// Each explanation at another film of its list.
    case swappedExplanations = "swapped explanations"

    /// The criterion on which it must be worse.
    package var criterion: JudgeCriterion {
        switch self {
        case .randomFilms: .relevance
        case .anothersPicks: .personalisation
        case .swappedExplanations: .clarity
        }
    }

    /// The conversation made worse; `nil` where that cannot be done to it.
    func spoilt(_ place: Int, of all: [JudgedConversation], _ catalog: Catalog, seed: UInt64)
        -> JudgedConversation?
    {
        var random = SeededGenerator(seed: seed &* 1_009 &+ UInt64(place))
        var copy = all[place]
        switch self {
        case .randomFilms:
            guard copy.hasFilms, catalog.count > 0 else { return nil }
            for turn in copy.turns.indices {
                copy.turns[turn].films = copy.turns[turn].films.map { _ in Self.film(catalog, &random) }
            }
        case .anothersPicks:
            guard let other = Self.other(place, of: all, &random) else { return nil }
            for turn in copy.turns.indices {
                let source = other.turns[turn % other.turns.count]
                copy.turns[turn].films = source.films
                if !copy.hasFilms || source.films.isEmpty { copy.turns[turn].reply = source.reply }
            }
        case .swappedExplanations:
            guard copy.turns.contains(where: { Set($0.films.map(\.reason)).count > 1 }) else { return nil }
            for turn in copy.turns.indices {
                let reasons = copy.turns[turn].films.map(\.reason), count = reasons.count
                let shift = count > 1 ? Int.random(in: 1..<count, using: &random) : 0
                for film in reasons.indices {
                    copy.turns[turn].films[film].reason = reasons[(film + shift) % count]
                }
            }
        }
        return copy == all[place] ? nil : copy
    }

    /// A film of the catalogue, explained by what it is.
    private static func film(_ catalog: Catalog, _ random: inout SeededGenerator) -> JudgedConversation.Film {
        let movie = catalog[Int.random(in: 0..<catalog.count, using: &random)]
        let first = movie.overview?.split(separator: ".", maxSplits: 1).first.map { "\($0)." }
        return .init(
            label: movie.label,
            facts: movie.judgedFacts,
            reason: first ?? movie.genres.joined(separator: ", ")
        )
    }

    /// Another conversation with answers and other words.
    private static func other(_ place: Int, of all: [JudgedConversation], _ random: inout SeededGenerator)
        -> JudgedConversation?
    {
        let others = all.indices.filter { other in
            other != place && all[other].messages != all[place].messages
                && all[other].hasFilms == all[place].hasFilms
        }
        return others.randomElement(using: &random).map { all[$0] }
    }
}
