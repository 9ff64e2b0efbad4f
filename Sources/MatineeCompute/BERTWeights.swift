import CEncoder

/// The weights of a BERT model, checked against the shape that the configuration gives.
final class BERTWeights {
    struct Norm {
        let weight: Tensor, bias: Tensor
    }

    struct Layer {
        let queryKeyValue: LinearMap  // H -> 3H: the three maps side by side
        let attentionOutput: LinearMap  // H -> H
        let attentionNorm: Norm
        let intermediate: LinearMap  // H -> I
        let output: LinearMap  // I -> H
        let outputNorm: Norm
    }

    let words: Tensor  // (V, H)
    let positions: Tensor  // (P, H), the first token type already added
    let embeddingNorm: Norm
    let layers: [Layer]

    init(_ file: Safetensors, _ shape: ModelFolder.Shape, _ instructions: encoder_instructions) throws {
        let hidden = shape.hidden_size, wide = shape.intermediate_size
        let prefix = file.contains("bert.embeddings.word_embeddings.weight") ? "bert." : ""
        func linear(_ names: [String], _ rows: Int, _ columns: Int) throws -> LinearMap {
            let parts = try names.map { name in
                try (
                    weight: file.tensor(prefix + name + ".weight", shape: [rows, columns]),
                    bias: file.tensor(prefix + name + ".bias", shape: [rows])
                )
            }
            return try LinearMap(parts, inputs: columns, instructions)
        }
        func norm(_ name: String) throws -> Norm {
            try Norm(
                weight: file.tensor(prefix + name + ".weight", shape: [hidden]),
                bias: file.tensor(prefix + name + ".bias", shape: [hidden])
            )
        }
        words = try file.tensor(
            prefix + "embeddings.word_embeddings.weight",
            shape: [shape.vocab_size, hidden]
        )
        positions = try Self.positions(file, prefix, shape)
        embeddingNorm = try norm("embeddings.LayerNorm")
        layers = try (0..<shape.num_hidden_layers).map { number in
            let name = "encoder.layer.\(number)."
            return try Layer(
                queryKeyValue: linear(
                    ["query", "key", "value"].map { name + "attention.self.\($0)" },
                    hidden,
                    hidden
                ),
                attentionOutput: linear([name + "attention.output.dense"], hidden, hidden),
                attentionNorm: norm(name + "attention.output.LayerNorm"),
                intermediate: linear([name + "intermediate.dense"], wide, hidden),
                output: linear([name + "output.dense"], hidden, wide),
                outputNorm: norm(name + "output.LayerNorm")
            )
        }
    }

    private static func positions(_ file: Safetensors, _ prefix: String, _ shape: ModelFolder.Shape) throws
        -> Tensor
    {
        let hidden = shape.hidden_size, count = shape.max_position_embeddings
        let positions = try file.tensor(
            prefix + "embeddings.position_embeddings.weight",
            shape: [count, hidden]
        )
        let types = try file.tensor(prefix + "embeddings.token_type_embeddings.weight", shape: [2, hidden])
        return Tensor((0..<count * hidden).map { positions.pointer[$0] + types.pointer[$0 % hidden] })
    }
}
