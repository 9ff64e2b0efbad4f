import Foundation
import Matinee

/// Trains a ``QueryAdapter`` by softmax over the catalogue, with the films' shares in conversations as a fixed offset: it
/// learns what words say beyond what is recommended anyway.
struct AdapterTrainer: Sendable {
    var rank = 32
    var epochs = 3
    var rate: Float = 2e-3
    /// The decay of A and B towards nothing, at each step.
    var decay: Float = 0.02
    /// The share of the query's numbers that are left out at random.
    var dropout: Float = 0.1
    var batch = 16
    var seed: UInt64 = 1

    /// What the scales begin with, by part: message, user, films, last film.
    static let scales: [Float] = [4, 4, 4, 3]

    /// - Parameters:
    ///   - offsets: the logarithm of each film's share of the training dialogues.
    ///   - rows: the rows that compete; every gold is among them.
    func train(
        _ examples: [FusionExample],
        movies: EmbeddingMatrix,
        offsets: [Float],
        parts: (Dialogue) -> QueryAdapter.Parts
    ) -> QueryAdapter {
        var generator = SeededGenerator(seed: seed)
        let dimension = movies.dimension, inputs = examples.map { parts($0.dialogue).joined(dimension: dimension) }
        var weights = start(dimension, &generator)
        var optimizer = AdamOptimizer(count: weights.count), step = 0
        let steps = epochs * ((examples.count + batch - 1) / batch)
        for _ in 0..<epochs {
            let order = examples.indices.shuffled(using: &generator)
            for first in stride(from: 0, to: order.count, by: batch) {
                let chosen = Array(order[first..<min(first + batch, order.count)])
                let dropped = chosen.map { dropping(inputs[$0], &generator) }
                let adapter = adapter(weights, dimension), golds = chosen.reduce(0) { $0 + examples[$1].golds.count }
                let gradients = parallelMap(chosen.count) { place in
                    gradient(adapter, dropped[place], examples[chosen[place]], movies, offsets)
                }
                let sum = gradients.dropFirst().reduce(gradients[0]) { zip($0, $1).map(+) }
                var scaled = sum.map { $0 / Float(golds) }
                for i in QueryAdapter.Parts.count..<weights.count { scaled[i] += decay / Float(golds) * weights[i] }
                optimizer.update(
                    &weights,
                    scaled,
                    rate: AdamOptimizer.rate(rate, step: step, of: steps)
                )
                step += 1
            }
        }
        return adapter(weights, dimension)
    }

    private func start(_ dimension: Int, _ generator: inout SeededGenerator) -> [Float] {
        let inputs = QueryAdapter.Parts.count * dimension
        let spread = 1 / Float(inputs).squareRoot()
        return Self.scales + Array(repeating: 0, count: dimension * rank)
            + generator.normals(rank * inputs).map { $0 * spread }
    }

    private func adapter(_ weights: [Float], _ dimension: Int) -> QueryAdapter {
        let scales = QueryAdapter.Parts.count, output = dimension * rank
        return QueryAdapter(
            dimension: dimension,
            rank: rank,
            scales: Array(weights[..<scales]),
            output: Array(weights[scales..<scales + output]),
            input: Array(weights[(scales + output)...])
        )
    }

    private func dropping(_ input: [Float], _ generator: inout SeededGenerator) -> [Float] {
        input.map { Float.random(in: 0..<1, using: &generator) < dropout ? 0 : $0 / (1 - dropout) }
    }

    /// By the scales, A and B, one after the other.
    private func gradient(
        _ adapter: QueryAdapter,
        _ x: [Float],
        _ example: FusionExample,
        _ movies: EmbeddingMatrix,
        _ offsets: [Float]
    ) -> [Float] {
        let hidden = adapter.hidden(x), query = adapter.query(x, hidden), dimension = adapter.dimension
        let rows = Array(offsets.indices)
        let scores = query.withUnsafeBufferPointer { query in
            rows.map { innerProduct(query, movies.view($0)) + offsets[$0] }
        }
        let byScore = example.gradient(of: scores, rows: rows).gradient
        var byQuery = [Float](repeating: 0, count: dimension)
        for (row, factor) in byScore.enumerated() where abs(factor) > 1e-6 {
            let movie = movies.view(row)
            for i in 0..<dimension { byQuery[i] += factor * movie[i] }
        }
        var gradient = (0..<QueryAdapter.Parts.count).map { part in
            (0..<dimension).reduce(Float(0)) { $0 + byQuery[$1] * x[part * dimension + $1] }
        }
        var byHidden = [Float](repeating: 0, count: adapter.rank)
        for i in 0..<dimension {
            for k in 0..<adapter.rank {
                gradient.append(byQuery[i] * hidden[k])
                byHidden[k] += byQuery[i] * adapter.output[i * adapter.rank + k]
            }
        }
        for k in 0..<adapter.rank { gradient += x.map { $0 * byHidden[k] } }
        return gradient
    }
}
