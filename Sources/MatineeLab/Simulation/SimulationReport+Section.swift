extension SimulationReport {
    /// The figures in words and tables.
    package var text: String {
        ([sentence] + [success, others, paired].compactMap { $0?.plain } + notes).joined(separator: "\n\n")
    }

    /// The run in a sentence or two.
    package var sentence: String {
        let rates = variants.map { "\($0.name) \(decimal(100 * ($0.success.last ?? 0), digits: 0)) %" }
        return """
            \(users) simulated people (ratings: \(source)) each look for \(decimal(targets, digits: 1)) of \(movies) films \
            and name none of them. Within \(turns) messages they are shown one by: \(rates.joined(separator: ", ")).
            """
    }

    /// What `matinee eval simulate` found, for reports.
    package var section: ReportSection {
        ReportSection(
            "Do simulated people find what they would like?",
            lead: sentence,
            headlines: variants.last.map {
                [
                    ReportHeadline(
                        "Simulated people served within \(turns) messages (\($0.name))",
                        .init($0.success.last ?? 0, interval: $0.success_ci95.last ?? [])
                    )
                ]
            } ?? [],
            blocks: [.plot(plot), .table(success), .table(others)] + (paired.map { [.table($0)] } ?? [])
                + notes.map(ReportBlock.text)
        )
    }

    private var notes: [String] {
        skipped.map { "\($0.name) was \($0.reason)." } + [
            """
            Simulated people write in templates, know their taste exactly and count a film that nobody rated as a miss: the \
            figures compare variants, and are not those of real people.
            """
        ]
    }

    private var plot: ReportPlot {
        ReportPlot(
            "People served, by number of messages",
            caption:
                "success@t: the share who were shown a film that they look for within t messages, with 95 % intervals.",
            .curves(
                CurvePlot(
                    x: PlotAxis("messages", low: 1, high: Double(turns)),
                    y: PlotAxis("share of people", low: 0, high: 1),
                    series: variants.map { variant in
                        .init(
                            variant.name,
                            zip(variant.success, variant.success_ci95).enumerated().map { turn, figure in
                                .init(Double(turn + 1), Estimate(figure.0, interval: figure.1))
                            }
                        )
                    }
                )
            )
        )
    }

    private var success: ReportTable {
        ReportTable(
            "People served within so many messages",
            columns: ["variant"] + (1...max(1, turns)).map { "\($0)" },
            rows: variants.map { variant in
                [.text(variant.name)]
                    + zip(variant.success, variant.success_ci95).map {
                        .estimate(.init($0, interval: $1), digits: 3)
                    }
            }
        )
    }

    private var others: ReportTable {
        ReportTable(
            "By variant",
            columns: ["variant", "served", "messages to the first hit", "shown again", "ms p50", "ms p95"],
            rows: variants.map { variant in
                [
                    .text(variant.name), .count(variant.found),
                    .measured(
                        variant.turns_to_hit.map { .init($0, interval: variant.turns_to_hit_ci95 ?? []) },
                        digits: 2
                    ),
                    .number(variant.repeated, digits: 3), .number(variant.ms_p50, digits: 1),
                    .number(variant.ms_p95, digits: 1),
                ]
            },
            note: "shown again: the share of the films shown that had been shown or named before."
        )
    }

    private var paired: ReportTable? {
        guard !differences.isEmpty else { return nil }
        return ReportTable(
            "Differences in people served, person by person",
            columns: ["variants", "share"],
            rows: differences.map {
                [
                    .text("\($0.variant) − \($0.to)"),
                    .estimate(.init($0.success, interval: $0.success_ci95), digits: 3),
                ]
            }
        )
    }
}
