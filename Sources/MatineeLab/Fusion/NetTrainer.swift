import Foundation
package import Matinee

/// Trains a ``FusionNet`` by softmax over the catalogue.
///
/// The signals of a turn are computed anew each time, which takes milliseconds and no memory; `table` gives them, free of
/// what the turn's own dialogue says of the answer. Groups of signals are left out at random, so that the net also works
/// where there are no ratings or no conversations to count in.
package struct NetTrainer: Sendable {
    var epochs = 4
    var rate: Float = 3e-3
    var decay: Float = 1e-3
    var batch = 8
    /// How often the signals of ratings, and those of conversations, are left out.
    var leavingOut: Float = 0.1
    var seed: UInt64 = 1

    package init(epochs: Int = 4, seed: UInt64 = 1) { (self.epochs, self.seed) = (epochs, seed) }

    typealias Table = @Sendable (FusionExample) -> SignalTable

    /// - Parameter progress: called with how many of how many turns are done.
    func train(
        _ examples: [FusionExample],
        table: @escaping Table,
        progress: (Int, Int) -> Void = { _, _ in }
    ) -> FusionNet {
        var generator = SeededGenerator(seed: seed)
        var net = start(examples, table, &generator)
        var optimizer = AdamOptimizer(count: net.weights.count), step = 0
        let steps = epochs * ((examples.count + batch - 1) / batch)
        for epoch in 0..<epochs {
            let order = examples.indices.shuffled(using: &generator)
            for first in stride(from: 0, to: order.count, by: batch) {
                let chosen = order[first..<min(first + batch, order.count)].map { examples[$0] }
                let without = chosen.map { _ in leftOut(&generator) }, current = net
                let gradients = parallelMap(chosen.count) { place in
                    var signals = table(chosen[place])
                    current.standardise(&signals, without: without[place])
                    return gradient(current, signals, chosen[place])
                }
                let golds = Float(chosen.reduce(0) { $0 + $1.golds.count })
                let sum = gradients.dropFirst().reduce(gradients[0]) { zip($0, $1).map(+) }
                optimizer.update(
                    &net.weights,
                    sum.map { $0 / golds },
                    rate: AdamOptimizer.rate(rate, step: step, of: steps),
                    decay: decay
                )
                step += 1
                progress(epoch * examples.count + min(first + batch, order.count), epochs * examples.count)
            }
        }
        return net
    }

    private func leftOut(_ generator: inout SeededGenerator) -> String? {
        let draw = Float.random(in: 0..<1, using: &generator)
        return draw < leavingOut ? "rated" : draw < 2 * leavingOut ? "said" : nil
    }

    /// Random small weights, and the mean and deviation of each signal where it is known, over some of the turns.
    private func start(
        _ examples: [FusionExample],
        _ table: @escaping Table,
        _ generator: inout SeededGenerator
    )
        -> FusionNet
    {
        let sample = examples.shuffled(using: &generator).prefix(200).map(\.self)
        let sums = parallelMap(sample.count) { Moments(table(sample[$0])) }.reduce(into: Moments()) {
            $0.add($1)
        }
        var weights = generator.normals(FusionNet.weightCount).map { $0 * 0.1 }
        for i in FusionNet.Part.gate.range { weights[i] = 0 }
        for i in FusionNet.Part.linear.range { weights[i] = 0.05 }
        return FusionNet(mean: sums.means, deviation: sums.deviations, weights: weights)
    }

    /// The gradient of a turn's loss by the weights, of a standardised table.
    package func gradient(_ net: FusionNet, _ table: SignalTable, _ example: FusionExample) -> [Float] {
        let context = example.dialogue.context
        let scores = net.scores(table, context: context)
        let byScore = example.gradient(of: scores, rows: table.rows).gradient
        return NetGradient(net, context).sum(over: table, byScore)
    }
}

/// Sums for mean and deviation of every signal where it is known.
private struct Moments {
    var counts = [Double](repeating: 0, count: Signal.count)
    var sums = [Double](repeating: 0, count: Signal.count)
    var squares = [Double](repeating: 0, count: Signal.count)

    init() {}

    init(_ table: SignalTable) {
        for (i, value) in table.values.enumerated() where !value.isNaN {
            let signal = i % Signal.count
            counts[signal] += 1
            sums[signal] += Double(value)
            squares[signal] += Double(value) * Double(value)
        }
    }

    mutating func add(_ other: Moments) {
        for i in counts.indices {
            counts[i] += other.counts[i]
            sums[i] += other.sums[i]
            squares[i] += other.squares[i]
        }
    }

    var means: [Float] { counts.indices.map { Float(sums[$0] / max(1, counts[$0])) } }

    /// At least a thousandth, so that a signal that never moves does no harm.
    var deviations: [Float] {
        counts.indices.map { i in
            let mean = sums[i] / max(1, counts[i])
            return Float(max(1e-3, max(0, squares[i] / max(1, counts[i]) - mean * mean).squareRoot()))
        }
    }
}
