/// Draws how values spread: whiskers, box and median, a line for each kind.
struct SpreadDrawing {
    private static let rowHeight = 34.0, top = 8.0, right = 96.0

    let plot: SpreadPlot

    func svg(label: String) -> String {
        let rows = plot.rows.filter { $0.percentiles.count == 5 }
        let bottom = Self.top + Double(rows.count) * Self.rowHeight
        var paper = PlotPaper(height: bottom + 46, label: label)
        let widths = rows.map { textWidth(shortened($0.label, to: 24), size: Float(PlotPaper.textSize)) }
        let left = min(200, Double(widths.max() ?? 0) * 0.92) + 12
        let scale = PlotScale(
            plot.axis,
            of: rows.flatMap(\.percentiles),
            pixels: (left, PlotPaper.width - Self.right)
        )
        paper.across(scale, plot.axis, top: Self.top, bottom: bottom)
        for (number, row) in rows.enumerated() {
            let y = Self.top + (Double(number) + 0.5) * Self.rowHeight
            paper.text(shortened(row.label, to: 24), at: (left - 10, y + 4), .end, "row")
            draw(row, y, scale, on: &paper)
        }
        return paper.svg
    }

    private func draw(_ row: SpreadPlot.Row, _ y: Double, _ scale: PlotScale, on paper: inout PlotPaper) {
        let places = row.percentiles.map(scale.place)
        paper.line("whisker s0", (places[0], y), (places[4], y))
        paper.box("spread s0", x: places[1], y: y - 8, width: max(1.5, places[3] - places[1]), height: 16)
        paper.line("median", (places[2], y - 8), (places[2], y + 8))
        let digits = row.percentiles[2] < 10 ? 2 : row.percentiles[2] < 100 ? 1 : 0
        let text =
            "\(decimal(row.percentiles[2], digits: digits)) · \(decimal(row.percentiles[4], digits: digits))"
        paper.text(text, at: (PlotPaper.width - 4, y + 4), .end, "value")
    }
}
