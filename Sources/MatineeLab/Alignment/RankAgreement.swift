import Foundation

/// How far two orders of films agree.
enum RankAgreement {
    /// The share of common films, of the shorter list, 0...1; `nil` where one is empty.
    static func overlap(_ a: [Int], _ b: [Int]) -> Double? {
        let shorter = min(a.count, b.count)
        return shorter == 0 ? nil : Double(Set(a).intersection(b).count) / Double(shorter)
    }

    /// Kendall's tau over the films that both orders have, -1...1: the share of pairs in the same order less the share
    /// of those in the other (Kendall 1938); `nil` of fewer than two films.
    static func tau(_ a: [Int], _ b: [Int]) -> Double? {
        let places = Dictionary(b.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let common = a.compactMap { places[$0] }
        guard common.count > 1 else { return nil }
        var balance = 0
        for (place, earlier) in common.enumerated() {
            for later in common[(place + 1)...] { balance += later > earlier ? 1 : -1 }
        }
        return Double(balance) / Double(common.count * (common.count - 1) / 2)
    }
}

/// How evenly recommendations are spread over a catalogue.
enum Exposure {
    /// The Gini coefficient of how often each film is shown, 0 (all alike) to nearly 1 (one film alone):
    /// `Σ (2i - n - 1)·xᵢ / (n·Σx)`, the counts xᵢ in ascending order, films never shown among them (Gini 1912).
    static func gini(_ counts: [Int], films: Int) -> Double {
        let total = counts.reduce(0, +)
        guard films > 0, total > 0 else { return 0 }
        let sorted = counts.sorted(), never = films - counts.count
        let sum = sorted.enumerated().reduce(0.0) { sum, count in
            sum + Double(2 * (never + count.offset + 1) - films - 1) * Double(count.element)
        }
        return sum / (Double(films) * Double(total))
    }

    /// The share of the catalogue that so many films drawn at random, with replacement, would cover.
    static func randomCoverage(draws: Int, films: Int) -> Double {
        guard films > 0 else { return 0 }
        return 1 - pow(1 - 1 / Double(films), Double(draws))
    }
}
