/// How the judgements of several people become one (Masthoff 2011).
public enum Together: String, Sendable, CaseIterable {
    /// What a film is to the one who would like it least.
    case leastMisery = "least-misery"
    /// What it is to all of them in the mean.
    case mean

    /// The scores of people, at least one, as one.
    package func joined<Score: BinaryFloatingPoint>(_ scores: [Score]) -> Score {
        self == .mean ? scores.reduce(0, +) / Score(scores.count) : scores.min() ?? 0
    }

    /// The candidates as each person scored them, in the same order, with the scores that count for all.
    func joined(_ each: [[Candidate]]) -> [Candidate] {
        guard var all = each.first, each.count > 1 else { return each.first ?? [] }
        for place in all.indices {
            let scores = each.map { $0[place].scores }, ratings = scores.compactMap(\.rating)
            all[place].scores.final = joined(scores.map(\.final))
            all[place].scores.rating = ratings.isEmpty ? nil : joined(ratings)
            all[place].scores.deviation = scores.compactMap(\.deviation).max()
        }
        return all
    }
}
