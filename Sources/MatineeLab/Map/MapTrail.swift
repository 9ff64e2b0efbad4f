/// Draws the way of a user's taste: a line from pale to strong, and the numbers of the turns.
struct MapTrail {
    struct Mark {
        var step: Int
        var point: SIMD2<Float>
        var box: LabelBox
    }

    private static let radius: Float = 8

    /// The parts of the line.
    private(set) var line: [String] = []
    /// The turns that have a number: the first and the last, and of the others those that there is room for.
    private(set) var marks: [Mark] = []
    private let trail: [MapPicture.Step]
    private let points: [SIMD2<Float>]

    init(_ picture: MapPicture, _ canvas: MapCanvas) {
        trail = picture.trail
        points = picture.trail.map { canvas.point($0.place) }
        for (number, pair) in zip(points, points.dropFirst()).enumerated() {
            let (from, to) = pair
            let strength = strength(number + 1)
            line.append(
                "<path class=\"trail\" opacity=\"\(digits(strength))\" d=\"M\(digits(from.x)) \(digits(from.y))L\(digits(to.x)) \(digits(to.y))\"/>"
            )
        }
        let last = points.indices.last.map { [$0] } ?? []
        for step in last + points.indices.dropLast() { mark(step) }
        marks.sort { $0.step < $1.step }
    }

    /// Never so pale that it cannot be seen, 0.3 to 1.
    private func strength(_ step: Int) -> Float {
        points.count < 2 ? 1 : 0.3 + 0.7 * Float(step) / Float(points.count - 1)
    }

    private mutating func mark(_ step: Int) {
        let point = points[step], side = 2 * Self.radius
        let box = LabelBox(
            left: point.x - Self.radius,
            top: point.y - Self.radius,
            width: side,
            height: side
        )
        if !marks.contains(where: { $0.box.overlaps(box) }) {
            marks.append(Mark(step: step, point: point, box: box))
        }
    }

    /// The turns, each with what was recommended on hover.
    var steps: [String] {
        trail.indices.flatMap { step in
            let mark = marks.first { $0.step == step }
            let radius = mark == nil ? 3 : Self.radius, point = points[step]
            let text = "Turn \(trail[step].turn): " + trail[step].picks.joined(separator: ", ")
            var lines = [
                "<g class=\"step\" opacity=\"\(digits(max(0.6, strength(step))))\"><title>\(escaped(text))</title><circle cx=\"\(digits(point.x))\" cy=\"\(digits(point.y))\" r=\"\(digits(radius))\"/>"
            ]
            if mark != nil {
                lines.append(
                    "<text class=\"number\" x=\"\(digits(point.x))\" y=\"\(digits(point.y + 3.6))\">\(trail[step].turn)</text>"
                )
            }
            return lines + ["</g>"]
        }
    }
}
