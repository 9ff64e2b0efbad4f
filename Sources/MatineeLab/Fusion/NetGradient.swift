import Matinee

/// The gradient of a ``FusionNet`` by its weights, for the rows of one turn.
struct NetGradient {
    private let net: FusionNet
    private let context: [Float]
    private let bias: [Float]

    init(_ net: FusionNet, _ context: [Float]) {
        (self.net, self.context) = (net, context)
        bias = net.conditioned(on: context).bias
    }

    /// - Parameter byScore: the gradient by the score of each row.
    func sum(over table: SignalTable, _ byScore: [Float]) -> [Float] {
        var gradient = [Float](repeating: 0, count: FusionNet.weightCount)
        let signals = FusionNet.signals, hidden = FusionNet.hidden
        var bySignal = [Float](repeating: 0, count: signals)
        let zero = Layer(a: .zero, b: .zero, c: .zero)
        var byInput = [Layer](repeating: zero, count: signals), byBias = zero, byOutput = zero
        net.weights.withUnsafeBufferPointer { weights in
            let input = UnsafeBufferPointer(rebasing: weights[FusionNet.Part.input.range])
            let output = Layer(UnsafeBufferPointer(rebasing: weights[FusionNet.Part.output.range]), at: 0)
            table.values.withUnsafeBufferPointer { values in
                for (place, factor) in byScore.enumerated() where abs(factor) > 1e-6 {
                    var layer = Layer(bias)
                    for signal in 0..<signals {
                        layer.add(Layer(input, at: signal * hidden), times: values[place * signals + signal])
                    }
                    byOutput.add(layer.rectified, times: factor)
                    let byLayer = layer.passing(output, times: factor)
                    byBias.add(byLayer, times: 1)
                    for signal in 0..<signals {
                        let value = values[place * signals + signal]
                        bySignal[signal] += factor * value
                        byInput[signal].add(byLayer, times: value)
                    }
                }
            }
        }
        write(&gradient, bySignal, byInput, byBias, byOutput)
        return gradient
    }

    private func write(
        _ gradient: inout [Float],
        _ bySignal: [Float],
        _ byInput: [Layer],
        _ byBias: Layer,
        _ byOutput: Layer
    ) {
        func start(_ part: FusionNet.Part) -> Int { part.range.lowerBound }
        gradient.withUnsafeMutableBufferPointer { gradient in
            for signal in 0..<FusionNet.signals {
                gradient[start(.linear) + signal] = bySignal[signal]
                for (c, value) in context.enumerated() {
                    gradient[start(.gate) + signal * FusionNet.context + c] = bySignal[signal] * value
                }
                byInput[signal].write(to: gradient, at: start(.input) + signal * FusionNet.hidden)
            }
            for (c, value) in context.enumerated() {
                var scaled = Layer(a: .zero, b: .zero, c: .zero)
                scaled.add(byBias, times: value)
                scaled.write(to: gradient, at: start(.context) + c * FusionNet.hidden)
            }
            byBias.write(to: gradient, at: start(.bias))
            byOutput.write(to: gradient, at: start(.output))
        }
    }
}
