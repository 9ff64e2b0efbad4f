import Foundation
package import Matinee

/// Trains a ``FusionEnsemble`` by softmax over the catalogue.
///
/// The signals of a turn are computed anew each time, which takes milliseconds and no memory; `table` gives them, free of
/// what the turn's own dialogue says of the answer. The nets differ in their first weights and in which groups of signals
/// are left out when: that is done at random, so that the nets also work where there are no ratings or no conversations to
/// count in.
package struct NetTrainer: Sendable {
    var nets = 3
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
    ) -> FusionEnsemble {
        var generator = SeededGenerator(seed: seed)
        var nets = starts(examples, table, &generator)
        var optimizers = nets.map { AdamOptimizer(count: $0.weights.count) }, step = 0
        let steps = epochs * ((examples.count + batch - 1) / batch)
        for epoch in 0..<epochs {
            let order = examples.indices.shuffled(using: &generator)
            for first in stride(from: 0, to: order.count, by: batch) {
                let chosen = order[first..<min(first + batch, order.count)].map { examples[$0] }
                let without = chosen.map { _ in nets.map { _ in leftOut(&generator) } }
                let gradients = gradients(nets, chosen, without, table)
                let rate = AdamOptimizer.rate(rate, step: step, of: steps)
                for member in nets.indices {
                    optimizers[member].update(
                        &nets[member].weights,
                        gradients[member],
                        rate: rate,
                        decay: decay
                    )
                }
                step += 1
                progress(epoch * examples.count + min(first + batch, order.count), epochs * examples.count)
            }
        }
        return FusionEnsemble(nets)
    }

    /// For each net, the gradient of the mean loss of a film to find, over some turns of which each table is made once.
    private func gradients(
        _ nets: [FusionNet],
        _ examples: [FusionExample],
        _ without: [[String?]],
        _ table: @escaping Table
    ) -> [[Float]] {
        let golds = Float(examples.reduce(0) { $0 + $1.golds.count })
        let each = parallelMap(examples.count) { place in
            let signals = table(examples[place])
            return nets.indices.map { member in
                var own = signals
                nets[member].standardise(&own, without: without[place][member])
                return gradient(nets[member], own, examples[place])
            }
        }
        return nets.indices.map { member in
            let sum = each.dropFirst().reduce(each[0][member]) { zip($0, $1[member]).map(+) }
            return sum.map { $0 / golds }
        }
    }

    private func leftOut(_ generator: inout SeededGenerator) -> String? {
        let draw = Float.random(in: 0..<1, using: &generator)
        return draw < leavingOut ? "rated" : draw < 2 * leavingOut ? "said" : nil
    }

    /// Random small weights, and the mean and deviation of each signal where it is known, over some of the turns.
    private func starts(
        _ examples: [FusionExample],
        _ table: @escaping Table,
        _ generator: inout SeededGenerator
    )
        -> [FusionNet]
    {
        let sample = examples.shuffled(using: &generator).prefix(200).map(\.self)
        let sums = parallelMap(sample.count) { Moments(table(sample[$0])) }.reduce(into: Moments()) {
            $0.add($1)
        }
        return (0..<nets).map { _ in
            var weights = generator.normals(FusionNet.weightCount).map { $0 * 0.1 }
            for i in FusionNet.Part.gate.range { weights[i] = 0 }
            for i in FusionNet.Part.linear.range { weights[i] = 0.05 }
            return FusionNet(mean: sums.means, deviation: sums.deviations, weights: weights)
        }
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
