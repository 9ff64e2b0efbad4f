import Matinee

/// Makes figures of what a judge said, and of what that says of the judge.
struct JudgeSummary {
    let plan: JudgePlan
    let outcomes: JudgeOutcomes
    let settings: JudgeRun.Settings

    /// With fewer conversations nothing is said of a judge.
    static let leastControls = 5
    /// Below it, data are not to be relied on (Krippendorff, "Content Analysis", 2004, page 241).
    static let leastAlpha = 0.667
    /// A judge whose answer changes with the order in more pairs goes by the order.
    static let mostDisagreement = 0.4

    init(_ plan: JudgePlan, _ outcomes: JudgeOutcomes, _ settings: JudgeRun.Settings) {
        (self.plan, self.outcomes, self.settings) = (plan, outcomes, settings)
    }

    func report(model: String, tally: JudgeDesk.Tally, stopped: String?) -> JudgeReport {
        let controls = JudgeControl.allCases.compactMap(control)
        let criteria = JudgeCriterion.allCases.compactMap(criterion)
        let comparisons = [
            comparison(.other, plan.matched),
            comparison(.control(.randomFilms), plan.controls[.randomFilms] ?? []),
        ].compactMap(\.self)
        return JudgeReport(
            model: model,
            seed: settings.seed,
            conversations: plan.conversations.count,
            repeats: settings.repeats,
            shortened: plan.shortened,
            questions: plan.questions.count,
            known: tally.known,
            broken: outcomes.broken,
            failures: tally.failures,
            tokens: tally.usage.prompt + tally.usage.completion,
            cost_usd: tally.cost,
            stopped: stopped,
            criteria: criteria,
            controls: controls,
            comparisons: comparisons,
            preferences: preferences,
            doubts: doubts(controls, criteria, comparisons)
        )
    }

    private var bootstrap: Bootstrap { Bootstrap(seed: settings.seed) }

    private func scores(_ side: JudgeQuestion.Side, _ place: Int, _ number: Int = 0) -> JudgeReply.Scores? {
        outcomes.scores[.score(side, conversation: place, number: number)]
    }

    /// The scores of a conversation, one a repetition.
    private func repetitions(_ place: Int, _ criterion: JudgeCriterion) -> [Int] {
        (0..<max(1, settings.repeats)).compactMap { scores(.own, place, $0)?.scores[criterion] }
    }

    private func criterion(_ criterion: JudgeCriterion) -> JudgeReport.Criterion? {
        let units = plan.conversations.indices.map { repetitions($0, criterion) }.filter { !$0.isEmpty }
        guard !units.isEmpty else { return nil }
        let means = units.map { (sum: Double($0.reduce(0, +)) / Double($0.count), weight: 1.0) }
        let pairs = plan.matched.compactMap { pair(criterion, .other, $0) }
        let differences = pairs.map { (sum: $0.own - $0.other, weight: 1.0) }
        return JudgeReport.Criterion(
            name: criterion.rawValue,
            conversations: units.count,
            mean: means.mean,
            mean_ci95: bootstrap.interval(means),
            counts: (1...5).map { score in units.joined().count { $0 == score } },
            alpha: settings.repeats > 1 ? Agreement.ordinalAlpha(units) : nil,
            other_mean: pairs.isEmpty ? nil : pairs.map(\.other).mean,
            difference: pairs.isEmpty ? nil : differences.mean,
            difference_ci95: pairs.isEmpty ? nil : bootstrap.interval(differences)
        )
    }

    /// A criterion's scores of a conversation and of what it is compared with; `nil` where one is missing.
    private func pair(_ criterion: JudgeCriterion, _ side: JudgeQuestion.Side, _ place: Int) -> (
        own: Double, other: Double
    )? {
        guard let own = scores(.own, place)?.scores[criterion],
            let other = scores(side, place)?.scores[criterion]
        else {
            return nil
        }
        return (Double(own), Double(other))
    }

    private func control(_ control: JudgeControl) -> JudgeReport.Control? {
        let pairs = (plan.controls[control] ?? []).compactMap {
            pair(control.criterion, .control(control), $0)
        }
        guard !pairs.isEmpty else { return nil }
        let differences = pairs.map { (sum: $0.own - $0.other, weight: 1.0) }
        let interval = bootstrap.interval(differences)
        return JudgeReport.Control(
            name: control.rawValue,
            criterion: control.criterion.rawValue,
            conversations: pairs.count,
            mean: pairs.map(\.own).mean,
            worse_mean: pairs.map(\.other).mean,
            difference: differences.mean,
            difference_ci95: interval,
            holds: interval[0] > 0
        )
    }

