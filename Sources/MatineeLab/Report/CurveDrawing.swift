/// Draws curves with their intervals over a plane.
struct CurveDrawing {
    private static let left = 62.0, right = PlotPaper.width - 14, top = 10.0, bottom = 290.0

    let plot: CurvePlot

    func svg(label: String) -> String {
        var paper = PlotPaper(height: Self.bottom + 46, label: label)
        let points = plot.series.flatMap(\.points)
        let heights =
            points.flatMap { [$0.y.value, $0.y.low, $0.y.high] }.compactMap(\.self) + referenceHeights
        let x = PlotScale(plot.x, of: points.map(\.x), pixels: (Self.left, Self.right))
        let y = PlotScale(plot.y, of: heights, pixels: (Self.bottom, Self.top))
        paper.up(y, plot.y, left: Self.left, right: Self.right)
        paper.across(x, plot.x, top: Self.top, bottom: Self.bottom)
        refer(x, y, on: &paper)
        for number in plot.series.indices { band(number, x, y, on: &paper) }
        for number in plot.series.indices { draw(number, x, y, on: &paper) }
        return paper.svg
    }

    private var referenceHeights: [Double] {
        if case .level(let level, _) = plot.reference { return [level] }
        return []
    }

    private func refer(_ x: PlotScale, _ y: PlotScale, on paper: inout PlotPaper) {
        switch plot.reference {
        case .identity:
            let (from, to) = (max(x.low, y.low), min(x.high, y.high))
            guard from < to else { return }
            paper.line("reference", (x.place(from), y.place(from)), (x.place(to), y.place(to)))
        case .level(let level, let name):
            paper.line("reference", (Self.left, y.place(level)), (Self.right, y.place(level)))
            paper.text(name, at: (Self.right - 4, y.place(level) - 6), .end, "tick")
        case nil: break
        }
    }

    /// Intervals: a band along a line, whiskers of points that are not joined.
    private func band(_ number: Int, _ x: PlotScale, _ y: PlotScale, on paper: inout PlotPaper) {
        let series = plot.series[number], color = "s\(number % PlotPaper.seriesCount)"
        let ends = series.points.compactMap { point in
            point.y.interval.map {
                (x: x.place(point.x), low: y.place($0.lowerBound), high: y.place($0.upperBound))
            }
        }
        if series.isJoined, ends.count == series.points.count, ends.count > 1 {
            let outline = ends.map { (x: $0.x, y: $0.high) } + ends.reversed().map { (x: $0.x, y: $0.low) }
            paper.path("band \(color)", outline, isClosed: true)
        } else {
            for end in ends { paper.line("whisker \(color)", (end.x, end.low), (end.x, end.high)) }
        }
    }

    private func draw(_ number: Int, _ x: PlotScale, _ y: PlotScale, on paper: inout PlotPaper) {
        let series = plot.series[number]
        let points = series.points.filter { $0.x.isFinite && $0.y.value.isFinite }
        let places = points.map { (x: x.place($0.x), y: y.place($0.y.value)) }
        if series.isJoined { paper.path("curve s\(number % PlotPaper.seriesCount)", places) }
        guard points.count <= 60 else { return }
        for (point, place) in zip(points, places) {
            let value = ReportCell.estimate(point.y, digits: 3).plain
            let count = point.y.count.map { ", \($0) observations" } ?? ""
            let name = series.name.isEmpty ? "" : "\(series.name), "
            paper.mark(number, at: place, title: "\(name)\(decimal(point.x, digits: 2)): \(value)\(count)")
        }
    }
}
