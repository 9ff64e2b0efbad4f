import CEncoder

/// The scratch memory of one forward pass, kept from pass to pass so that the layers allocate nothing.
// @unchecked: a pass takes the workspace out of the pool and has it alone until it puts it back.
final class Workspace: @unchecked Sendable {
    private(set) var hidden: UnsafeMutablePointer<Float>  // (N, H)
    private(set) var context: UnsafeMutablePointer<Float>  // (N, H)
    private(set) var queryKeyValue: UnsafeMutablePointer<Float>  // (N, 3H)
    private(set) var intermediate: UnsafeMutablePointer<Float>  // (N, I)
    private(set) var attention: UnsafeMutablePointer<Float>  // what one head needs
    private var tokens = 0, longest = 0

    init() {
        hidden = .allocate(capacity: 1)
        context = .allocate(capacity: 1)
        queryKeyValue = .allocate(capacity: 1)
        intermediate = .allocate(capacity: 1)
        attention = .allocate(capacity: 1)
    }

    /// Makes room for `tokens` tokens in sequences of at most `longest`.
    func reserve(tokens: Int, longest: Int, _ shape: ModelFolder.Shape) {
        if tokens > self.tokens {
            self.tokens = tokens
            Self.grow(&hidden, tokens * shape.hidden_size)
            Self.grow(&context, tokens * shape.hidden_size)
            Self.grow(&queryKeyValue, tokens * 3 * shape.hidden_size)
            Self.grow(&intermediate, tokens * shape.intermediate_size)
        }
        if longest > self.longest {
            self.longest = longest
            let size = shape.hidden_size / shape.num_attention_heads
            Self.grow(&attention, encoder_attention_scratch(longest, size))
        }
    }

    private static func grow(_ pointer: inout UnsafeMutablePointer<Float>, _ capacity: Int) {
        pointer.deallocate()
        pointer = .allocate(capacity: capacity)
        pointer.initialize(repeating: 0, count: capacity)
    }

    deinit {
        for pointer in [hidden, context, queryKeyValue, intermediate, attention] { pointer.deallocate() }
    }
}