    /// 1 where the conversation was preferred, -1 where the other was, 0 for a tie; in both orders.
    private func verdicts(_ side: JudgeQuestion.Side, _ place: Int) -> (first: Int, second: Int)? {
        guard let first = outcomes.verdicts[.compare(side, conversation: place, isSwapped: false)],
            let second = outcomes.verdicts[.compare(side, conversation: place, isSwapped: true)]
        else { return nil }
        func value(_ better: JudgeReply.Better) -> Int { better == .first ? 1 : better == .second ? -1 : 0 }
        return (value(first), -value(second))
    }

    private func comparison(_ side: JudgeQuestion.Side, _ places: [Int]) -> JudgeReport.Comparison? {
        let pairs = places.compactMap { verdicts(side, $0) }
        guard !pairs.isEmpty else { return nil }
        let results = pairs.map { $0.first == $0.second ? $0.first : 0 }
        let rates = results.map { (sum: Double($0 + 1) / 2, weight: 1.0) }
        // Standing first is being preferred in the first order, and not being preferred in the second.
        let firsts = pairs.map { pair in
            (
                sum: (pair.first == 1 ? 1.0 : 0) + (pair.second == -1 ? 1 : 0),
                weight: (pair.first == 0 ? 0.0 : 1) + (pair.second == 0 ? 0 : 1)
            )
        }
        return JudgeReport.Comparison(
            with: side == .other ? "the other system" : "random films",
            pairs: pairs.count,
            wins: results.count { $0 == 1 },
            losses: results.count { $0 == -1 },
            ties: results.count { $0 == 0 },
            disagreements: pairs.count { $0.first != $0.second },
            win_rate: rates.mean,
            win_rate_ci95: bootstrap.interval(rates),
            first_share: firsts.mean,
            first_share_ci95: bootstrap.interval(firsts)
        )
    }

    /// How often what stands first is preferred, by how much higher it was scored; a tie counts half.
    private var preferences: [JudgeReport.Preference] {
        var byGap: [Int: [(sum: Double, weight: Double)]] = [:]
        for (id, better) in outcomes.verdicts {
            guard case .compare(let side, let place, let isSwapped) = id, let own = scores(.own, place),
                let other = scores(side, place)
            else { continue }
            let gap = (isSwapped ? other.mean - own.mean : own.mean - other.mean).rounded()
            byGap[Int(gap), default: []].append((better == .first ? 1 : better == .tie ? 0.5 : 0, 1))
        }
        return byGap.sorted { $0.key < $1.key }.map { gap, answers in
            let answers = answers.sorted { $0.sum < $1.sum }
            return JudgeReport.Preference(
                gap: gap,
                answers: answers.count,
                first_share: answers.mean,
                first_share_ci95: bootstrap.interval(answers)
            )
        }
    }

    /// What speaks against the judge.
    private func doubts(
        _ controls: [JudgeReport.Control],
        _ criteria: [JudgeReport.Criterion],
        _ comparisons: [JudgeReport.Comparison]
    ) -> [String] {
        var doubts = controls.filter { $0.conversations >= Self.leastControls && !$0.holds }.map {
            "It does not score \($0.name) lower on \($0.criterion): by \(decimal($0.difference, digits: 2)), \(interval($0.difference_ci95))."
        }
        let few = controls.filter { $0.conversations < Self.leastControls }.map(\.name)
        if controls.isEmpty {
            doubts.append("No conversation could be made worse and judged, so nothing is known of it.")
        } else if !few.isEmpty {
            doubts.append(
                "Fewer than \(Self.leastControls) conversations were judged with \(few.joined(separator: " and ")), too few to know it."
            )
        }
        doubts += comparisons.filter { Double($0.disagreements) > Self.mostDisagreement * Double($0.pairs) }
            .map {
                "Compared with \($0.with), its answer changes with the order in \($0.disagreements) of \($0.pairs) pairs; what stands first is preferred in \(decimal(100 * $0.first_share, digits: 0)) %."
            }
        doubts += criteria.filter { ($0.alpha ?? 1) < Self.leastAlpha }.map {
            "It does not agree with itself on \($0.name): alpha \(decimal($0.alpha ?? 0, digits: 2)), below \(decimal(Self.leastAlpha, digits: 3))."
        }
        return doubts
    }

    private func interval(_ ends: [Double]) -> String {
        "[\(ends.map { decimal($0, digits: 2) }.joined(separator: ", "))]"
    }
}
