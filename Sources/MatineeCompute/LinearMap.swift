import CEncoder

/// A linear map `y = x · weightᵀ + bias`, its weights packed in the order in which the kernels read them.
// @unchecked: the native map never changes once the layers are made.
final class LinearMap: @unchecked Sendable {
    private let native: OpaquePointer

    /// Makes a map of parts, one below the other: each weight (outputs, inputs), each bias (outputs).
    /// - Throws: ``EncoderError/outOfMemory``.
    init(_ parts: [(weight: Tensor, bias: Tensor)], inputs: Int, _ instructions: encoder_instructions) throws
    {
        let outputs = parts.reduce(0) { $0 + $1.bias.count }
        guard let native = encoder_linear_create(inputs, outputs, instructions) else {
            throw EncoderError.outOfMemory
        }
        self.native = native
        var first = 0
        for (weight, bias) in parts {
            encoder_linear_fill(native, first, bias.count, weight.pointer, bias.pointer)
            first += bias.count
        }
    }

    /// Applies the map to `rows` rows: x (rows, inputs), y (rows, outputs).
    func apply(
        to x: UnsafePointer<Float>,
        rows: Int,
        _ output: encoder_output,
        _ y: UnsafeMutablePointer<Float>
    ) {
        encoder_linear_apply(native, x, rows, output, y)
    }

    deinit { encoder_linear_free(native) }
}
