import Matinee

extension ReportSection {
    /// What `matinee eval alignment` found in some logs, for reports.
    package init(_ reports: [AlignmentReport]) {
        let first = reports.first
        self.init(
            "Do the films fit the taste?",
            lead: ([first?.sentence].compactMap(\.self) + reports.dropFirst().map(\.brief)).joined(
                separator: " "
            ),
            headlines: [
                first?.headline(
                    .alignment,
                    "Alignment of the films shown with the taste: 0 at random, 1 the nearest"
                ),
                first?.headline(.taste, "Mean cosine of taste and films shown"),
                first?.headline(.diversity, "Diversity of a list (mean of 1 − cosine)"),
            ].compactMap(\.self),
            blocks: reports.count > 1 ? Self.together(reports) : []
        )
        for (place, report) in reports.enumerated() {
            if reports.count > 1, place == 0 { blocks.append(.heading("In detail: \(report.log)")) }
            blocks += place == 0 ? report.blocks : [.details("In detail: \(report.log)", report.blocks)]
        }
    }

    /// The measures of several logs beside each other.
    private static func together(_ reports: [AlignmentReport]) -> [ReportBlock] {
        let measures = TurnMeasure.allCases.filter { measure in
            reports.contains { $0.summary(measure) != nil }
        }
        let rows = measures.map { measure in
            [ReportCell.text(measure.title)]
                + reports.map { .measured($0.summary(measure)?.estimate, digits: measure.digits) }
        }
        return [
            .plots([.taste, .alignment, .diversity, .novelty].map { comparison($0, reports) }),
            .table(ReportTable("Per turn, by log", columns: ["measure"] + reports.map(\.log), rows: rows)),
        ] + paired(reports)
    }

    /// The other logs less the first, on turns that both have, where there are some.
    private static func paired(_ reports: [AlignmentReport]) -> [ReportBlock] {
        guard let first = reports.first else { return [] }
        let rows = reports.dropFirst().flatMap { other in
            [TurnMeasure.taste, .alignment, .diversity, .novelty].compactMap { measure -> [ReportCell]? in
                guard let difference = other.difference(measure, from: first) else { return nil }
                let name = "\(other.log) − \(first.log)", count = difference.count ?? 0
                return [
                    .text(name), .text(measure.title), .estimate(difference, digits: measure.digits),
                    .count(count),
                ]
            }
        }
        guard !rows.isEmpty else { return [] }
        let table = ReportTable(
            "The same turns in two logs",
            columns: ["logs", "measure", "difference", "turns"],
            rows: rows,
            note: "Paired by user and number of the turn."
        )
        return [.table(table)]
    }

    private static func comparison(_ measure: TurnMeasure, _ reports: [AlignmentReport]) -> ReportPlot {
        ReportPlot(
            "By log: \(measure.title)",
            caption: "Mean over turns with its 95 % interval.",
            .intervals(
                IntervalPlot(
                    axis: PlotAxis(measure.title),
                    rows: reports.map { .init($0.log, [$0.summary(measure)?.estimate]) }
                )
            )
        )
    }
}

