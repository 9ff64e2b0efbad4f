/// The turns of a log as a sample: means, deviations and intervals of what is measured of them.
struct TurnSample {
    private let turns: [TurnMeasures]
    private let byUser: Bool
    private let bootstrap: Bootstrap

    /// - Parameter byUser: whether users are drawn for the intervals, all turns of each together, or single turns.
    init(_ turns: [TurnMeasures], byUser: Bool, seed: UInt64) {
        (self.turns, self.byUser) = (turns, byUser)
        var bootstrap = Bootstrap()
        bootstrap.seed = seed
        self.bootstrap = bootstrap
    }

    func summary(_ measure: TurnMeasure) -> AlignmentReport.Summary? {
        let values = turns.compactMap { turn in measure.value(turn).map { (turn.user, $0) } }
        guard !values.isEmpty else { return nil }
        let users = byName(values).map { $0.mean }
        return AlignmentReport.Summary(
            name: measure.rawValue,
            turns: values.count,
            mean: values.map(\.1).mean,
            mean_ci95: interval(values),
            deviation: values.map(\.1).deviation,
            user_mean: users.mean,
            user_deviation: users.deviation
        )
    }

    func difference(_ measure: ListMeasure) -> AlignmentReport.Difference? {
        let pairs = turns.compactMap { turn -> (user: String, embedding: Double, shown: Double)? in
            guard let orders = turn.orders, let embedding = measure.value(orders.embedding),
                let shown = measure.value(orders.shown)
            else { return nil }
            return (turn.user, embedding, shown)
        }
        guard !pairs.isEmpty else { return nil }
        let differences = pairs.map { ($0.user, $0.shown - $0.embedding) }
        return AlignmentReport.Difference(
            name: measure.rawValue,
            turns: pairs.count,
            embedding: pairs.map(\.embedding).mean,
            shown: pairs.map(\.shown).mean,
            difference: differences.map(\.1).mean,
            difference_ci95: interval(differences)
        )
    }

    /// The interval of the mean.
    func interval(_ values: [(user: String, value: Double)]) -> [Double] {
        let units =
            byUser
            ? byName(values).map { (sum: $0.reduce(0, +), weight: Double($0.count)) }
            : values.map { (sum: $0.value, weight: 1) }
        return bootstrap.interval(units)
    }

    /// The values of each user, users by name.
    private func byName(_ values: [(user: String, value: Double)]) -> [[Double]] {
        Dictionary(grouping: values, by: \.user).sorted { $0.key < $1.key }.map { $0.value.map(\.value) }
    }

    /// The sum of squares of the cosines, in parts: nested analysis of variance (Fisher 1925).
    var variance: AlignmentReport.Variance {
        let count = turns.reduce(0) { $0 + Double($1.picks) }
        let grand = turns.reduce(0) { $0 + Double($1.picks) * $1.taste } / max(1, count)
        var users = 0.0, between = 0.0, within = 0.0
        for own in Dictionary(grouping: turns, by: \.user).sorted(by: { $0.key < $1.key }).map(\.value) {
            let picks = own.reduce(0) { $0 + Double($1.picks) }
            let mean = own.reduce(0) { $0 + Double($1.picks) * $1.taste } / picks
            users += picks * (mean - grand) * (mean - grand)
            for turn in own {
                between += Double(turn.picks) * (turn.taste - mean) * (turn.taste - mean)
                within += Double(turn.picks - 1) * (turn.deviation ?? 0) * (turn.deviation ?? 0)
            }
        }
        let sum = users + between + within, scale = sum > 0 ? sum : 1
        return AlignmentReport.Variance(
            total: count > 1 ? sum / (count - 1) : 0,
            between_users: users / scale,
            between_turns: between / scale,
            within_turns: within / scale
        )
    }
}
