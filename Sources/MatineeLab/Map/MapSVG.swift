package import Foundation

/// Draws a map as one SVG file: no script, nothing from elsewhere, light or dark as the reader's screen is.
///
/// Films are circles with their title on hover; beyond ``mostCircles`` the less known ones are bare points, to keep the
/// file small (3.2 MB for 87,585 films).
package struct MapSVG {
    /// How many films are circles with a title, at the most: the best known ones.
    package static let mostCircles = 20_000

    private let picture: MapPicture
    private let canvas: MapCanvas
    private var lines: [String] = []

    package init(_ picture: MapPicture) {
        self.picture = picture
        canvas = MapCanvas(picture)
    }

    /// The file.
    package func data() -> Data {
        var drawing = self
        drawing.draw()
        return Data(drawing.lines.joined(separator: "\n").utf8)
    }

    private mutating func draw() {
        let (width, height) = (digits(MapCanvas.width), digits(canvas.height))
        lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"A map of films\">",
            "<style>\n\(style(.light))\n@media (prefers-color-scheme: dark) {\n\(colors(.dark))\n}\n</style>",
            "<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\"/>",
        ]
        films()
        let trail = MapTrail(picture, canvas)
        lines += trail.line
        labels(MapLabels(picture, reserved: trail.marks.map(\.box)))
        lines += trail.steps
        caption()
        lines.append("</svg>\n")
    }

    private func style(_ colors: MapColors) -> String {
        """
        text { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif; text-anchor: middle }
        .region, .title, .number { paint-order: stroke; stroke-linejoin: round }
        .region { font-size: \(digits(MapLabels.regionSizes[0]))px; font-weight: 700; stroke-width: 4px }
        .more { font-size: \(digits(MapLabels.regionSizes[1]))px; font-weight: 400 }
        .title { font-size: \(digits(MapLabels.titleSize))px; stroke-width: 2.5px }
        .number { font-size: 10px; font-weight: 700 }
        .start { text-anchor: start } .end { text-anchor: end }
        .caption { font-size: 11px; text-anchor: start }
        .films circle { stroke-width: 0.5px }
        .films circle:hover, .step:hover circle { stroke-width: 2px }
        .rest { fill: none; stroke-width: 1px; stroke-linecap: round }
        .trail { stroke-width: 3px; stroke-linecap: round }
        .region, .title { pointer-events: none }
        \(self.colors(colors))
        """
    }

    private func colors(_ colors: MapColors) -> String {
        let regions = colors.regions.enumerated().map { ".c\($0) { fill: \($1) }" }.joined(separator: " ")
        return """
            .paper { fill: \(colors.paper) }
            .region, .title { fill: \(colors.ink); stroke: \(colors.paper) }
            .caption { fill: \(colors.faint) } .rest { stroke: \(colors.faint) }
            .films circle { stroke: \(colors.paper) } .films circle:hover { stroke: \(colors.ink) }
            .trail { stroke: \(colors.ink) } .step circle { fill: \(colors.ink); stroke: \(colors.paper) } .number { fill: \(colors.paper) }
            \(regions)
            """
    }

    private mutating func films() {
        let known = picture.films.indices.sorted {
            (picture.films[$1].popularity, $0) < (picture.films[$0].popularity, $1)
        }
        let rest = known.dropFirst(Self.mostCircles).sorted().map { row in
            let point = canvas.point(picture.films[row].place)
            return "M\(digits(point.x)) \(digits(point.y))h0"
        }
        if !rest.isEmpty { lines.append("<path class=\"rest\" d=\"\(rest.joined())\"/>") }
        let colors = MapColors.numbers(of: picture.regions)
        let byRegion = Dictionary(grouping: known.prefix(Self.mostCircles)) { picture.films[$0].region }
        for (region, films) in byRegion.sorted(by: { $0.key < $1.key }) {
            lines.append("<g class=\"films c\(colors[region])\">")
            // The best known ones come first, so that the small points lie on the large ones.
            lines += films.map { circle(picture.films[$0]) }
            lines.append("</g>")
        }
    }

    private func circle(_ film: MapPicture.Film) -> String {
        let point = canvas.point(film.place), label = film.year.map { "\(film.title) (\($0))" } ?? film.title
        let keywords = film.keywords.prefix(5).joined(separator: ", ")
        let text = shortened(keywords.isEmpty ? label : "\(label): \(keywords)", to: 200)
        return
            "<circle cx=\"\(digits(point.x))\" cy=\"\(digits(point.y))\" r=\"\(digits(canvas.radius(popularity: film.popularity)))\"><title>\(escaped(text))</title></circle>"
    }

    private mutating func labels(_ labels: MapLabels) {
        for label in labels.titles {
            let y = label.box.top + label.box.height * 0.8, text = label.lines.joined(separator: " ")
            lines.append(
                "<text class=\"title \(label.anchor.rawValue)\" x=\"\(digits(label.x))\" y=\"\(digits(y))\">\(escaped(text))</text>"
            )
        }
        for label in labels.regions {
            let x = digits(label.x)
            let top = label.box.top + MapLabels.regionSizes[0]
            lines.append("<text class=\"region\" x=\"\(x)\" y=\"\(digits(top))\">\(escaped(label.lines[0]))")
            if label.lines.count > 1 {
                lines.append(
                    "<tspan class=\"more\" x=\"\(x)\" y=\"\(digits(top + 1.25 * MapLabels.regionSizes[1]))\">\(escaped(label.lines[1]))</tspan>"
                )
            }
            lines.append("</text>")
        }
    }

    private mutating func caption() {
        let count = picture.films.count
        var texts = [
            "\(count) film\(count == 1 ? "" : "s"). Those that are alike lie together; the better known, the larger; regions are named by keywords typical of them."
        ]
        if count > Self.mostCircles {
            texts[0] += " The \(Self.mostCircles) best known have their title on hover."
        }
        if let user = picture.user {
            texts.append(
                picture.trail.isEmpty
                    ? "No turn of \(shortened(user, to: 40)) is in the log that this model has made."
                    : "The line is the way of \(shortened(user, to: 40))’s taste, from pale to strong; the numbers are turns."
            )
        }
        for (line, text) in texts.enumerated() {
            let y = canvas.height - MapCanvas.footer + 16 + Float(line) * 15
            lines.append(
                "<text class=\"caption\" x=\"\(digits(MapCanvas.margin))\" y=\"\(digits(y))\">\(escaped(text))</text>"
            )
        }
    }
}

/// A length with one digit after the point.
func digits(_ number: Float) -> String {
    let tenths = Int((number * 10).rounded())
    let (whole, tenth) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + (tenth == 0 ? "\(whole)" : "\(whole).\(tenth)")
}

/// Text as XML holds it.
func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.append(character)
        }
    }
}
