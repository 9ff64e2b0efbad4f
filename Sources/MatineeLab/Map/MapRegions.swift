import Foundation

/// Divides the places of a map into regions: each film belongs to the hill of density that it stands on.
///
/// The places are counted on a grid, the counts are smoothed, and from every cell the way goes up to the highest
/// neighbour until a peak is reached: mode seeking after Fukunaga and Hostetler, 1975. The smoothing is the weakest
/// that leaves about `√count / 2` hills, 25 at the most.
struct MapRegions: Sendable {
    /// Region by row; regions are numbered from the one with most films.
    let regions: [Int]
    /// The peak of each region, -1...1.
    let peaks: [SIMD2<Float>]

    private static let side = 128
    /// The grid reaches a little beyond the map.
    private static let reach: Float = 1.05

    init(of places: [SIMD2<Float>]) {
        let cells = places.map(Self.cell)
        var counts = [Float](repeating: 0, count: Self.side * Self.side)
        for cell in cells { counts[cell] += 1 }
        let most = max(1, min(25, Int((Double(places.count).squareRoot() / 2).rounded())))
        // Halving the interval eight times finds the smoothing to a twentieth of a cell.
        var (weak, strong) = (Float(0.5), Float(Self.side) / 4)
        for _ in 0..<8 {
            let middle = (weak + strong) / 2
            let hills = Set(Self.summits(of: Self.smoothed(counts, middle), from: cells))
            if hills.count > most { weak = middle } else { strong = middle }
        }
        let summits = Self.summits(of: Self.smoothed(counts, strong), from: cells)
        let sizes = Dictionary(summits.map { ($0, 1) }, uniquingKeysWith: +)
        let order = sizes.keys.sorted { (sizes[$1, default: 0], $0) < (sizes[$0, default: 0], $1) }
        let numbers = Dictionary(uniqueKeysWithValues: zip(order, 0...))
        regions = summits.map { numbers[$0, default: 0] }
        peaks = order.map(Self.centre)
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