extension AlignmentReport {
    /// A measure less that of another log, over the turns that both have; `nil` where they have none in common.
    package func difference(_ measure: TurnMeasure, from other: AlignmentReport) -> Estimate? {
        let theirs = Dictionary(
            other.turns.map { (TurnKey($0), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let values = turns.compactMap { turn -> (user: String, value: Double)? in
            guard turn.turn != nil, let same = theirs[TurnKey(turn)], let old = measure.value(same),
                let new = measure.value(turn)
            else { return nil }
            return (turn.user, new - old)
        }
        guard !values.isEmpty else { return nil }
        let interval = TurnSample([], byUser: resampled == "users", seed: seed).interval(values)
        return Estimate(values.map(\.value).mean, interval: interval, count: values.count)
    }

    private struct TurnKey: Hashable {
        var user: String
        var turn: Int?

        init(_ turn: TurnMeasures) { (user, self.turn) = (turn.user, turn.turn) }
    }

    /// The log in plain words.
    package var sentence: String {
        let mean = summary(.taste)?.mean ?? 0, share = summary(.alignment)?.mean
        var text =
            "In \(log), \(turns.count) turn\(turns.count == 1 ? "" : "s") of \(users) user\(users == 1 ? "" : "s"), the films shown have a mean cosine of \(decimal(mean, digits: 3)) with the taste"
        if let share {
            text += ", \(decimal(100 * share, digits: 0)) % of the way from random films to the nearest ones"
        }
        text += "."
        if let cost = differences.first(where: { $0.name == ListMeasure.taste.rawValue }) {
            let sign = cost.difference < 0 ? "lower" : "higher"
            text +=
                " On the same candidates that is \(decimal(abs(cost.difference), digits: 3)) \(sign) than the embedding alone would show."
        }
        return text
    }

    /// The log in a few words, beside another.
    var brief: String {
        let mean = summary(.taste)?.mean ?? 0, share = summary(.alignment)?.mean
        let way = share.map { ", \(decimal(100 * $0, digits: 0)) % of the way" } ?? ""
        return "In \(log) (\(turns.count) turns): \(decimal(mean, digits: 3))\(way)."
    }

    func headline(_ measure: TurnMeasure, _ label: String) -> ReportHeadline? {
        summary(measure).map { ReportHeadline(label, $0.estimate, digits: measure.digits) }
    }

    /// The tables, for a terminal and for reports.
    package var tables: [ReportTable] {
        [measuresTable, differencesTable, varianceTable, coverageTable].filter { !$0.rows.isEmpty }
    }

    private var measuresTable: ReportTable {
        let rows = TurnMeasure.allCases.compactMap { measure in
            summary(measure).map { summary -> [ReportCell] in
                let digits = measure.digits
                return [
                    .text(measure.title), .estimate(summary.estimate, digits: digits),
                    summary.deviation.map { .number($0, digits: digits) } ?? .missing,
                    .number(summary.user_mean, digits: digits),
                    summary.user_deviation.map { .number($0, digits: digits) } ?? .missing,
                    .count(summary.turns),
                ]
            }
        }
        return ReportTable(
            "Measures of the films shown",
            columns: ["measure", "mean per turn", "sd of turns", "mean per user", "sd of users", "turns"],
            rows: rows,
            note: "Intervals of 95 % by bootstrap over \(resampled), seed \(seed). Left out: \(left.text)."
        )
    }

    private var differencesTable: ReportTable {
        ReportTable(
            "The same candidates in two orders",
            columns: ["measure of the list", "by the embedding", "as shown", "shown − embedding", "turns"],
            rows: differences.map { difference in
                [
                    .text(ListMeasure(rawValue: difference.name)?.title ?? difference.name),
                    .number(difference.embedding, digits: 3), .number(difference.shown, digits: 3),
                    .estimate(difference.estimate, digits: 3), .count(difference.turns),
                ]
            },
            note:
                "Paired by turn: the candidates that the embedding alone puts first, as many as were shown, against those that were shown. No order has a higher cosine than the embedding’s own; the difference is what the other signals, the ratings and the variety cost in it."
        )
    }

    private var varianceTable: ReportTable {
        ReportTable(
            "Where the variance of the cosine lies",
            columns: ["variance", "between users", "between turns of a user", "within lists"],
            rows: [
                [
                    .number(variance.total, digits: 4), .number(variance.between_users, digits: 3),
                    .number(variance.between_turns, digits: 3), .number(variance.within_turns, digits: 3),
                ]
            ],
            note: "Shares of the sum of squares."
        )
    }

    private var coverageTable: ReportTable {
        ReportTable(
            "Coverage of the catalogue",
            columns: [
                "films shown", "different ones", "of the catalogue", "share", "share at random", "Gini",
            ],
            rows: [
                [
                    .count(coverage.shown), .count(coverage.films), .count(coverage.catalog),
                    .number(coverage.share, digits: 3), .number(coverage.random_share, digits: 3),
                    .number(coverage.gini, digits: 3),
                ]
            ]
        )
    }
}

extension AlignmentReport.Left {
    var text: String {
        let parts = [
            (undone, "turns taken back"), (without_picks, "turns without films"),
            (without_taste, "turns without a taste"),
            (unknown_films, "films that the catalogue does not have"),
        ]
        let some = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return some.isEmpty ? "nothing" : some.joined(separator: ", ")
    }
}

/// Plots.
extension AlignmentReport {
    var blocks: [ReportBlock] {
        var blocks: [ReportBlock] = [.plots([scale, gains].compactMap(\.self))]
        blocks += tables.map(ReportBlock.table)
        if let course { blocks.insert(.plots([course, movement].compactMap(\.self)), at: 1) }
        return blocks + [.details("Users, the least aligned first", [.table(userTable)])]
    }

    /// Where the films shown stand between random ones and the nearest.
    private var scale: ReportPlot {
        let lists: [(String, (TurnMeasures) -> Double?)] = [
            ("nearest films of all", { $0.nearest }),
            ("by the embedding alone", { $0.orders?.embedding.taste }),
            ("shown", { $0.taste }), ("random films", { $0.random }),
        ]
        return ReportPlot(
            "How near to the taste",
            caption: "Mean cosine with the taste after the turn, of as many films as were shown.",
            .intervals(
                IntervalPlot(
                    axis: PlotAxis("cosine with the taste"),
                    rows: lists.map { .init($0.0, [estimate($0.1)]) }
                )
            )
        )
    }

    private func estimate(_ value: (TurnMeasures) -> Double?) -> Estimate? {
        let values = turns.compactMap { turn in value(turn).map { (turn.user, $0) } }
        guard !values.isEmpty else { return nil }
        let sample = TurnSample([], byUser: resampled == "users", seed: seed)
        return Estimate(values.map(\.1).mean, interval: sample.interval(values), count: values.count)
    }

    private var gains: ReportPlot? {
        guard !differences.isEmpty else { return nil }
        return ReportPlot(
            "What the other order changes",
            caption: "Shown list less the embedding’s list on the same candidates; paired by turn.",
            .intervals(
                IntervalPlot(
                    axis: PlotAxis("difference"),
                    rows: differences.map { difference in
                        let measure = ListMeasure(rawValue: difference.name)
                        return .init(measure?.title ?? difference.name, [difference.estimate])
                    },
                    reference: 0
                )
            )
        )
    }

    /// Turns by their number in the conversation, up to that.
    private static let longest = 12

    private var course: ReportPlot? {
        curve("Alignment as the conversation goes on", "cosine with the picks", [.taste, .present])
    }

    private var movement: ReportPlot? {
        curve("How the conversation moves", "1 − cosine, or share", [.drift, .surprise, .candidates_overlap])
    }

    private func curve(_ title: String, _ axis: String, _ measures: [TurnMeasure]) -> ReportPlot? {
        let series = measures.map { measure in
            CurvePlot.Series(
                measure.title,
                (1...Self.longest).compactMap { number -> CurvePlot.Point? in
                    let values = turns.filter { $0.turn == number }.compactMap { turn in
                        measure.value(turn).map { (turn.user, $0) }
                    }
                    guard values.count > 1 else { return nil }
                    let interval = TurnSample([], byUser: false, seed: seed).interval(values)
                    let mean = values.map(\.1).mean
                    return .init(Double(number), Estimate(mean, interval: interval, count: values.count))
                }
            )
        }.filter { $0.points.count > 1 }
        guard !series.isEmpty else { return nil }
        return ReportPlot(
            title,
            caption: "Means over users by the number of the turn, with 95 % intervals.",
            .curves(CurvePlot(x: PlotAxis("turn", isWhole: true), y: PlotAxis(axis), series: series))
        )
    }

    private var userTable: ReportTable {
        let users = Dictionary(grouping: turns, by: \.user).map { user, turns in
            (user, turns.map(\.taste), turns.compactMap(\.alignment))
        }.sorted { ($0.1.mean, $0.0) < ($1.1.mean, $1.0) }
        return ReportTable(
            "",
            columns: ["user", "turns", "mean cosine", "sd", "alignment"],
            rows: users.prefix(40).map { user, cosines, shares in
                [
                    .text(user), .count(cosines.count), .number(cosines.mean, digits: 3),
                    cosines.deviation.map { .number($0, digits: 3) } ?? .missing,
                    shares.isEmpty ? .missing : .number(shares.mean, digits: 3),
                ]
            },
            note: users.count > 40 ? "40 of \(users.count) users." : nil
        )
    }
}
