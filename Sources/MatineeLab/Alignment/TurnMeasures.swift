/// What is measured of one turn.
package struct TurnMeasures: Sendable, Equatable, Codable {
    /// A list of films by what it is like.
    package struct List: Sendable, Equatable, Codable {
        /// Mean cosine with the taste after the turn, u_t, and with that of the message alone, e_t.
        package var taste: Double
        package var present: Double?
        package var diversity: Double?
        package var novelty: Double?
    }

    /// Two orders of the same candidates: by the embedding alone, and as they were shown.
    package struct Orders: Sendable, Equatable, Codable {
        /// The first films by the embedding alone, as many as were shown.
        package var embedding: List
        /// The films that were shown.
        package var shown: List
        /// The share of films that both have.
        package var overlap: Double
        /// Kendall's tau between the order of all candidates by the embedding and by the final score; absent where
        /// candidates have none.
        package var tau: Double?
    }

    /// What changed since the user's turn before.
    package struct Change: Sendable, Equatable, Codable {
        /// How far the taste moved: 1 - cos(u_{t-1}, u_t), 0...2.
        package var drift: Double
        /// How far the message was from the taste before it: 1 - cos(u_{t-1}, e_t).
        package var surprise: Double?
        /// The share of films that both turns showed, and that both had as candidates.
        package var picks_overlap: Double?
        package var candidates_overlap: Double?
        /// Kendall's tau between the ranks of the candidates that both had.
        package var candidates_tau: Double?
    }

    /// The line of the log.
    package var line: Int
    package var user: String
    package var turn: Int?
    /// How many films were shown and are measured.
    package var picks: Int
    /// Mean and standard deviation (of the films, n - 1) of the cosine between the taste u_t and the films shown.
    package var taste: Double
    package var deviation: Double?
    /// Mean cosine with the taste of the message alone, e_t.
    package var present: Double?
    /// The same with as many films drawn at random, and with the nearest of the whole catalogue.
    package var random: Double
    package var nearest: Double
    /// Where between these the films shown are: `(taste - random) / (nearest - random)`, 1 at the most; absent where
    /// the two are the same.
    package var alignment: Double?
    /// Mean of 1 - cosine over the pairs of films shown.
    package var diversity: Double?
    /// Mean squared distance of the films shown from their centre.
    package var variance: Double?
    /// Mean of 1 - popularity.
    package var novelty: Double?
    /// The share of films that the user was shown before.
    package var repeated: Double
    package var orders: Orders?
    package var change: Change?
    /// Milliseconds, where the log says.
    package var time: Double?
}

/// The measures of a turn by name: what can be averaged, and what conversations can be put in order by.
package enum TurnMeasure: String, CaseIterable, Sendable {
    case taste, present, alignment, deviation, diversity, variance, novelty, repeated
    case overlap, tau
    case drift, surprise, picks_overlap, candidates_overlap, candidates_tau
    case time

    package func value(_ turn: TurnMeasures) -> Double? {
        switch self {
        case .taste: turn.taste
        case .present: turn.present
        case .alignment: turn.alignment
        case .deviation: turn.deviation
        case .diversity: turn.diversity
        case .variance: turn.variance
        case .novelty: turn.novelty
        case .repeated: turn.repeated
        case .overlap: turn.orders?.overlap
        case .tau: turn.orders?.tau
        case .drift: turn.change?.drift
        case .surprise: turn.change?.surprise
        case .picks_overlap: turn.change?.picks_overlap
        case .candidates_overlap: turn.change?.candidates_overlap
        case .candidates_tau: turn.change?.candidates_tau
        case .time: turn.time
        }
    }

    /// What it is called in tables.
    package var title: String {
        switch self {
        case .taste: "cosine of taste and picks"
        case .present: "cosine of message and picks"
        case .alignment: "alignment (0 random, 1 nearest)"
        case .deviation: "deviation of the cosine within a list"
        case .diversity: "diversity of a list"
        case .variance: "variance of a list"
        case .novelty: "novelty (1 − popularity)"
        case .repeated: "films shown before"
        case .overlap: "films in common with the embedding’s list"
        case .tau: "tau of the embedding’s and the final order"
        case .drift: "change of taste"
        case .surprise: "distance of message and taste before"
        case .picks_overlap: "picks in common with the turn before"
        case .candidates_overlap: "candidates in common with the turn before"
        case .candidates_tau: "tau of the candidates in common"
        case .time: "time, ms"
        }
    }

    /// Whether the worst conversations are those with high values.
    package var isBetterLow: Bool { [.deviation, .repeated, .drift, .surprise, .time].contains(self) }

    /// Digits after the point in tables.
    package var digits: Int { self == .time ? 1 : 3 }
}
