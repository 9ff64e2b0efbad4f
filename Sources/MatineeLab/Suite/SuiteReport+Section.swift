import Matinee

extension SuiteReport {
    /// The figures in words and tables, then what failed.
    package var text: String {
        ([sentence] + [figures, byKind, paired].compactMap { $0?.plain } + notes + failed.map(lines))
            .joined(separator: "\n\n")
    }

    /// The run in a sentence or two.
    package var sentence: String {
        let rates = variants.map { "\($0.name) \($0.passed) (\(decimal(100 * $0.pass_rate, digits: 1)) %)" }
        return """
            \(conversations) scripted conversations of \(messages) messages with \(properties) properties that a person \
            would expect. Of these hold: \(rates.joined(separator: ", ")).
            """
    }

    /// What `matinee eval run` found, for reports.
    package var section: ReportSection {
        ReportSection(
            "Does it do what people expect?",
            lead: sentence,
            headlines: variants.last.map {
                [
                    ReportHeadline(
                        "Properties that hold (\($0.name))",
                        .init($0.pass_rate, interval: $0.pass_rate_ci95)
                    )
                ]
            } ?? [],
            blocks: [.plot(plot), .table(figures)]
                + [byKind, paired].compactMap(\.self).map(ReportBlock.table)
                + notes.map(ReportBlock.text) + failed.map { .details($0.title, [.table($0)]) }
        )
    }

    /// What failed, a line each.
    private func lines(_ table: ReportTable) -> String {
        let rows = table.rows.map { $0.map(\.plain) }
        return ([table.title + ":"] + rows.map { "  \($0[0]), \($0[1]): \($0[2]); \($0[3])" }).joined(
            separator: "\n"
        )
    }

    private var notes: [String] { skipped.map { "\($0.name) was \($0.reason)." } }

    private var plot: ReportPlot {
        ReportPlot(
            "Properties that hold, by variant",
            caption: "The share with its 95 % interval, by bootstrap over conversations.",
            .intervals(
                IntervalPlot(
                    axis: PlotAxis("share of properties", high: 1),
                    rows: variants.map {
                        .init($0.name, [Estimate($0.pass_rate, interval: $0.pass_rate_ci95)])
                    }
                )
            )
        )
    }

    private var figures: ReportTable {
        ReportTable(
            "By variant",
            columns: [
                "variant", "properties", "whole", "diversity", "novelty", "coverage", "ms p50", "ms p95",
            ],
            rows: variants.map {
                [
                    .text($0.name), .estimate(.init($0.pass_rate, interval: $0.pass_rate_ci95), digits: 3),
                    .text("\($0.conversations_passed)/\(conversations)"),
                    .estimate(.init($0.diversity, interval: $0.diversity_ci95), digits: 3),
                    .estimate(.init($0.novelty, interval: $0.novelty_ci95), digits: 3),
                    .number($0.coverage, digits: 3), .number($0.ms_p50, digits: 1),
                    .number($0.ms_p95, digits: 1),
                ]
            },
            note: """
                properties: the share that holds; whole: conversations of which all hold; diversity: mean of 1 − cosine in \
                a list; novelty: mean of 1 − popularity; coverage: the share of the catalogue shown.
                """
        )
    }

    private var byKind: ReportTable? {
        guard let first = variants.first else { return nil }
        return ReportTable(
            "Properties that hold, by what is tried",
            columns: ["kind"] + variants.map(\.name),
            rows: first.kinds.indices.map { place in
                [.text(first.kinds[place].name)]
                    + variants.map { variant in
                        let kind = variant.kinds[place]
                        return .verdict(kind.passed == kind.properties, "\(kind.passed)/\(kind.properties)")
                    }
            }
        )
    }

    private var paired: ReportTable? {
        guard !differences.isEmpty else { return nil }
        return ReportTable(
            "Differences, conversation by conversation",
            columns: ["variants", "properties"],
            rows: differences.map {
                [
                    .text("\($0.variant) − \($0.to)"),
                    .estimate(.init($0.pass_rate, interval: $0.pass_rate_ci95), digits: 3),
                ]
            }
        )
    }

    private var failed: [ReportTable] {
        variants.compactMap { variant in
            let failures = variant.unsound + variant.failures
            guard !failures.isEmpty else { return nil }
            return ReportTable(
                "What does not hold with \(variant.name)",
                columns: ["conversation", "message", "expected", "found"],
                rows: failures.map {
                    [
                        .text($0.conversation), .text("\($0.message) “\($0.said.prefix(100))”"),
                        .text($0.property),
                        .text(String($0.found.prefix(300))),
                    ]
                }
            )
        }
    }
}
