import Matinee

/// What a log tells without any vector: how long turns took, and from which places of the candidates films were picked.
package struct LogSections: Sendable {
    private let logs: [LogFile]

    package init(_ logs: [LogFile]) { self.logs = logs }

    package var sections: [ReportSection] { [places, latency].compactMap(\.self) }

    /// How often the candidate at each place was shown.
    private var places: ReportSection? {
        let series = logs.map { CurvePlot.Series($0.title, $0.placeRates) }.filter { !$0.points.isEmpty }
        guard !series.isEmpty else { return nil }
        let plot = ReportPlot(
            "Position curve",
            caption:
                "Share of turns in which the candidate at that place of the retriever’s order was among the films shown, with Wilson intervals of 95 %. A reranker that only cuts the list drops from 1 to 0 after the fifth place; one that ignores the order is level.",
            .curves(
                CurvePlot(
                    x: PlotAxis("place among the candidates", low: 1, isWhole: true),
                    y: PlotAxis("share shown", low: 0, high: 1),
                    series: series
                )
            )
        )
        return ReportSection(
            "From which places are films picked?",
            lead: "The retriever’s order goes into the reranker; how far what is shown follows it.",
            blocks: [.plot(plot)]
        )
    }

    private static let stages = ["interpret", "embed", "retrieve", "rerank", "explain", "model", "total"]

    private var latency: ReportSection? {
        let timed = logs.filter { $0.rows.contains { $0.timings["total"] != nil } }
        guard !timed.isEmpty else { return nil }
        var blocks: [ReportBlock] = [], headlines: [ReportHeadline] = []
        for log in timed {
            let rows = Self.stages.compactMap { stage -> SpreadPlot.Row? in
                let values = log.rows.compactMap { $0.timings[stage] }.filter { $0.isFinite && $0 > 0 }
                return values.isEmpty ? nil : SpreadPlot.Row(stage, of: values)
            }
            blocks.append(
                .plot(
                    ReportPlot(
                        timed.count > 1 ? "Time by stage: \(log.title)" : "Time by stage",
                        caption:
                            "From the 5th to the 95th percentile, the box between the quartiles, the gap at the median. At the right the median and the 95th percentile.",
                        .spreads(SpreadPlot(axis: PlotAxis("milliseconds", isLogarithmic: true), rows: rows))
                    )
                )
            )
            if let total = rows.last(where: { $0.label == "total" }), headlines.isEmpty {
                let median = Estimate(total.percentiles[2], count: total.count)
                headlines.append(ReportHeadline("Median time of a turn, ms", median, digits: 1))
            }
        }
        return ReportSection(
            "How long does a turn take?",
            lead: "As the log’s own clocks say, up to the answer.",
            headlines: headlines,
            blocks: timed.count > 1 ? [.plots(blocks.compactMap(\.plot))] : blocks
        )
    }
}

extension ReportBlock {
    fileprivate var plot: ReportPlot? {
        if case .plot(let plot) = self { return plot }
        return nil
    }
}

extension LogFile {
    /// The most places that a curve has.
    private static let mostPlaces = 20

    /// By place among the candidates, from 1: the share of turns that showed the film at that place.
    var placeRates: [CurvePlot.Point] {
        let turns = rows.filter { !$0.undone && !$0.picks.isEmpty && $0.candidates.count > $0.picks.count }
        return (0..<Self.mostPlaces).compactMap { place in
            let there = turns.filter { place < $0.candidates.count }
            guard !there.isEmpty else { return nil }
            let shown = there.count { turn in turn.picks.contains { $0.id == turn.candidates[place].id } }
            return CurvePlot.Point(Double(place + 1), .share(shown, of: there.count))
        }
    }
}

extension Estimate {
    /// A share with its interval of 95 % (Wilson 1927).
    /// - Parameter count: 1 or more.
    package static func share(_ hits: Int, of count: Int) -> Estimate {
        let n = Double(max(1, count)), p = Double(hits) / n, z = 1.959964
        let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
        return Estimate(p, low: max(0, centre - reach), high: min(1, centre + reach), count: count)
    }
}
