package import Matinee

/// A way to recommend that a suite or simulated users try.
package struct TrialVariant: Sendable {
    package var name: String
    package var recommender: Recommender
    /// Where the recommender remembers people, so that what a message corrects can be taken back.
    package var store: (any Store)?

    package init(_ name: String, _ recommender: Recommender, store: (any Store)?) {
        (self.name, self.recommender, self.store) = (name, recommender, store)
    }

    /// Answers a message as a conversation does: what a message corrects is taken back first.
    func turn(_ message: String, user: String, limit: Int, in conversation: inout Conversation) async throws
        -> Turn
    {
        let heard = recommender.interpreter.interpret(message, in: conversation)
        if !heard.corrected.isEmpty { _ = try store?.undo(user) }
        let turn = try await recommender.turn(
            message,
            user: store == nil ? nil : user,
            limit: limit,
            conversation: conversation
        )
        conversation.add(turn)
        return turn
    }
}

/// Plays the conversations of a suite to several variants and says what holds of their answers.
package struct SuiteRun: Sendable {
    private let space: FilmSpace
    private let limit: Int
    private let seed: UInt64

    package init(_ artifacts: Artifacts, limit: Int = 5, seed: UInt64 = 1) {
        (space, self.limit, self.seed) = (FilmSpace(artifacts), limit, seed)
    }

    /// - Parameters:
    ///   - progress: called with the variant and how many conversations are done.
    ///   - log: called with the variant and each of its turns, once the conversation has ended.
    package func report(
        _ suite: Suite,
        _ variants: [TrialVariant],
        progress: (String, Int) -> Void = { _, _ in },
        log: (String, SuiteLogLine) throws -> Void = { _, _ in }
    ) async throws -> SuiteReport {
        var plays: [[Play]] = []
        for variant in variants {
            var played: [Play] = []
            for (number, conversation) in suite.conversations.enumerated() {
                let user = String(printable("\(number + 1) \(conversation.name)").prefix(80))
                let play = try await play(conversation, to: variant, user: user)
                try lines(play, conversation, variant, user).forEach { try log(variant.name, $0) }
                played.append(play)
                progress(variant.name, played.count)
            }
            plays.append(played)
        }
        return SuiteReport(
            suite: suite.name,
            seed: seed,
            conversations: suite.conversations.count,
            messages: suite.conversations.reduce(0) { $0 + $1.messages.count },
            properties: suite.conversations.flatMap(\.messages).reduce(0) { $0 + $1.properties.count },
            variants: zip(variants, plays).map { summary($0, $1) },
            differences: zip(variants, plays).dropFirst().map {
                difference($0.name, $1, variants[0].name, plays[0])
            }
        )
    }

    /// The turns of a conversation for a log, with the tastes that the store keeps.
    private func lines(_ play: Play, _ script: Suite.Conversation, _ variant: TrialVariant, _ user: String)
        throws
        -> [SuiteLogLine]
    {
        let isKept = play.turns.contains { $0.turn != nil }
        let kept = isKept ? try variant.store?.log(of: user) ?? [] : []
        return play.turns.enumerated().map { place, turn in
            var record = turn
            (record.user, record.turn) = (user, place + 1)
            return SuiteLogLine(
                message: script.messages[place].text,
                record: record,
                logged: kept.first { $0.record.turn == turn.turn }
            )
        }
    }

    /// A conversation as it went with a variant.
    struct Play {
        var kind: String
        var properties = 0
        var failures: [SuiteReport.Failure] = []
        var unsound: [SuiteReport.Failure] = []
        var figures = ListFigures()
        var turns: [Turn] = []

        var passed: Int { properties - failures.count }
    }

    private func play(_ script: Suite.Conversation, to variant: TrialVariant, user: String) async throws
        -> Play
    {
        let check = SuiteCheck(space.catalog)
        var play = Play(kind: script.kind), conversation = Conversation()
        var before: [String] = [], shown: Set<String> = []
        for (place, message) in script.messages.enumerated() {
            let turn = try await variant.turn(message.text, user: user, limit: limit, in: &conversation)
            func failure(_ property: String, _ found: String) -> SuiteReport.Failure {
                .init(
                    conversation: script.name,
                    message: place + 1,
                    said: message.text,
                    property: property,
                    found: found
                )
            }
            let answer = SuiteCheck.Answer(turn, before: before, shown: shown)
            play.properties += message.properties.count
            play.failures += message.properties.compactMap { property in
                check.fault(property, answer).map { failure(property.text, $0) }
            }
            play.unsound += check.unsoundness(turn, limit: limit).map { [failure("sound", $0)] } ?? []
            play.turns.append(turn)
            let list = turn.picks.map(\.id)
            if list != before { play.figures.add(list, space) }
            (before, shown) = (list, shown.union(list))
        }
        return play
    }

    private func difference(_ name: String, _ plays: [Play], _ base: String, _ others: [Play])
        -> SuiteReport.Difference
    {
        let units = zip(plays, others).map {
            (sum: Double($0.passed - $1.passed), weight: Double($0.properties))
        }
        return SuiteReport.Difference(
            variant: name,
            to: base,
            pass_rate: units.mean,
            pass_rate_ci95: Bootstrap(seed: seed).interval(units)
        )
    }

    private func summary(_ variant: TrialVariant, _ plays: [Play]) -> SuiteReport.Variant {
        let rates = plays.map { (sum: Double($0.passed), weight: Double($0.properties)) }
        var figures = ListFigures(), times = Measurement()
        for play in plays { figures.add(play.figures) }
        let turns = plays.flatMap(\.turns)
        for turn in turns { times.add(milliseconds: turn.timings.total) }
        let bootstrap = Bootstrap(seed: seed), uses = turns.compactMap(\.languageModel)
        let costs = uses.compactMap(\.cost)
        return SuiteReport.Variant(
            name: variant.name,
            passed: plays.reduce(0) { $0 + $1.passed },
            pass_rate: rates.mean,
            pass_rate_ci95: bootstrap.interval(rates),
            conversations_passed: plays.count { $0.failures.isEmpty },
            kinds: kinds(plays),
            diversity: figures.diversity.mean,
            diversity_ci95: bootstrap.interval(plays.map(\.figures.diversity.total)),
            novelty: figures.novelty.mean,
            novelty_ci95: bootstrap.interval(plays.map(\.figures.novelty.total)),
            coverage: Double(figures.shown.count) / Double(max(1, space.catalog.count)),
            ms_p50: times.p50,
            ms_p95: times.p95,
            fallbacks: turns.flatMap(\.fallbacks).reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 },
            model_calls: uses.isEmpty ? nil : uses.reduce(0) { $0 + $1.calls },
            model_tokens: uses.isEmpty ? nil : uses.reduce(0) { $0 + $1.usage.prompt + $1.usage.completion },
            cost_usd: costs.isEmpty ? nil : costs.reduce(0, +),
            failures: plays.flatMap(\.failures),
            unsound: plays.flatMap(\.unsound)
        )
    }

    private func kinds(_ plays: [Play]) -> [SuiteReport.Kind] {
        Dictionary(grouping: plays, by: \.kind).sorted { $0.key < $1.key }.map { name, plays in
            SuiteReport.Kind(
                name: name,
                conversations: plays.count,
                properties: plays.reduce(0) { $0 + $1.properties },
                passed: plays.reduce(0) { $0 + $1.passed }
            )
        }
    }
}
