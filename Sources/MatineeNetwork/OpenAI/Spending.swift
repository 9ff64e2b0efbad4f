import Matinee
import Synchronization

/// How much a language model may use up; `nil` is as much as it likes.
public struct SpendingLimits: Sendable, Equatable {
    public var turnTokens: Int?
    public var dayTokens: Int?
    /// US dollars; holds for models whose price is known.
    public var dayCost: Double?

    public init(turnTokens: Int? = nil, dayTokens: Int? = nil, dayCost: Double? = nil) {
        (self.turnTokens, self.dayTokens, self.dayCost) = (turnTokens, dayTokens, dayCost)
    }
}

/// Holds a model to its limits: what a call may use up at the most is set aside before it is made.
struct Spending: Sendable {
    let limits: SpendingLimits
    let ledger: SpendingLedger?
    let price: Price?
    private let turn = TurnTokens()

    init(limits: SpendingLimits, ledger: SpendingLedger?, price: Price?) {
        (self.limits, self.ledger, self.price) = (limits, ledger, price)
    }

    /// The same limits with a new turn.
    func inNewTurn() -> Spending { Spending(limits: limits, ledger: ledger, price: price) }

    private func cost(_ usage: TokenUsage) -> Double { price?.cost(of: usage) ?? 0 }

    /// Sets tokens aside.
    /// - Throws: ``LanguageModelError/overBudget``, or ``LanguageModelError/unreachable(_:)`` where the sums of the day cannot
    ///   be kept: what cannot be counted is not spent.
    func reserve(_ most: TokenUsage) throws -> Reservation {
        try turn.add(most.total, upTo: limits.turnTokens)
        do {
            try ledger?.change { day in
                day.requests += 1
                day.tokens += most.total
                day.cost += cost(most)
                guard day.tokens <= limits.dayTokens ?? .max, day.cost <= limits.dayCost ?? .infinity else {
                    throw LanguageModelError.overBudget
                }
            }
        } catch {
            turn.give(back: most.total)
            guard let unusable = error as? SpendingLedger.Unusable else { throw error }
            throw LanguageModelError.unreachable("\(unusable)")
        }
        return Reservation(spending: self, most: most)
    }

    /// Tokens that were set aside.
    struct Reservation: Sendable {
        fileprivate let spending: Spending
        let most: TokenUsage

        /// Counts what was used up in place of what was set aside. Where that cannot be kept, the larger number stays.
        func settle(_ used: TokenUsage) {
            spending.turn.give(back: most.total - used.total)
            _ = try? spending.ledger?.change { day in
                day.tokens = max(0, day.tokens + used.total - most.total)
                day.cost = max(0, day.cost + spending.cost(used) - spending.cost(most))
            }
        }
    }

    private final class TurnTokens: Sendable {
        private let sum = Mutex(0)

        func add(_ tokens: Int, upTo limit: Int?) throws {
            try sum.withLock {
                guard $0 + tokens <= limit ?? .max else { throw LanguageModelError.overBudget }
                $0 += tokens
            }
        }

        func give(back tokens: Int) { sum.withLock { $0 -= tokens } }
    }
}

extension TokenUsage {
    var total: Int { prompt + completion }
}
