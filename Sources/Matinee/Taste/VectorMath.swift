/// The inner product of two vectors of the same length; of unit vectors, their cosine, -1...1.
public func innerProduct(_ a: [Float], _ b: [Float]) -> Float {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in innerProduct(a, b) } }
}

/// The inner product of two buffers of the same length.
package func innerProduct(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) numbers have no inner product")
    guard let left = UnsafeRawPointer(a.baseAddress), let right = UnsafeRawPointer(b.baseAddress) else {
        return 0
    }
    @inline(__always) func products(_ i: Int) -> SIMD8<Float> {
        left.loadUnaligned(fromByteOffset: i * 4, as: SIMD8<Float>.self)
            * right.loadUnaligned(fromByteOffset: i * 4, as: SIMD8<Float>.self)
    }
    // Four sums, none of which waits for another.
    var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero), i = 0
    while i + 32 <= a.count {
        sums.0 += products(i)
        sums.1 += products(i + 8)
        sums.2 += products(i + 16)
        sums.3 += products(i + 24)
        i += 32
    }
    var total = ((sums.0 + sums.1) + (sums.2 + sums.3)).sum()
    while i < a.count {
        total += a[i] * b[i]
        i += 1
    }
    return total
}

/// The vector scaled to length 1, or `nil` where it has no direction: all zeros, none, or not finite.
public func normalised(_ vector: [Float]) -> [Float]? {
    let squares = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard squares.isFinite, squares > 1e-24 else { return nil }
    let factor = 1 / squares.squareRoot()
    return vector.map { Float(Double($0) * factor) }
}

/// Σ weightᵢ · vectorᵢ, or `nil` of no vectors.
package func weightedSum(_ parts: [(weight: Float, vector: [Float])]) -> [Float]? {
    guard let first = parts.first else { return nil }
    var sum = [Float](repeating: 0, count: first.vector.count)
    for part in parts {
        for i in sum.indices { sum[i] += part.weight * part.vector[i] }
    }
    return sum
}

/// The mean of the vectors, or `nil` of none.
package func mean(_ vectors: [[Float]]) -> [Float]? {
    weightedSum(vectors.map { (1 / Float(vectors.count), $0) })
}

/// The places of the highest scores, best first, ties by place; at most `limit`.
package func best<Score: Comparable>(_ scores: [Score], limit: Int) -> [Int] {
    func precedes(_ a: Int, _ b: Int) -> Bool { scores[a] == scores[b] ? a < b : scores[a] > scores[b] }
    guard limit > 0 else { return [] }
    // Few are kept in order on the way; many are sorted.
    guard limit < 100 else { return Array(scores.indices.sorted(by: precedes).prefix(limit)) }
    var top: [Int] = []
    for place in scores.indices where top.count < limit || precedes(place, top[limit - 1]) {
        if top.count == limit { top.removeLast() }
        top.insert(place, at: top.firstIndex { precedes(place, $0) } ?? top.endIndex)
    }
    return top
}
