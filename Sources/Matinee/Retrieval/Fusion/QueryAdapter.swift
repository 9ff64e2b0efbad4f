/// Turns what was said into a query that lies near the films that people recommend next, not only near in meaning.
///
/// q = Σ aₖ·xₖ + A·(B·x) over the parts x of a dialogue: its last message, the mean of the user's messages, the mean of
/// the films named, and the last film. A of shape (dimension, rank) and B of shape (rank, 4 · dimension) are trained, so
/// that the map is the plain sum and a correction of low rank (as in Hu et al. 2021, LoRA). Absent parts are zeros.
package struct QueryAdapter: Sendable, Equatable {
    /// The parts of a dialogue, each a vector, or `nil` where there is none.
    package struct Parts: Sendable {
        package var last, user, films, lastFilm: [Float]?

        package static let count = 4

        /// All parts, one after the other; zeros for those that are absent.
        package func joined(dimension: Int) -> [Float] {
            [last, user, films, lastFilm].flatMap { $0 ?? Array(repeating: 0, count: dimension) }
        }
    }

    package let dimension: Int
    package let rank: Int
    /// a.
    package var scales: [Float]
    /// A, row after row.
    package var output: [Float]
    /// B, row after row.
    package var input: [Float]

    package init(dimension: Int, rank: Int, scales: [Float], output: [Float], input: [Float]) {
        (self.dimension, self.rank) = (dimension, rank)
        (self.scales, self.output, self.input) = (scales, output, input)
    }

    var isWhole: Bool {
        scales.count == Parts.count && output.count == dimension * rank
            && input.count == rank * Parts.count * dimension
            && (scales + output + input).allSatisfy(\.isFinite)
    }

    /// The adapted query, not of unit length; `nil` where nothing was said.
    package func query(_ parts: Parts) -> [Float]? {
        let x = parts.joined(dimension: dimension)
        guard x.contains(where: { $0 != 0 }) else { return nil }
        return query(x, hidden(x))
    }

    /// B·x.
    package func hidden(_ x: [Float]) -> [Float] {
        x.withUnsafeBufferPointer { x in
            input.withUnsafeBufferPointer { input in
                (0..<rank).map { innerProduct(.init(rebasing: input[$0 * x.count..<($0 + 1) * x.count]), x) }
            }
        }
    }

    package func query(_ x: [Float], _ hidden: [Float]) -> [Float] {
        var query = [Float](repeating: 0, count: dimension)
        for part in 0..<Parts.count {
            for i in 0..<dimension { query[i] += scales[part] * x[part * dimension + i] }
        }
        for i in 0..<dimension {
            for k in 0..<rank { query[i] += output[i * rank + k] * hidden[k] }
        }
        return query
    }
}
