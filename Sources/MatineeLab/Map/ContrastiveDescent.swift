import Matinee

/// Moves points of the plane until those joined in a graph are near each other and others are not.
///
/// With the Cauchy kernel `q = 1 / (1 + distance²)`, a point, a neighbour of it and m points drawn at random, the loss is
/// `-log(q(neighbour) / Z)`, where Z estimates the sum of q over all points. InfoNCE takes `q(neighbour) + Σ q(drawn)` for
/// Z, which approaches t-SNE as m grows (Damrich, Böhm, Hamprecht and Kobak, "From t-SNE to UMAP with contrastive
/// learning", ICLR 2023); but a point away from the others then finds Z small, is pushed off all the harder and never
/// comes back. t-SNE's Z is one for all. Here Z is the mean of the two: of this draw's sum and the running mean of all.
///
/// The same points, graph and seed give the same result, to the bit: one thread, one order.
struct ContrastiveDescent {
    /// How often each edge of the graph is followed.
    var epochs: Int
    /// How many points are drawn for each edge (m).
    var drawn = 30
    var seed: UInt64

    /// - Parameters:
    ///   - points: where they start, at distances of about 1, no two equal; moved.
    ///   - progress: called with how many of how many epochs are done.
    /// - Throws: `CancellationError`.
    func move(
        _ points: inout [SIMD2<Float>],
        along graph: NeighborGraph,
        progress: (Int, Int) -> Void
    ) throws {
        var generator = SeededGenerator(seed: seed), order = Array(points.indices), mean = Float(drawn)
        for epoch in 0..<epochs {
            try Task.checkCancellation()
            order.shuffle(using: &generator)
            // From 1 to 0 in a straight line, as in UMAP.
            let rate = 1 - Float(epoch) / Float(epochs)
            run(order, &points, graph, rate, &mean, &generator)
            progress(epoch + 1, epochs)
        }
    }

    private func run(
        _ order: [Int],
        _ points: inout [SIMD2<Float>],
        _ graph: NeighborGraph,
        _ rate: Float,
        _ mean: inout Float,
        _ generator: inout SeededGenerator
    ) {
        withUnsafeTemporaryAllocation(of: Draw.self, capacity: drawn) { draws in
            points.withUnsafeMutableBufferPointer { points in
                for point in order {
                    for place in point * graph.degree..<(point + 1) * graph.degree {
                        draw(from: points, near: point, &generator, into: draws)
                        step(points, point, Int(graph.neighbors[place]), draws, 2 * rate, &mean)
                    }
                }
            }
        }
    }

    /// A point drawn at random: how it lies to the point that moves.
    private struct Draw {
        var point: Int
        var offset: SIMD2<Float>
        var closeness: Float
    }

    @inline(__always)
    private func draw(
        from points: UnsafeMutableBufferPointer<SIMD2<Float>>,
        near centre: Int,
        _ generator: inout SeededGenerator,
        into draws: UnsafeMutableBufferPointer<Draw>
    ) {
        var bits: UInt64 = 0
        for i in draws.indices {
            // Each number serves for two draws: a high half is scaled to the count of points (Lemire 2019).
            bits = i.isMultiple(of: 2) ? generator.next() : bits << 32
            let point = Int(truncatingIfNeeded: ((bits >> 32) &* UInt64(points.count)) >> 32)
            let offset = points[centre] - points[point]
            draws[i] = Draw(point: point, offset: offset, closeness: point == centre ? 0 : kernel(offset))
        }
    }

    /// One step down the gradient, of length `rate / 2`, by all points that take part.
    @inline(__always)
    private func step(
        _ points: UnsafeMutableBufferPointer<SIMD2<Float>>,
        _ point: Int,
        _ neighbor: Int,
        _ draws: UnsafeMutableBufferPointer<Draw>,
        _ rate: Float,
        _ mean: inout Float
    ) {
        let offset = points[point] - points[neighbor], closeness = kernel(offset)
        var total = closeness
        for draw in draws { total += draw.closeness }
        mean += 0.0005 * (total - mean)
        total = (total + mean) / 2
        let pull = (rate * closeness * (1 - closeness / total)) * offset
        points[neighbor] += pull
        var move = -pull
        for draw in draws {
            let push = (rate * draw.closeness * draw.closeness / total) * draw.offset
            points[draw.point] -= push
            move += push
        }
        points[point] += move
    }

    @inline(__always)
    private func kernel(_ offset: SIMD2<Float>) -> Float {
        1 / (1 + offset.x * offset.x + offset.y * offset.y)
    }
}
