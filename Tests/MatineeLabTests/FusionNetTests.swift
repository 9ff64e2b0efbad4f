import Foundation
import Matinee
import MatineeLab
import Testing

@Suite("Fusion's net")
struct FusionNetTests {
    private let rows = Array(0..<12)

    private func sample(_ generator: inout SeededGenerator) -> (FusionNet, SignalTable, FusionExample) {
        let net = FusionNet(
            mean: Array(repeating: 0, count: FusionNet.signals),
            deviation: Array(repeating: 1, count: FusionNet.signals),
            weights: generator.normals(FusionNet.weightCount).map { $0 * 0.3 }
        )
        var table = SignalTable(rows: rows)
        table.values = generator.normals(table.values.count)
        let dialogue = Dialogue([.init(.user, "one two three", films: [3])])
        let example = FusionExample(dialogueNumber: 0, dialogue: dialogue, golds: [2, 7], named: [3])
        return (net, table, example)
    }

    private func loss(_ net: FusionNet, _ table: SignalTable, _ example: FusionExample) -> Double {
        let scores = net.scores(table, context: example.dialogue.context).map(Double.init)
        let kept = rows.filter { !example.named.contains($0) }
        let total = log(kept.reduce(0.0) { $0 + exp(scores[$1]) })
        return example.golds.reduce(0.0) { $0 + total - scores[$1] }
    }

    @Test("The gradient is that of finite differences")
    func gradient() {
        var generator = SeededGenerator(seed: 9)
        let (net, table, example) = sample(&generator)
        let gradient = NetTrainer().gradient(net, table, example)
        for part in FusionNet.Part.allCases {
            for place in part.range.shuffled(using: &generator).prefix(12) {
                var up = net, down = net
                up.weights[place] += 2e-3
                down.weights[place] -= 2e-3
                let slope = (loss(up, table, example) - loss(down, table, example)) / 4e-3
                #expect(abs(slope - Double(gradient[place])) < 0.02 + 0.02 * abs(slope), "\(part) \(place)")
            }
        }
    }

    @Test("Unknown signals and those left out count as their mean; outliers are bounded")
    func standard() {
        var generator = SeededGenerator(seed: 4)
        var (net, table, _) = sample(&generator)
        net.mean = generator.normals(FusionNet.signals)
        table.values[0] = .nan
        table.values[1] = 1e9
        var without = table
        net.standardise(&table)
        net.standardise(&without, without: "text")
        #expect(table.values[0] == 0 && table.values[1] == 8)
        for (place, signal) in Signal.allCases.enumerated() where signal.group == "text" {
            #expect(without.values[place] == 0)
        }
        #expect(table.values.allSatisfy { abs($0) <= 8 })
    }
}
