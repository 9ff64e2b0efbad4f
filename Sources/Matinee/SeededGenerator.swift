import Foundation

/// Random numbers that are the same on every run and every machine: SplitMix64.
///
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. Not for secrets.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    /// A number of the normal distribution, mean 0 and variance 1, by the Box-Muller transform.
    package mutating func normal() -> Float {
        let share = Double.random(in: .leastNonzeroMagnitude...1, using: &self)
        let turn = Double.random(in: 0..<1, using: &self)
        return Float((-2 * log(share)).squareRoot() * cos(2 * .pi * turn))
    }

    /// That many numbers of the normal distribution.
    package mutating func normals(_ count: Int) -> [Float] {
        (0..<count).map { _ in normal() }
    }
}
