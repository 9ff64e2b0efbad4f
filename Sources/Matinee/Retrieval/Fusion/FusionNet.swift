import Foundation

/// Weighs signals to one score: a linear part whose weights depend on the dialogue, and one hidden layer.
///
/// With z the standardised signals (S), unknown ones 0, and c the dialogue's context (C):
/// `score = (w + G·c)·z + v·relu(A·z + B·c + b)`. Scores compare films within a dialogue; a softmax over the catalogue
/// gives the probability that the film is the one recommended next, which training maximises.
package struct FusionNet: Sendable, Equatable {
    /// H, a multiple of 8.
    package static let hidden = 24
    package static let signals = Signal.count, context = Dialogue.contextCount

    /// Of each signal over the training set.
    package var mean: [Float]
    package var deviation: [Float]
    /// All weights, in the order of ``Part``.
    package var weights: [Float]

    /// Where the weights of each part lie: w (S), G (S, C), A (S, H) by signal, B (C, H), b (H), v (H).
    package enum Part: CaseIterable {
        case linear, gate, input, context, bias, output

        package var count: Int {
            switch self {
            case .linear: signals
            case .gate: signals * FusionNet.context
            case .input: signals * hidden
            case .context: FusionNet.context * hidden
            case .bias, .output: hidden
            }
        }

        package var range: Range<Int> {
            let start = Self.allCases.prefix { $0 != self }.reduce(0) { $0 + $1.count }
            return start..<start + count
        }
    }

    package static let weightCount = Part.allCases.reduce(0) { $0 + $1.count }

    package init(mean: [Float], deviation: [Float], weights: [Float]) {
        (self.mean, self.deviation, self.weights) = (mean, deviation, weights)
    }

    var isWhole: Bool {
        mean.count == Self.signals && deviation.count == Self.signals && weights.count == Self.weightCount
            && (mean + deviation + weights).allSatisfy(\.isFinite) && deviation.allSatisfy { $0 > 0 }
    }

    /// Standardises signals in place; what is unknown or left out becomes 0, the mean.
    package func standardise(_ table: inout SignalTable, without group: String? = nil) {
        let kept = Signal.allCases.map { $0.group != group }
        table.values.withUnsafeMutableBufferPointer { values in
            for at in stride(from: 0, to: values.count, by: Self.signals) {
                for signal in 0..<Self.signals {
                    let value = (values[at + signal] - mean[signal]) / deviation[signal]
                    values[at + signal] = value.isNaN || !kept[signal] ? 0 : max(-8, min(8, value))
                }
            }
        }
    }

    /// The weights of a dialogue: w + G·c, and B·c + b.
    package func conditioned(on context: [Float]) -> (linear: [Float], bias: [Float]) {
        var linear = Array(weights[Part.linear.range]), bias = Array(weights[Part.bias.range])
        let gate = Part.gate.range.lowerBound, map = Part.context.range.lowerBound
        for (c, value) in context.enumerated() {
            for signal in linear.indices {
                linear[signal] += weights[gate + signal * Self.context + c] * value
            }
            for unit in bias.indices { bias[unit] += weights[map + c * Self.hidden + unit] * value }
        }
        return (linear, bias)
    }

    /// The scores of a standardised table's rows.
    package func scores(_ table: SignalTable, context: [Float]) -> [Float] {
        let (linear, bias) = conditioned(on: context)
        return weights.withUnsafeBufferPointer { weights in
            let input = UnsafeBufferPointer(rebasing: weights[Part.input.range])
            let output = Layer(UnsafeBufferPointer(rebasing: weights[Part.output.range]), at: 0)
            return table.values.withUnsafeBufferPointer { values in
                table.rows.indices.map { place in
                    var layer = Layer(bias), score: Float = 0
                    for signal in 0..<Self.signals {
                        let value = values[place * Self.signals + signal]
                        score += linear[signal] * value
                        layer.add(Layer(input, at: signal * Self.hidden), times: value)
                    }
                    return score + layer.rectified.sum(times: output)
                }
            }
        }
    }
}

/// The hidden layer of ``FusionNet``, 24 numbers.
package struct Layer {
    package var a, b, c: SIMD8<Float>

    package init(_ numbers: UnsafeBufferPointer<Float>, at start: Int) {
        let bytes = UnsafeRawBufferPointer(numbers)
        (a, b, c) = (
            bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self),
            bytes.loadUnaligned(fromByteOffset: (start + 8) * 4, as: SIMD8<Float>.self),
            bytes.loadUnaligned(fromByteOffset: (start + 16) * 4, as: SIMD8<Float>.self)
        )
    }

    package init(_ numbers: [Float]) {
        self = numbers.withUnsafeBufferPointer { Layer($0, at: 0) }
    }

    package init(a: SIMD8<Float>, b: SIMD8<Float>, c: SIMD8<Float>) { (self.a, self.b, self.c) = (a, b, c) }

    @inline(__always)
    package mutating func add(_ other: Layer, times factor: Float) {
        a += other.a * factor
        b += other.b * factor
        c += other.c * factor
    }

    package var rectified: Layer {
        Layer(
            a: a.replacing(with: 0, where: a .< 0),
            b: b.replacing(with: 0, where: b .< 0),
            c: c.replacing(with: 0, where: c .< 0)
        )
    }

    package func sum(times other: Layer) -> Float {
        (a * other.a + b * other.b + c * other.c).sum()
    }

    /// `other` where this layer is above 0, else 0: the gradient of the rectifier.
    package func passing(_ other: Layer, times factor: Float) -> Layer {
        Layer(
            a: (other.a * factor).replacing(with: 0, where: a .<= 0),
            b: (other.b * factor).replacing(with: 0, where: b .<= 0),
            c: (other.c * factor).replacing(with: 0, where: c .<= 0)
        )
    }

    package func write(to numbers: UnsafeMutableBufferPointer<Float>, at start: Int) {
        let bytes = UnsafeMutableRawBufferPointer(numbers)
        bytes.storeBytes(of: a, toByteOffset: start * 4, as: SIMD8<Float>.self)
        bytes.storeBytes(of: b, toByteOffset: (start + 8) * 4, as: SIMD8<Float>.self)
        bytes.storeBytes(of: c, toByteOffset: (start + 16) * 4, as: SIMD8<Float>.self)
    }
}
