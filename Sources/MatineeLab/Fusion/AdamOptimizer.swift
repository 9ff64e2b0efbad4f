import Foundation

/// Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), β₁ = 0.9, β₂ = 0.999.
struct AdamOptimizer {
    private var first: [Float]
    private var second: [Float]
    private var step = 0

    init(count: Int) {
        (first, second) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    }

    /// Moves the weights against the gradient.
    mutating func update(_ weights: inout [Float], _ gradient: [Float], rate: Float, decay: Float = 0) {
        step += 1
        let one = 1 - Float(pow(0.9, Double(step))), two = 1 - Float(pow(0.999, Double(step)))
        for i in weights.indices {
            first[i] += 0.1 * (gradient[i] - first[i])
            second[i] += 0.001 * (gradient[i] * gradient[i] - second[i])
            weights[i] -=
                rate * (first[i] / one / ((second[i] / two).squareRoot() + 1e-8) + decay * weights[i])
        }
    }

    /// The rate at a step of a run: up in the first three tenths, then down to nothing, by cosines (Smith and Topin 2018).
    static func rate(_ highest: Float, step: Int, of steps: Int) -> Float {
        let share = Float(step) / Float(max(1, steps - 1)), rise: Float = 0.3
        let phase = share < rise ? share / rise : (share - rise) / (1 - rise)
        let wave = (1 - cos(.pi * phase)) / 2
        return share < rise ? highest * (0.04 + 0.96 * wave) : highest * (1 - wave)
    }
}
