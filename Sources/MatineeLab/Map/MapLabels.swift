/// Finds room for the names of regions and the titles of films, none over another.
package struct MapLabels: Sendable {
    package struct Label: Sendable {
        /// The lines of the text, the first in bold where it names a region.
        package var lines: [String]
        package var box: LabelBox
    }

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
        return box.isInside(frame) && !(reserved + regions.map(\.box) + titles.map(\.box)).contains(where: wide.overlaps)
    }

    /// A region's name goes as near to its peak as there is room, and of equally near places where the fewest films
    /// are covered; far away it would name others, so that it is left out there.
    private mutating func name(_ region: MapPicture.Region, _ canvas: MapCanvas, _ reserved: [LabelBox]) {
        guard let first = region.keywords.first else { return }
        let rest = region.keywords.dropFirst().joined(separator: ", ")
        let lines = [shortened(first, to: 28), shortened(rest, to: 40)].filter { !$0.isEmpty }
        let width = zip(lines, Self.regionSizes).enumerated()
            .map { textWidth($1.0, size: $1.1, isBold: $0 == 0) }.max() ?? 0
        let height = zip(lines, Self.regionSizes).reduce(Float(0)) { $0 + $1.1 * 1.2 }
        let peak = canvas.point(region.place)
        let boxes = [Float](stride(from: 0, through: 60, by: 12)).flatMap { distance in
            Self.directions.map { direction in
                let centre = peak + direction * SIMD2(1.4 * distance, distance)
                return LabelBox(
                    left: centre.x - width / 2,
                    top: centre.y - height / 2,
                    width: width,
                    height: height
                )
            }
        }
        let costs = boxes.enumerated().map { Float(crowd.count(in: $1)) + Float($0 / 8) * 3 }
        let free = boxes.indices.filter { isFree(boxes[$0], reserved) }
        guard let best = free.min(by: { costs[$0] < costs[$1] }) else { return }
        regions.append(Label(lines: lines, box: boxes[best]))
    }

    private static let directions: [SIMD2<Float>] = [
        [0, -1], [0, 1], [1, 0], [-1, 0], [0.7, -0.7], [-0.7, -0.7], [0.7, 0.7], [-0.7, 0.7],
    ]

    /// A title stands beside, above or below its point, where it covers the fewest films.
    private mutating func title(_ film: MapPicture.Film, _ canvas: MapCanvas, _ reserved: [LabelBox]) {
        let text = shortened(film.title, to: 28), point = canvas.point(film.place)
        let width = textWidth(text, size: Self.titleSize), height = Self.titleSize * 1.15
        let reach = canvas.radius(popularity: film.popularity) + 1.5
        let corners: [SIMD2<Float>] = [
            [point.x + reach, point.y - height / 2], [point.x - reach - width, point.y - height / 2],
            [point.x - width / 2, point.y - reach - height], [point.x - width / 2, point.y + reach],
        ]
        let boxes = corners.map { LabelBox(left: $0.x, top: $0.y, width: width, height: height) }
        let free = boxes.filter { isFree($0, reserved) }.map { (box: $0, covered: crowd.count(in: $0)) }
        guard let best = free.min(by: { $0.covered < $1.covered }), best.covered <= 2 + text.count / 6 else {
            return
        }
        titles.append(Label(lines: [text], box: best.box))
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
