import CEncoder

/// The forward pass of BERT (Devlin et al. 2019) over packed sequences: all tokens of a batch stand one after
/// the other, without padding, and only attention looks at where a sequence begins and ends.
///
/// N: tokens of the batch, L: tokens of a sequence, H: hidden size, D: size of a head, I: intermediate size.
final class BERTModel {
    let shape: ModelFolder.Shape
    private let weights: BERTWeights
    private let instructions: encoder_instructions
    private var hidden: Int { shape.hidden_size }

    init(shape: ModelFolder.Shape, weights: BERTWeights, instructions: encoder_instructions) {
        self.shape = shape
        self.weights = weights
        self.instructions = instructions
    }

    /// Runs the sequences and leaves the last layer's states in `work.hidden`, (N, H), in order.
    func run(_ sequences: [[Int]], _ work: Workspace) {
        let tokens = sequences.reduce(0) { $0 + $1.count }
        work.reserve(tokens: tokens, longest: sequences.reduce(0) { max($0, $1.count) }, shape)
        embed(sequences, work.hidden)
        normalise(work.hidden, rows: tokens, weights.embeddingNorm)
        for layer in weights.layers {
            attend(layer, sequences, tokens, work)
            feedForward(layer, tokens, work)
        }
    }

    private func embed(_ sequences: [[Int]], _ x: UnsafeMutablePointer<Float>) {
        var row = x
        for ids in sequences {
            for (position, id) in ids.enumerated() {
                let word = weights.words.pointer + id * hidden
                let place = weights.positions.pointer + position * hidden
                for i in 0..<hidden { row[i] = word[i] + place[i] }
                row += hidden
            }
        }
    }

    /// x = norm(x + attention(x) · Wᵀ + b)
    private func attend(_ layer: BERTWeights.Layer, _ sequences: [[Int]], _ tokens: Int, _ work: Workspace) {
        layer.queryKeyValue.apply(to: work.hidden, rows: tokens, ENCODER_STORE, work.queryKeyValue)
        let size = hidden / shape.num_attention_heads
        var first = 0
        for ids in sequences {
            for column in stride(from: 0, to: hidden, by: size) {
                let query = work.queryKeyValue + first * 3 * hidden + column
                let context = work.context + first * hidden + column
                encoder_attend(instructions, query, ids.count, hidden, size, work.attention, context)
            }
            first += ids.count
        }
        layer.attentionOutput.apply(to: work.context, rows: tokens, ENCODER_ADD, work.hidden)
        normalise(work.hidden, rows: tokens, layer.attentionNorm)
    }

    /// x = norm(x + gelu(x · W₁ᵀ + b₁) · W₂ᵀ + b₂)
    private func feedForward(_ layer: BERTWeights.Layer, _ tokens: Int, _ work: Workspace) {
        layer.intermediate.apply(to: work.hidden, rows: tokens, ENCODER_GELU, work.intermediate)
        layer.output.apply(to: work.intermediate, rows: tokens, ENCODER_ADD, work.hidden)
        normalise(work.hidden, rows: tokens, layer.outputNorm)
    }

    private func normalise(_ x: UnsafeMutablePointer<Float>, rows: Int, _ norm: BERTWeights.Norm) {
        let epsilon = shape.layer_norm_eps ?? 1e-12
        encoder_normalise(instructions, x, rows, hidden, norm.weight.pointer, norm.bias.pointer, epsilon)
    }
}
