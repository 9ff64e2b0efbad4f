/// How training data are made of a dataset.
package struct PreparationSettings: Sendable, Equatable, Codable {
    /// Which way half stars go, as models answer whole ones: 3.5 is 4 (`up`) or 3 (`down`); 0.5 is 1 either way.
    package enum Halves: String, Sendable, Codable, CaseIterable { case up, down }

    package var seed: UInt64 = 1
    /// What share of the members is held out, 0...0.9.
    package var validation = 0.1
    /// How many films of a member are asked for at most.
    package var per_member = 20
    /// How many rated films must come before one that is asked for.
    package var least_history = 5
    /// How many tokens the films of a profile may have, about.
    package var profile_tokens = 240
    package var halves = Halves.up
    /// 0 keeps the ratings as they are spread, 1 makes all five equally frequent; only in the training file.
    package var balance = 0.0
    /// For the estimate of the cost: how often the training reads all, and US dollars for a million tokens.
    package var epochs = 3
    package var price = 3.0

    package init() {}

    /// The answer, 1...5, that stands for a rating.
    package func answer(_ rating: Double) -> Int {
        let whole = halves == .up ? (rating + 0.5).rounded(.down) : (rating - 0.5).rounded(.up)
        return Int(min(5, max(1, whole)))
    }
}
