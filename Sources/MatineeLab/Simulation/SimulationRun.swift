package import Matinee

/// Lets simulated people talk to recommenders until they are shown a film that they look for.
package struct SimulationRun: Sendable {
    package struct Settings: Sendable, Equatable {
        /// How many people talk at most.
        package var users = 200
        /// How many messages each writes at most.
        package var turns = 5
        package var seed: UInt64 = 1

        package init() {}
    }

    /// A message and what was shown for it.
    package struct Exchange: Sendable {
        package var variant: String
        package var user: Int
        /// From 1.
        package var turn: Int
        package var message: String
        package var rows: [Int]
        /// Rows of `rows` that the person looked for.
        package var hits: [Int]
    }

    private let catalog: Catalog
    private let settings: Settings
    package let people: [SimulatedPerson]
    private let source: String

    /// - Throws: ``EvaluationError`` where nobody liked enough films.
    package init(_ histories: RatedHistories, _ catalog: Catalog, _ settings: Settings = Settings()) throws {
        (self.catalog, self.settings, source) = (catalog, settings, histories.source)
        var random = SeededGenerator(seed: settings.seed)
        let all = histories.people.enumerated().compactMap { number, history in
            SimulatedPerson(number, history) { SimulatedSpeech.isSayable(catalog[$0]) }
        }
        people = Array(all.shuffled(using: &random).prefix(settings.users)).sorted { $0.number < $1.number }
        guard !people.isEmpty else {
            throw EvaluationError(
                "Nobody in the ratings likes enough films of the catalogue, four stars or more."
            )
        }
    }

    /// A conversation as it went.
    struct Talk {
        /// From 1; `nil` where nothing was found.
        var found: Int?
        /// How many of the films shown in each turn were looked for.
        var hits: [Int] = []
        /// How many films were shown, and how many of these had been shown or named before.
        var shown = 0
        var repeated = 0
        var times: [Double] = []
    }

    /// - Parameters:
    ///   - progress: called with the partner and how many people are done.
    ///   - exchanges: called with everything that is said.
    package func report(
        _ partners: [SimulatedPartner],
        progress: (String, Int) -> Void = { _, _ in },
        exchanges: (Exchange) throws -> Void = { _ in }
    ) async throws -> SimulationReport {
        var all: [[Talk]] = []
        for partner in partners {
            var talks: [Talk] = []
            for person in people {
                talks.append(try await talk(person, to: partner, exchanges))
                progress(partner.name, talks.count)
            }
            all.append(talks)
        }
        return SimulationReport(
            source: source,
            seed: settings.seed,
            users: people.count,
            turns: settings.turns,
            movies: catalog.count,
            targets: Double(people.reduce(0) { $0 + $1.targets.count }) / Double(people.count),
            variants: zip(partners, all).map { summary($0.name, $1) },
            differences: zip(partners, all).dropFirst().map {
                difference($0.name, $1, partners[0].name, all[0])
            }
        )
    }

    private func talk(
        _ person: SimulatedPerson,
        to partner: SimulatedPartner,
        _ exchanges: (Exchange) throws -> Void
    )
        async throws -> Talk
    {
        var speech = SimulatedSpeech(person, catalog, seed: settings.seed)
        var other = partner.begin("person-\(person.number)"), talk = Talk(), shown: [Int] = [],
            before: Set<Int> = []
        for turn in 0..<settings.turns {
            let message = speech.message(turn, after: shown)
            let answer = try await other.answer(message)
            let hits = answer.rows.filter(person.targets.contains)
            talk.hits.append(hits.count)
            talk.shown += answer.rows.count
            talk.repeated += answer.rows.count { before.contains($0) || speech.hasNamed($0) }
            talk.times.append(answer.milliseconds)
            try exchanges(
                Exchange(
                    variant: partner.name,
                    user: person.number,
                    turn: turn + 1,
                    message: message,
                    rows: answer.rows,
                    hits: hits
                )
            )
            if !hits.isEmpty {
                talk.found = turn + 1
                break
            }
            shown = answer.rows
            before.formUnion(shown)
        }
        return talk
    }

    private func summary(_ name: String, _ talks: [Talk]) -> SimulationReport.Variant {
        let bootstrap = Bootstrap(seed: settings.seed)
        let turns = (1...settings.turns).map { turn in
            talks.map { (sum: $0.found.map { $0 <= turn } ?? false ? 1.0 : 0, weight: 1.0) }
        }
        let found = talks.compactMap { $0.found.map { (sum: Double($0), weight: 1.0) } }
        var times = Measurement()
        for time in talks.flatMap(\.times) { times.add(milliseconds: time) }
        let repeats = talks.map { (sum: Double($0.repeated), weight: Double($0.shown)) }
        return SimulationReport.Variant(
            name: name,
            success: turns.map(\.mean),
            success_ci95: turns.map { bootstrap.interval($0) },
            found: found.count,
            turns_to_hit: found.isEmpty ? nil : found.mean,
            turns_to_hit_ci95: found.isEmpty ? nil : bootstrap.interval(found),
            repeated: repeats.mean,
            ms_p50: times.p50,
            ms_p95: times.p95
        )
    }

    private func difference(_ name: String, _ talks: [Talk], _ base: String, _ others: [Talk])
        -> SimulationReport.Difference
    {
        let units = zip(talks, others).map {
            (sum: ($0.found == nil ? 0.0 : 1) - ($1.found == nil ? 0.0 : 1), weight: 1.0)
        }
        return SimulationReport.Difference(
            variant: name,
            to: base,
            success: units.mean,
            success_ci95: Bootstrap(seed: settings.seed).interval(units)
        )
    }
}
