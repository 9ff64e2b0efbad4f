import Foundation
import Matinee

/// The paper that plots are drawn on: an SVG whose colours are the page's.
struct PlotPaper {
    static let width = 520.0
    static let textSize = 13.0

    private var lines: [String] = []
    private let label: String
    var height: Double

    /// - Parameter label: what the plot shows, for those who cannot see it.
    init(height: Double, label: String) { (self.height, self.label) = (height, label) }

    var svg: String {
        let size = "viewBox=\"0 0 \(Self.pixels(Self.width)) \(Self.pixels(height))\""
        return "<svg class=\"plot\" \(size) role=\"img\" aria-label=\"\(html(label))\">\n"
            + lines.joined(separator: "\n") + "\n</svg>"
    }

    mutating func line(_ name: String, _ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) {
        let (a, b) = (Self.point(from), Self.point(to))
        lines.append("<path class=\"\(name)\" d=\"M\(a)L\(b)\"/>")
    }

    mutating func path(_ name: String, _ points: [(x: Double, y: Double)], isClosed: Bool = false) {
        guard points.count > 1 else { return }
        let places = points.map(Self.point).joined(separator: "L")
        lines.append("<path class=\"\(name)\" d=\"M\(places)\(isClosed ? "Z" : "")\"/>")
    }

    mutating func box(_ name: String, x: Double, y: Double, width: Double, height: Double) {
        let place = "x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\""
        let size = "width=\"\(Self.pixels(max(0, width)))\" height=\"\(Self.pixels(height))\""
        lines.append("<rect class=\"\(name)\" \(place) \(size)/>")
    }

    enum Anchor: String { case start, middle, end }

    mutating func text(
        _ text: String,
        at place: (x: Double, y: Double),
        _ anchor: Anchor,
        _ name: String = ""
    ) {
        let point = "x=\"\(Self.pixels(place.x))\" y=\"\(Self.pixels(place.y))\""
        lines.append(
            "<text class=\"\(anchor.rawValue)\(name.isEmpty ? "" : " \(name)")\" \(point)>\(html(text))</text>"
        )
    }

    /// Text that reads from bottom to top.
    mutating func upright(_ text: String, at place: (x: Double, y: Double)) {
        let (x, y) = (Self.pixels(place.x), Self.pixels(place.y))
        lines.append(
            "<text class=\"middle name\" transform=\"translate(\(x) \(y)) rotate(-90)\">\(html(text))</text>"
        )
    }

    /// A mark of a series; its form tells series apart where colours do not.
    mutating func mark(_ series: Int, at place: (x: Double, y: Double), title: String) {
        lines.append(
            "<g class=\"mark s\(series % Self.seriesCount)\"><title>\(html(title))</title>\(Self.form(series, place))</g>"
        )
    }

    static let seriesCount = MapColors.light.regions.count

    /// Circle, square, diamond, triangle by the number of the series.
    static func form(_ series: Int, _ place: (x: Double, y: Double), radius: Double = 4.2) -> String {
        let (x, y) = place
        func corners(_ points: [(Double, Double)]) -> String {
            "<path d=\"M\(points.map { point((x + $0.0 * radius, y + $0.1 * radius)) }.joined(separator: "L"))Z\"/>"
        }
        switch series % 4 {
        case 1: return corners([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case 2: return corners([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
        case 3: return corners([(0, -1.25), (1.2, 0.9), (-1.2, 0.9)])
        default: return "<circle cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"\(pixels(radius))\"/>"
        }
    }

    static func point(_ place: (x: Double, y: Double)) -> String { "\(pixels(place.x)) \(pixels(place.y))" }

    static func pixels(_ length: Double) -> String { digits(Float(length)) }
}

extension PlotPaper {
    /// A horizontal axis below the drawing, with ticks, lines across and its title.
    mutating func across(_ scale: PlotScale, _ axis: PlotAxis, top: Double, bottom: Double) {
        for tick in scale.ticks {
            line("grid", (scale.place(tick), top), (scale.place(tick), bottom))
            text(scale.label(tick), at: (scale.place(tick), bottom + 17), .middle, "tick")
        }
        let middle = (scale.place(scale.low) + scale.place(scale.high)) / 2
        text(axis.title, at: (middle, bottom + 37), .middle, "name")
    }

    /// A vertical axis left of the drawing.
    mutating func up(_ scale: PlotScale, _ axis: PlotAxis, left: Double, right: Double) {
        for tick in scale.ticks {
            line("grid", (left, scale.place(tick)), (right, scale.place(tick)))
            text(scale.label(tick), at: (left - 8, scale.place(tick) + 4), .end, "tick")
        }
        upright(axis.title, at: (14, (scale.place(scale.low) + scale.place(scale.high)) / 2))
    }
}

/// Text as a page may hold it, also between quotation marks: visible characters alone, none of them markup.
func html(_ text: String) -> String { escaped(printable(text)).replacingOccurrences(of: "'", with: "&#39;") }
