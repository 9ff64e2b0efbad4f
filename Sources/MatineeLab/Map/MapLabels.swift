/// Finds room for the names of regions and the titles of films, none over another.
package struct MapLabels: Sendable {
    package struct Label: Sendable {
        /// The lines of the text, the first in bold where it names a region.
        package var lines: [String]
        package var box: LabelBox
        /// Which end of the box the text keeps to, so that it stands right in every font.
        var anchor = Anchor.middle

        /// Where that end is.
        var x: Float {
            switch anchor {
            case .start: box.left
            case .middle: box.left + box.width / 2
            case .end: box.left + box.width
            }
        }
    }

    enum Anchor: String { case start, middle, end }

    static let regionSizes: [Float] = [15, 11]
    static let titleSize: Float = 9.5
    private static let gap: Float = 2

    /// At most that many titles, so that the films are still seen.
    private static let mostTitles = 160

    package private(set) var regions: [Label] = []
    package private(set) var titles: [Label] = []

    private let frame: LabelBox
    private var crowd: PointGrid

    /// - Parameter reserved: what may not be covered, such as the marks of a trail.
    package init(_ picture: MapPicture, reserved: [LabelBox] = []) {
        let canvas = MapCanvas(picture)
        frame = canvas.frame
        crowd = PointGrid(picture.films.map { canvas.point($0.place) })
        for region in picture.regions { name(region, canvas, reserved) }
        let known = picture.films.indices.sorted {
            (picture.films[$1].popularity, $0) < (picture.films[$0].popularity, $1)
        }
        for film in known.prefix(4 * Self.mostTitles) where titles.count < Self.mostTitles {
            title(picture.films[film], canvas, reserved)
        }
    }

    private func isFree(_ box: LabelBox, _ reserved: [LabelBox]) -> Bool {
        let wide = LabelBox(
            left: box.left - Self.gap,
            top: box.top - Self.gap,
            width: box.width + 2 * Self.gap,
            height: box.height + 2 * Self.gap
        )
        let taken = reserved + regions.map(\.box) + titles.map(\.box)
        return box.isInside(frame) && !taken.contains(where: wide.overlaps)
    }

    /// A region's name goes near its peak, where the fewest films are covered: a step away weighs as much as eight of
    /// them. Far away it would name others; where there is no room nearer, it is left out.
    private mutating func name(_ region: MapPicture.Region, _ canvas: MapCanvas, _ reserved: [LabelBox]) {
        guard let first = region.keywords.first else { return }
        let rest = region.keywords.dropFirst().joined(separator: ", ")
        let lines = [shortened(first, to: 28), shortened(rest, to: 40)].filter { !$0.isEmpty }
        let boxes = boxes(around: canvas.point(region.place), of: size(of: lines))
        let costs = boxes.enumerated().map { place, box in
            crowd.count(in: box) + 8 * (place / Self.directions.count)
        }
        let free = boxes.indices.filter { isFree(boxes[$0], reserved) }
        guard let best = free.min(by: { costs[$0] < costs[$1] }) else { return }
        regions.append(Label(lines: lines, box: boxes[best]))
    }

    private func size(of lines: [String]) -> SIMD2<Float> {
        zip(lines, Self.regionSizes).enumerated().reduce(.zero) { size, line in
            let (text, pixels) = line.element
            let width = textWidth(text, size: pixels, isBold: line.offset == 0)
            return SIMD2(max(size.x, width), size.y + 1.2 * pixels)
        }
    }

    /// Boxes in eight directions from a point, those at the same distance together, from near to far.
    private func boxes(around point: SIMD2<Float>, of size: SIMD2<Float>) -> [LabelBox] {
        [Float](stride(from: 0, through: 60, by: 12)).flatMap { distance in
            Self.directions.map { direction in
                let corner = point + direction * SIMD2(1.4 * distance, distance) - size / 2
                return LabelBox(left: corner.x, top: corner.y, width: size.x, height: size.y)
            }
        }
    }

    private static let directions: [SIMD2<Float>] = [
        [0, -1], [0, 1], [1, 0], [-1, 0], [0.7, -0.7], [-0.7, -0.7], [0.7, 0.7], [-0.7, 0.7],
    ]

    /// A title stands beside, above or below its point, where it covers the fewest films.
    private mutating func title(_ film: MapPicture.Film, _ canvas: MapCanvas, _ reserved: [LabelBox]) {
        let text = shortened(film.title, to: 28), point = canvas.point(film.place)
        let width = textWidth(text, size: Self.titleSize), height = Self.titleSize * 1.15
        let reach = canvas.radius(popularity: film.popularity) + 1.5
        let corners: [(anchor: Anchor, left: Float, top: Float)] = [
            (.start, point.x + reach, point.y - height / 2),
            (.end, point.x - reach - width, point.y - height / 2),
            (.middle, point.x - width / 2, point.y - reach - height),
            (.middle, point.x - width / 2, point.y + reach),
        ]
        let free = corners.map { corner in
            let box = LabelBox(left: corner.left, top: corner.top, width: width, height: height)
            return Label(lines: [text], box: box, anchor: corner.anchor)
        }.filter { isFree($0.box, reserved) }
        let covered = free.map { crowd.count(in: $0.box) }
        guard let best = free.indices.min(by: { covered[$0] < covered[$1] }),
            covered[best] <= 2 + text.count / 6
        else { return }
        titles.append(free[best])
    }
}

/// Counts points in rectangles.
struct PointGrid {
    private static let cell: Float = 20
    private var cells: [SIMD2<Int>: [SIMD2<Float>]] = [:]

    init(_ points: [SIMD2<Float>]) {
        for point in points { cells[Self.cell(point), default: []].append(point) }
    }

    private static func cell(_ point: SIMD2<Float>) -> SIMD2<Int> {
        SIMD2(Int((point.x / cell).rounded(.down)), Int((point.y / cell).rounded(.down)))
    }

    func count(in box: LabelBox) -> Int {
        let low = Self.cell([box.left, box.top])
        let high = Self.cell([box.left + box.width, box.top + box.height])
        return (low.x...high.x).reduce(0) { sum, x in
            sum
                + (low.y...high.y).reduce(0) { sum, y in
                    sum
                        + (cells[[x, y]] ?? []).count {
                            $0.x >= box.left && $0.x <= box.left + box.width && $0.y >= box.top
                                && $0.y <= box.top + box.height
                        }
                }
        }
    }
}
