extension JudgeReport {
    /// The figures in words and tables.
    package var text: String {
        ([verdict] + doubts.map { "  - \($0)" }).joined(separator: "\n") + "\n\n"
            + ([counts] + tables.map(\.plain)).joined(separator: "\n\n")
    }

    /// Whether the judge can be trusted, first of all.
    package var verdict: String {
        isTrustworthy
            ? "Nothing speaks against this judge: it scores conversations made worse lower, and does not go by their order."
            : "This judge cannot be trusted, and its scores say nothing:"
    }

    private var counts: String {
        var parts = [
            "\(conversations) conversations, judged by \(model)", "\(questions) questions",
            "\(known) answered in an earlier run", "\(tokens) tokens now",
        ]
        parts += cost_usd.map { ["$\(decimal($0, digits: 4)) in all"] } ?? []
        var sentences = [parts.joined(separator: ", ") + "."]
        if shortened > 0 { sentences.append("\(shortened) conversations were too long to be shown whole.") }
        if broken > 0 { sentences.append("\(broken) replies were no judgement and do not count.") }
        for (reason, count) in failures.sorted(by: { $0.key < $1.key }) {
            sentences.append("\(count) questions got no reply: \(reason).")
        }
        if let stopped { sentences.append(stopped) }
        return sentences.joined(separator: " ")
    }

    /// What `matinee eval judge` found, for reports.
    /// - Parameter links: of files beside the report: prompts and replies.
    package func section(_ links: [ReportLink]) -> ReportSection {
        ReportSection(
            "What does a judge say?",
            lead: verdict + " " + doubts.joined(separator: " "),
            headlines: isTrustworthy
                ? criteria.filter { $0.name == JudgeCriterion.overall.rawValue }.map {
                    ReportHeadline(
                        "Overall, by \(model), 1 to 5",
                        .init($0.mean, interval: $0.mean_ci95),
                        digits: 2
                    )
                } : [],
            blocks: [.text(counts)] + plots + tables.map(ReportBlock.table)
                + (links.isEmpty ? [] : [.links(links)])
        )
    }

    private var tables: [ReportTable] {
        [scores, controlTable, comparisonTable].compactMap(\.self)
    }

    private var scores: ReportTable? {
        guard !criteria.isEmpty else { return nil }
        let hasOther = criteria.contains { $0.difference != nil }
        return ReportTable(
            "Scores",
            columns: ["criterion", "mean", "1", "2", "3", "4", "5", "alpha"]
                + (hasOther ? ["other", "difference"] : []),
            rows: criteria.map { criterion in
                [
                    .text(criterion.name),
                    .estimate(.init(criterion.mean, interval: criterion.mean_ci95), digits: 2),
                ]
                    + criterion.counts.map(ReportCell.count)
                    + [criterion.alpha.map { .number($0, digits: 2) } ?? .missing]
                    + (hasOther
                        ? [
                            criterion.other_mean.map { .number($0, digits: 2) } ?? .missing,
                            .measured(
                                criterion.difference.map {
                                    .init($0, interval: criterion.difference_ci95 ?? [])
                                },
                                digits: 2
                            ),
                        ] : [])
            },
            note:
                "alpha: Krippendorff's, ordinal, between repetitions; 0.8 is good, below 0.667 nothing can be concluded."
        )
    }

    private var controlTable: ReportTable? {
        guard !controls.isEmpty else { return nil }
        return ReportTable(
            "Conversations made worse",
            columns: [
                "control", "criterion", "conversations", "as it was", "made worse", "difference", "seen",
            ],
            rows: controls.map {
                [
                    .text($0.name), .text($0.criterion), .count($0.conversations),
                    .number($0.mean, digits: 2),
                    .number($0.worse_mean, digits: 2),
                    .estimate(.init($0.difference, interval: $0.difference_ci95), digits: 2),
                    .verdict($0.holds, ""),
                ]
            },
            note: "A judge must score these lower; seen: whether the whole interval lies above 0."
        )
    }

    private var comparisonTable: ReportTable? {
        guard !comparisons.isEmpty else { return nil }
        return ReportTable(
            "In pairs, asked in both orders",
            columns: [
                "with", "pairs", "better", "worse", "tie", "changed with the order", "win rate",
                "first preferred",
            ],
            rows: comparisons.map {
                [
                    .text($0.with), .count($0.pairs), .count($0.wins), .count($0.losses), .count($0.ties),
                    .count($0.disagreements),
                    .estimate(.init($0.win_rate, interval: $0.win_rate_ci95), digits: 2),
                    .estimate(.init($0.first_share, interval: $0.first_share_ci95), digits: 2),
                ]
            },
            note:
                "An answer that changes with the order counts as a tie. Win rate: wins and half of the ties."
        )
    }

    private var plots: [ReportBlock] {
        guard preferences.count > 1 else { return [] }
        return [
            .plot(
                ReportPlot(
                    "Position bias",
                    caption:
                        "How often what stands first is preferred, by how much higher it was scored. A fair judge rises from 0 to 1 through one half; one that goes by the order is level.",
                    .curves(
                        CurvePlot(
                            x: PlotAxis("score of the first less that of the second"),
                            y: PlotAxis("first preferred", low: 0, high: 1),
                            series: [
                                .init(
                                    model,
                                    preferences.map {
                                        .init(
                                            Double($0.gap),
                                            .init(
                                                $0.first_share,
                                                interval: $0.first_share_ci95,
                                                count: $0.answers
                                            )
                                        )
                                    }
                                )
                            ],
                            reference: .level(0.5, "no preference")
                        )
                    )
                )
            )
        ]
    }
}
