/// Draws figures with their intervals, a line for each.
struct IntervalDrawing {
    private static let rowHeight = 19.0, gap = 9.0, top = 8.0, right = 84.0

    let plot: IntervalPlot

    private var series: Int { max(1, plot.series.count) }
    private var stepHeight: Double { Double(series) * Self.rowHeight + Self.gap }

    func svg(label: String) -> String {
        let bottom = Self.top + Double(plot.rows.count) * stepHeight
        var paper = PlotPaper(height: bottom + 46, label: label)
        let left = labelWidth + 12
        let scale = PlotScale(plot.axis, of: values, pixels: (left, PlotPaper.width - Self.right))
        paper.across(scale, plot.axis, top: Self.top, bottom: bottom)
        if let reference = plot.reference {
            paper.line("reference", (scale.place(reference), Self.top), (scale.place(reference), bottom))
        }
        for (number, row) in plot.rows.enumerated() {
            let y = Self.top + Double(number) * stepHeight
            let text = shortened(row.label, to: 34)
            paper.text(text, at: (left - 10, y + stepHeight / 2 + 4), .end, "row")
            for (series, estimate) in row.estimates.enumerated() where series < self.series {
                let middle = y + Self.gap / 2 + (Double(series) + 0.5) * Self.rowHeight
                if let estimate { draw(estimate, series, row.label, middle, scale, on: &paper) }
            }
        }
        return paper.svg
    }

    private func draw(
        _ estimate: Estimate,
        _ series: Int,
        _ label: String,
        _ y: Double,
        _ scale: PlotScale,
        on paper: inout PlotPaper
    ) {
        guard estimate.value.isFinite else { return }
        if let interval = estimate.interval {
            let ends = (scale.place(interval.lowerBound), scale.place(interval.upperBound))
            paper.line("whisker s\(series % PlotPaper.seriesCount)", (ends.0, y), (ends.1, y))
        }
        let value = ReportCell.estimate(estimate, digits: valueDigits).plain
        let name = plot.series.count > 1 && series < plot.series.count ? ", \(plot.series[series])" : ""
        paper.mark(series, at: (scale.place(estimate.value), y), title: "\(label)\(name): \(value)")
        let text = decimal(estimate.value, digits: valueDigits)
        paper.text(text, at: (PlotPaper.width - 6, y + 4), .end, "value")
    }

    private var values: [Double] {
        plot.rows.flatMap(\.estimates).compactMap(\.self).flatMap { [$0.value, $0.low, $0.high] }
            .compactMap(\.self) + (plot.reference.map { [$0] } ?? [])
    }

    /// Three figures that count.
    private var valueDigits: Int {
        let largest = values.filter(\.isFinite).map(abs).max() ?? 0
        return largest >= 1_000 ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : 3
    }

    private var labelWidth: Double {
        let widths = plot.rows.map { textWidth(shortened($0.label, to: 34), size: Float(PlotPaper.textSize)) }
        return min(230, Double(widths.max() ?? 0) * 0.92)
    }
}
