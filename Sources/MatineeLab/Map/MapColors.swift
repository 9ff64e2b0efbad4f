/// The colours of a map, in light and in dark.
///
/// Six for regions: any two differ by at least 33 (CIE 1976, ΔE*ab) to normal sight and to protanopia, deuteranopia and
/// tritanopia as simulated by Machado, Oliveira and Fernandes, 2009, and all stand out from the paper by 3 : 1, as WCAG
/// 2.2, 1.4.11, asks of graphics. Ink stands out by 7 : 1 (1.4.6). Colours are no more than a help: regions have names.
package struct MapColors: Sendable {
    package let paper: String
    /// Names, titles and the trail.
    package let ink: String
    /// The lines that explain the map, and bare points.
    package let faint: String
    package let regions: [String]

    package static let light = MapColors(
        paper: "#FBFAF7",
        ink: "#1B1D22",
        faint: "#5F636B",
        regions: ["#5146EA", "#930D25", "#009F7E", "#8E9107", "#C767CB", "#461477"]
    )
    package static let dark = MapColors(
        paper: "#14171C",
        ink: "#F1F2F4",
        faint: "#A3A8B1",
        regions: ["#6174E1", "#BC3A5D", "#5FEBC3", "#EEC935", "#C6BEFF", "#936504"]
    )

    /// A colour's number for each region, so that regions of the same colour lie far apart.
    static func numbers(of regions: [MapPicture.Region]) -> [Int] {
        var numbers: [Int] = []
        for region in regions {
            let distances = light.regions.indices.map { color -> Float in
                let same = zip(regions, numbers).filter { $0.1 == color }
                return same.map { squaredDistance($0.0.place, region.place) }.min() ?? .infinity
            }
            numbers.append(distances.indices.max { distances[$0] < distances[$1] } ?? 0)
        }
        return numbers
    }
}
