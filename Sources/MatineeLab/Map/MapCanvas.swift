/// The paper of a map: how places (-1...1) become coordinates of the SVG, and how large points are.
struct MapCanvas {
    /// The paper's width; all lengths are pixels where the picture is shown 1,000 wide.
    static let width: Float = 1_000
    static let margin: Float = 26
    /// The room below the films for the lines that explain the map.
    static let footer: Float = 42

    let height: Float
    /// The factor for the size of points: the more films, the smaller.
    private let scale: Float
    private let reach: Float

    init(_ picture: MapPicture) {
        reach = max(0.3, picture.films.reduce(0) { max($0, abs($1.y)) })
        height = (Self.width - 2 * Self.margin) * reach + 2 * Self.margin + Self.footer
        scale = min(2, max(0.25, (2_000 / Float(max(1, picture.films.count))).squareRoot()))
    }

    /// Where labels may lie.
    var frame: LabelBox {
        LabelBox(left: 6, top: 6, width: Self.width - 12, height: height - Self.footer - 8)
    }

    /// Where a place of the map (-1...1, upwards) lies on the paper (from the top).
    func point(_ place: SIMD2<Float>) -> SIMD2<Float> {
        let half = (Self.width - 2 * Self.margin) / 2
        return SIMD2(Self.margin + (place.x + 1) * half, Self.margin + (reach - place.y) * half)
    }

    /// - Parameter popularity: 0...1.
    func radius(popularity: Double) -> Float { scale * (1.5 + 3.5 * Float(popularity * popularity)) }
}

/// A rectangle that text takes up, in pixels of the picture.
package struct LabelBox: Sendable, Equatable {
    package var left: Float
    package var top: Float
    package var width: Float
    package var height: Float

    package init(left: Float, top: Float, width: Float, height: Float) {
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }

    package func overlaps(_ other: LabelBox) -> Bool {
        left < other.left + other.width && other.left < left + width && top < other.top + other.height
            && other.top < top + height
    }

    func isInside(_ other: LabelBox) -> Bool {
        left >= other.left && top >= other.top && left + width <= other.left + other.width
            && top + height <= other.top + other.height
    }
}

/// How wide text is, in the widest of the common sans-serif fonts (DejaVu Sans), a little more rather than less.
func textWidth(_ text: String, size: Float, isBold: Bool = false) -> Float {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size * (isBold ? 1.12 : 1)
}

private func width(of scalar: Unicode.Scalar) -> Float {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "’", "|", "!", " ", "(", ")", "f", "t", "r", "-": 0.42
    case "m", "w", "M", "W", "@", "%", "…", "—": 1
    case "\u{20}"..."\u{7E}": 0.66
    case "\u{A0}"..."\u{24F}": 0.72
    // Chinese, Japanese and Korean letters and pictures fill a square; others are seldom wider.
    default: 1.05
    }
}

/// The text up to a number of characters, an ellipsis in the place of the rest.
func shortened(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1).trimmingSpace() + "…"
}

extension Substring {
    fileprivate func trimmingSpace() -> Substring { last == " " ? dropLast().trimmingSpace() : self }
}
