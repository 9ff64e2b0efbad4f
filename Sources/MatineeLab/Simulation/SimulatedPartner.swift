package import Matinee

/// Whom simulated people talk to.
package struct SimulatedPartner: Sendable {
    package struct Answer: Sendable {
        /// The films of the list by row, best first.
        package var rows: [Int]
        package var milliseconds: Double

        package init(rows: [Int], milliseconds: Double) {
            (self.rows, self.milliseconds) = (rows, milliseconds)
        }
    }

    package var name: String
    /// Begins a conversation with somebody of that name.
    package var begin: @Sendable (String) -> any SimulatedTalk

    package init(name: String, begin: @escaping @Sendable (String) -> any SimulatedTalk) {
        (self.name, self.begin) = (name, begin)
    }

    /// A recommender that is talked to as people talk to it.
    package static func recommender(_ variant: TrialVariant, limit: Int) -> SimulatedPartner {
        SimulatedPartner(name: variant.name) { RecommenderTalk(variant: variant, user: $0, limit: limit) }
    }

    /// The best known films, five by five, whatever is said: what any recommender must beat.
    package static func popularity(_ catalog: Catalog, limit: Int) -> SimulatedPartner {
        let known = priorPopularity(of: catalog)
        let order = best(known.map { $0.isNaN ? -1 : $0 }, limit: catalog.count)
        return SimulatedPartner(name: "popularity") { _ in PopularTalk(order: order, limit: limit) }
    }
}

/// One conversation.
package protocol SimulatedTalk {
    mutating func answer(_ message: String) async throws -> SimulatedPartner.Answer
}

private struct RecommenderTalk: SimulatedTalk {
    let variant: TrialVariant
    let user: String
    let limit: Int
    var conversation = Conversation()

    mutating func answer(_ message: String) async throws -> SimulatedPartner.Answer {
        let turn = try await variant.turn(message, user: user, limit: limit, in: &conversation)
        let catalog = variant.recommender.artifacts.catalog
        return .init(rows: turn.picks.compactMap { catalog.row(of: $0.id) }, milliseconds: turn.timings.total)
    }
}

private struct PopularTalk: SimulatedTalk {
    let order: [Int]
    let limit: Int
    var shown = 0

    mutating func answer(_ message: String) async throws -> SimulatedPartner.Answer {
        defer { shown += limit }
        return .init(rows: Array(order.dropFirst(shown).prefix(limit)), milliseconds: 0)
    }
}
