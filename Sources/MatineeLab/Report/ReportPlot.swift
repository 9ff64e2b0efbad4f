/// A plot of a report: what is drawn, not how.
package struct ReportPlot: Sendable, Equatable, Codable {
    package var title: String
    /// What is to be seen in it, and how to read it.
    package var caption: String
    package var drawing: Drawing

    package enum Drawing: Sendable, Equatable, Codable {
        case intervals(IntervalPlot)
        case curves(CurvePlot)
        case spreads(SpreadPlot)
        /// An SVG file of ours, shown as a picture: its styles and the page's do not meet, and nothing in it can run.
        case picture(svg: String)
    }

    package init(_ title: String, caption: String, _ drawing: Drawing) {
        (self.title, self.caption, self.drawing) = (title, caption, drawing)
    }
}

/// An axis of a plot.
package struct PlotAxis: Sendable, Equatable, Codable {
    package var title: String
    /// Where it begins and ends at the least; it grows by what is drawn.
    package var low: Double?
    package var high: Double?
    /// Whether steps are factors; for numbers above 0.
    package var isLogarithmic = false
    /// Whether ticks stand at whole numbers alone.
    package var isWhole = false

    package init(
        _ title: String,
        low: Double? = nil,
        high: Double? = nil,
        isLogarithmic: Bool = false,
        isWhole: Bool = false
    ) {
        (self.title, self.low, self.high) = (title, low, high)
        (self.isLogarithmic, self.isWhole) = (isLogarithmic, isWhole)
    }
}

/// Figures with their intervals, a line for each: a metric by variant.
package struct IntervalPlot: Sendable, Equatable, Codable {
    package struct Row: Sendable, Equatable, Codable {
        package var label: String
        /// By series; `nil` where nothing was measured.
        package var estimates: [Estimate?]

        package init(_ label: String, _ estimates: [Estimate?]) {
            (self.label, self.estimates) = (label, estimates)
        }
    }

    package var axis: PlotAxis
    /// The names of the series; one of no name needs no legend.
    package var series: [String]
    package var rows: [Row]
    /// A value to compare with, such as 0 for a difference.
    package var reference: Double?

    package init(axis: PlotAxis, series: [String] = [""], rows: [Row], reference: Double? = nil) {
        (self.axis, self.series, self.rows, self.reference) = (axis, series, rows, reference)
    }
}

/// Curves over a plane, each with intervals where its points have them.
package struct CurvePlot: Sendable, Equatable, Codable {
    package struct Point: Sendable, Equatable, Codable {
        package var x: Double
        package var y: Estimate

        package init(_ x: Double, _ y: Estimate) { (self.x, self.y) = (x, y) }
    }

    package struct Series: Sendable, Equatable, Codable {
        package var name: String
        package var points: [Point]
        /// Whether the points are joined by a line.
        package var isJoined: Bool

        package init(_ name: String, _ points: [Point], isJoined: Bool = true) {
            (self.name, self.points, self.isJoined) = (name, points, isJoined)
        }
    }

    package enum Reference: Sendable, Equatable, Codable {
        /// The line y = x, on which a calibrated forecast lies.
        case identity
        case level(Double, String)
    }

    package var x: PlotAxis
    package var y: PlotAxis
    package var series: [Series]
    package var reference: Reference?

    package init(x: PlotAxis, y: PlotAxis, series: [Series], reference: Reference? = nil) {
        (self.x, self.y, self.series, self.reference) = (x, y, series, reference)
    }
}

/// How values spread, a line for each kind: from the 5th to the 95th percentile, a box between the quartiles, a mark at
/// the median.
package struct SpreadPlot: Sendable, Equatable, Codable {
    package struct Row: Sendable, Equatable, Codable {
        package var label: String
        /// The 5th, 25th, 50th, 75th and 95th percentile.
        package var percentiles: [Double]
        package var count: Int

        /// - Parameter values: any number above 0, in any order.
        package init(_ label: String, of values: [Double]) {
            let sorted = values.sorted()
            self.label = label
            percentiles = [0.05, 0.25, 0.5, 0.75, 0.95].map { quantile($0, ofSorted: sorted) }
            count = values.count
        }
    }

    package var axis: PlotAxis
    package var rows: [Row]

    package init(axis: PlotAxis, rows: [Row]) { (self.axis, self.rows) = (axis, rows) }
}

/// The quantile by linear interpolation between the order statistics (Hyndman and Fan 1996, type 7; NumPy's standard);
/// 0 of no values.
package func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    guard let last = values.indices.last else { return 0 }
    let place = share * Double(last), low = Int(place), high = min(last, low + 1)
    return values[low] + (place - Double(low)) * (values[high] - values[low])
}
