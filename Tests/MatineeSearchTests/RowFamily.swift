import Matinee
import MatineeTesting

/// A way of making rows and a query that is hard on a search by bounds.
enum RowFamily: String, CaseIterable, CustomStringConvertible {
    case normal = "normal rows"
    case clustered = "rows about a few centres"
    case duplicates = "few distinct rows"
    case nearTies = "rows that differ in the last bit"
    case integers = "small integers, so many equal scores"
    case withZeros = "zero rows among others"
    case singleNumbers = "rows of one number that is not zero"
    case lengths = "rows of lengths from 2^-60 to 2^60"
    case extremes = "numbers from the least to the greatest of float32"
    case spikes = "rows whose one great number leaves the others a coarse code"
    case codedAlike = "rows that differ only by what their codes leave over"
    case decoys = "rows whose codes score the other way round than the rows do"
    case faintQuery = "a query whose codes leave over all that matters"
    case cancelling = "products that cancel, so that the order of summing shows"
    case greatest = "rows and queries of the greatest codes, with the greatest sums"
    case zeroQuery = "a query of zeros"

    var description: String { rawValue }

    /// Rows of shape (count, dimension) and a query.
    func make(
        count: Int,
        dimension: Int,
        _ random: inout SeededGenerator
    ) -> (rows: [Float], query: [Float]) {
        var query = random.normals(dimension)
        if self == .greatest { query = query.map { $0 < 0 ? -1 : 1 } }
        if self == .cancelling { query = query.map { _ in 0.7 } }
        if self == .zeroQuery { query = query.map { $0 * 0 } }
        if self == .integers { query = query.map { ($0 * 3).rounded() } }
        if self == .extremes { query = query.map { $0 * 0x1p60 } }
        if self == .spikes || self == .codedAlike || self == .decoys { query[0] = 0 }
        if self == .faintQuery { query = [1] + query.dropFirst().map { $0 * 0x1p-17 } }
        let centres = (0..<4).map { _ in random.normals(dimension) }
        let rows = (0..<count).map { _ in row(about: centres.randomElement(using: &random), query, &random) }
        return (rows.flatMap(\.self), query)
    }

    private func row(
        about centre: [Float]?,
        _ query: [Float],
        _ random: inout SeededGenerator
    ) -> [Float] {
        let centre = centre ?? query
        let normals = random.normals(query.count)
        let share = Float.random(in: 0..<1, using: &random)
        switch self {
        case .normal, .zeroQuery: return normals
        case .clustered: return zip(centre, normals).map { $0 + 0.01 * $1 }
        case .duplicates: return centre
        case .nearTies: return centre.map { Bool.random(using: &random) ? $0 : $0.nextUp }
        case .integers: return normals.map { ($0 * 2).rounded() }
        case .withZeros: return share < 0.3 ? normals.map { $0 * 0 } : normals
        case .singleNumbers: return oneAmongZeros(normals, &random)
        case .lengths:
            let length = power(in: -60...60, &random)
            return normals.map { $0 * length }
        case .extremes:
            let number = Float(bitPattern: .random(in: 0..<Float.infinity.bitPattern, using: &random))
            return normals.map { max(-1, min(1, $0)) * number }
        case .spikes: return [1000] + normals.dropFirst()
        case .codedAlike: return [127] + query.dropFirst().map { ($0 < 0 ? -0.49 : 0.49) * share }
        case .decoys:
            let code = (share * 8).rounded()
            let left = 0.49 - 0.098 * code - 0.01 * share
            let numbers = query.map { ($0 < 0 ? -1 : 1) * ($0.magnitude > 1 ? code + left : -code) }
            return [127] + numbers.dropFirst()
        case .faintQuery: return [0] + normals.dropFirst()
        case .cancelling:
            let numbers = normals.prefix(query.count / 2).map { $0 * power(in: 0...60, &random) }
            let pairs = numbers.flatMap { [$0, -$0] }
            return (pairs + normals.prefix(query.count % 2)).shuffled(using: &random)
        case .greatest: return query.map { $0 * (1 - 0.01 * share) }
        }
    }

    private func power(in exponents: ClosedRange<Int>, _ random: inout SeededGenerator) -> Float {
        Float(sign: .plus, exponent: .random(in: exponents, using: &random), significand: 1)
    }

    private func oneAmongZeros(_ normals: [Float], _ random: inout SeededGenerator) -> [Float] {
        var row = normals.map { $0 * 0 }
        let place = Int.random(in: 0..<row.count, using: &random)
        row[place] = normals[place]
        return row
    }
}
