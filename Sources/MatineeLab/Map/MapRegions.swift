import Foundation

/// Divides the places of a map into regions: each film belongs to the hill of density that it stands on.
///
/// The places are counted on a grid, the counts are smoothed, and from every cell the way goes up to the highest
/// neighbour until a peak is reached: mode seeking after Fukunaga and Hostetler, 1975. Hills of few films join the
/// nearest larger one. The smoothing is the one that gives most hills, but no more than `√count / 2`, and 25.
struct MapRegions: Sendable {
    /// Region by row; regions are numbered from the one with most films.
    let regions: [Int]
    /// The peak of each region, -1...1.
    let peaks: [SIMD2<Float>]

    private static let side = 128
    /// The grid reaches a little beyond the map.
    private static let reach: Float = 1.05

    init(of places: [SIMD2<Float>]) {
        let cells = places.map(Self.cell(of:))
        var counts = [Float](repeating: 0, count: Self.side * Self.side)
        for cell in cells { counts[cell] += 1 }
        let most = max(1, min(25, Int((Double(places.count).squareRoot() / 2).rounded())))
        // From strong to weak by a twelfth of an octave: of equals, the strongest is taken.
        let tries = (0..<48).map { step in
            let heights = Self.smoothed(counts, Float(Self.side) / 8 * exp2(-Float(step) / 12))
            return Self.joined(Self.summits(of: heights, from: cells), least: cells.count / (4 * most))
        }
        let hills = tries.map { Set($0).count }
        let fitting = tries.indices.filter { hills[$0] <= most }
        let best = fitting.max { (hills[$0], $1) < (hills[$1], $0) } ?? 0
        let summits = tries[best]
        let sizes = Dictionary(summits.map { ($0, 1) }, uniquingKeysWith: +)
        let order = sizes.keys.sorted { (sizes[$1, default: 0], $0) < (sizes[$0, default: 0], $1) }
        let numbers = Dictionary(uniqueKeysWithValues: zip(order, 0...))
        regions = summits.map { numbers[$0, default: 0] }
        peaks = order.map(Self.centre(of:))
    }

    private static func cell(of place: SIMD2<Float>) -> Int {
        let scaled = (place / reach + 1) / 2 * Float(side)
        let bounded = scaled.clamped(lowerBound: .zero, upperBound: SIMD2(repeating: Float(side - 1)))
        return Int(bounded.y) * side + Int(bounded.x)
    }

    private static func centre(of cell: Int) -> SIMD2<Float> {
        let (row, column) = cell.quotientAndRemainder(dividingBy: side)
        return ((SIMD2(Float(column), Float(row)) + 0.5) / Float(side) * 2 - 1) * reach
    }

    /// The peak that the way up from each of some cells ends at.
    private static func summits(of heights: [Float], from cells: [Int]) -> [Int] {
        var known: [Int: Int] = [:]
        return cells.map { start in
            if let summit = known[start] { return summit }
            var cell = start, next = higher(than: cell, heights)
            while next != cell { (cell, next) = (next, higher(than: next, heights)) }
            known[start] = cell
            return cell
        }
    }

    /// The summits, those of fewer films than a number replaced by the nearest others.
    private static func joined(_ summits: [Int], least: Int) -> [Int] {
        let sizes = Dictionary(summits.map { ($0, 1) }, uniquingKeysWith: +)
        let large = sizes.filter { $0.value >= least }.keys.sorted()
        guard !large.isEmpty else { return summits.map { _ in summits[0] } }
        let homes = Dictionary(
            uniqueKeysWithValues: sizes.keys.map { summit in
                let distances = large.map { squaredDistance(centre(of: $0), centre(of: summit)) }
                return (summit, large[distances.indices.min { distances[$0] < distances[$1] } ?? 0])
            }
        )
        return summits.map { homes[$0, default: $0] }
    }

    /// The highest of a cell and its eight neighbours; of equals, the first.
    private static func higher(than cell: Int, _ heights: [Float]) -> Int {
        let (row, column) = cell.quotientAndRemainder(dividingBy: side)
        var best = cell
        for y in max(0, row - 1)...min(side - 1, row + 1) {
            for x in max(0, column - 1)...min(side - 1, column + 1) {
                let other = y * side + x
                if (heights[other], best) > (heights[best], other) { best = other }
            }
        }
        return best
    }

    /// The grid under a Gaussian of that standard deviation, in cells.
    private static func smoothed(_ grid: [Float], _ deviation: Float) -> [Float] {
        let reach = Int((3 * deviation).rounded(.up))
        let kernel = (-reach...reach).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
        return transposedBlur(transposedBlur(grid, kernel), kernel)
    }

    /// The rows of the grid under a kernel, as columns.
    private static func transposedBlur(_ grid: [Float], _ kernel: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: grid.count)
        let reach = kernel.count / 2
        for y in 0..<side {
            for x in 0..<side {
                var sum: Float = 0
                for other in max(0, x - reach)...min(side - 1, x + reach) {
                    sum += grid[y * side + other] * kernel[other - x + reach]
                }
                result[x * side + y] = sum
            }
        }
        return result
    }
}
