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

    /// The turns, each with what was recommended on hover; those with a number over those without.
    var steps: [String] {
        let marked = Set(marks.map(\.step))
        return trail.indices.filter { !marked.contains($0) }.map { group($0, radius: 3, number: nil) }
            + marks.map { group($0.step, radius: Self.radius, number: trail[$0.step].turn) }
    }

    private func group(_ step: Int, radius: Float, number: Int?) -> String {
        let (x, y) = (digits(points[step].x), digits(points[step].y))
        let picks = trail[step].picks.joined(separator: ", ")
        let title = "<title>\(escaped("Turn \(trail[step].turn): \(picks)"))</title>"
        let circle = "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(digits(radius))\"/>"
        let text = number.map {
            "<text class=\"number\" x=\"\(x)\" y=\"\(digits(points[step].y + 3.6))\">\($0)</text>"
        }
        return "<g class=\"step\">\(title)\(circle)\(text ?? "")</g>"
    }
}
