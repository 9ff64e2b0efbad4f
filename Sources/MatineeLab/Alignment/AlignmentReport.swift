import Matinee

/// What `matinee eval alignment` found in one log; its JSON is what `--json` prints.
package struct AlignmentReport: Sendable, Codable {
    /// A measure over all turns that have it.
    package struct Summary: Sendable, Codable {
        package var name: String
        /// How many turns have it.
        package var turns: Int
        /// Over turns: mean, its 95 % interval, standard deviation (n - 1).
        package var mean: Double
        package var mean_ci95: [Double]
        package var deviation: Double?
        /// Over users: the mean of their means, and how these differ.
        package var user_mean: Double
        package var user_deviation: Double?
    }

    /// The shown list less the list by the embedding alone, turn by turn, on the same candidates.
    package struct Difference: Sendable, Codable {
        package var name: String
        package var turns: Int
        package var embedding: Double
        package var shown: Double
        package var difference: Double
        package var difference_ci95: [Double]
    }

    /// Where the variance of the cosine between taste and films comes from; shares of the sum of squares, together 1.
    package struct Variance: Sendable, Codable {
        package var total: Double
        package var between_users: Double
        package var between_turns: Double
        package var within_turns: Double
    }

    package struct Coverage: Sendable, Codable {
        /// Films shown, each as often as it was, and how many different ones.
        package var shown: Int
        package var films: Int
        package var catalog: Int
        /// The share of the catalogue that was shown, and what as many films drawn at random would cover.
        package var share: Double
        package var random_share: Double
        package var gini: Double
    }

    /// What was left out, by why.
    package struct Left: Sendable, Codable {
        package var undone: Int
        package var without_picks: Int
        package var without_taste: Int
        package var unknown_films: Int
    }

    package var log: String
    package var log_sha256: String
    package var seed: UInt64
    package var users: Int
    /// What is drawn for the intervals: `users`, or `turns` where there are fewer than 10 users.
    package var resampled: String
    package var left: Left
    package var summaries: [Summary]
    package var differences: [Difference]
    package var variance: Variance
    package var coverage: Coverage
    package var turns: [TurnMeasures]

    /// With fewer users than that, turns are drawn for the intervals.
    static let fewestUsers = 10
}

extension AlignmentReport {
    init(log: LogFile, turns: [TurnMeasures], shown: [[Int]], space: FilmSpace, seed: UInt64, left: Left) {
        self.log = log.title
        log_sha256 = log.checksum
        (self.turns, self.seed, self.left) = (turns, seed, left)
        users = Set(turns.map(\.user)).count
        resampled = users < Self.fewestUsers ? "turns" : "users"
        let sample = TurnSample(turns, byUser: users >= Self.fewestUsers, seed: seed)
        summaries = TurnMeasure.allCases.compactMap(sample.summary)
        differences = ListMeasure.allCases.compactMap(sample.difference)
        variance = sample.variance
        coverage = Coverage(shown, films: space.catalog.count)
    }

    /// A measure of all turns.
    package func summary(_ measure: TurnMeasure) -> Summary? {
        summaries.first { $0.name == measure.rawValue }
    }
}

extension AlignmentReport.Coverage {
    init(_ shown: [[Int]], films catalog: Int) {
        let counts = Dictionary(shown.joined().map { ($0, 1) }, uniquingKeysWith: +)
        self.catalog = catalog
        self.shown = shown.reduce(0) { $0 + $1.count }
        films = counts.count
        share = Double(films) / Double(max(1, catalog))
        random_share = Exposure.randomCoverage(draws: self.shown, films: catalog)
        gini = Exposure.gini(Array(counts.values), films: catalog)
    }
}

extension AlignmentReport.Summary {
    package var estimate: Estimate { Estimate(mean, interval: mean_ci95, count: turns) }
}

extension AlignmentReport.Difference {
    package var estimate: Estimate { Estimate(difference, interval: difference_ci95, count: turns) }
}

/// The measures of a list that the embedding's and the shown one are compared by.
package enum ListMeasure: String, CaseIterable, Sendable {
    case taste, present, diversity, novelty

    func value(_ list: TurnMeasures.List) -> Double? {
        switch self {
        case .taste: list.taste
        case .present: list.present
        case .diversity: list.diversity
        case .novelty: list.novelty
        }
    }

    package var title: String {
        switch self {
        case .taste: TurnMeasure.taste.title
        case .present: TurnMeasure.present.title
        case .diversity: TurnMeasure.diversity.title
        case .novelty: TurnMeasure.novelty.title
        }
    }
}
