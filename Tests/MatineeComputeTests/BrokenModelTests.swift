import CEncoder
import Foundation
import Matinee
import MatineeCompute
import MatineeTesting
import Testing

@Suite("Broken model folders")
struct BrokenModelTests {
    /// What loading the tiny model says once `spoil` has been at its folder.
    private func failure(_ spoil: (URL) throws -> Void) throws -> String {
        let folder = try copyOfTiny()
        let model = folder.url.appending(path: "model")
        try spoil(model)
        do { _ = try SentenceEncoder(folder: ModelFolder(url: model)) } catch { return "\(error)" }
        return "no error"
    }

    @Test(
        "A missing file is named",
        arguments: ["config.json", "model.safetensors", "vocab.txt", "1_Pooling/config.json"]
    )
    func missing(_ file: String) throws {
        let message = try failure { try FileManager.default.removeItem(at: $0.appending(path: file)) }
        #expect(message.contains(file) && message.contains("is missing"))
    }

    @Test(
        "A file that is no JSON is named",
        arguments: ["config.json", "1_Pooling/config.json", "modules.json"]
    )
    func noJSON(_ file: String) throws {
        let message = try failure { try Data("{\"hidden_size\": ".utf8).write(to: $0.appending(path: file)) }
        #expect(message.contains(file) && message.contains("cannot be used"))
    }

    @Test("Weights cut short at any length are an error, never a crash")
    func truncated() throws {
        let whole = try Data(contentsOf: Golden.fixture("tiny-bge/model.safetensors"))
        for length in [0, 1, 7, 8, 9, 100, 2_000, whole.count / 2, whole.count - 1] {
            let message = try failure {
                try whole.prefix(length).write(to: $0.appending(path: "model.safetensors"))
            }
            #expect(
                message.contains("model.safetensors") && message.contains("cannot be used"),
                "\(length) bytes"
            )
        }
    }

    @Test("Weights that are not numbers are found out when they are used", arguments: Golden.instructions)
    func notNumbers(instructions: encoder_instructions) async throws {
        let folder = try copyOfTiny()
        let file = folder.url.appending(path: "model/model.safetensors")
        let name = "encoder.layer.0.attention.self.query.weight"
        var data = try Data(contentsOf: file)
        let header = try #require(
            JSONSerialization.jsonObject(
                with: data.dropFirst(8).prefix(while: { $0 != 0 }).prefix(Int(data[0]) | Int(data[1]) << 8)
            )
                as? [String: Any]
        )
        let offsets = try #require((header[name] as? [String: Any])?["data_offsets"] as? [Int])
        let start = 8 + (Int(data[0]) | Int(data[1]) << 8) + offsets[0]
        for i in stride(from: start, to: start + 3_600, by: 4) {
            data.replaceSubrange(i..<i + 4, with: [0, 0, 0xC0, 0x7F])
        }
        try data.write(to: file)
        let model = try ModelFolder(url: folder.url.appending(path: "model"))
        let encoder = try SentenceEncoder(folder: model, instructions: instructions)
        for texts in [["a heist"], ["a heist", "rain"]] {
            await #expect(throws: EncoderError.notFinite("model")) { try await encoder.embed(texts) }
        }
    }

    @Test(
        "A configuration of other sizes is refused",
        arguments: [
            ("\"hidden_size\": 30", "\"hidden_size\": 60"),
            ("\"hidden_size\": 30", "\"layer_norm_eps\": -1, \"hidden_size\": 30"),
            ("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4"),
            ("\"intermediate_size\": 100", "\"intermediate_size\": 0"),
            ("\"num_attention_heads\": 3", "\"num_attention_heads\": 7"),
            ("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\""),
            ("\"model_type\": \"bert\"", "\"model_type\": \"t5\""),
            ("\"vocab_size\": 678", "\"vocab_size\": 10"),
            ("\"vocab_size\": 678", "\"vocab_size\": \"many\""),
        ]
    )
    func mismatched(_ change: (from: String, to: String)) throws {
        let message = try failure { model in
            let url = model.appending(path: "config.json")
            let text = try String(contentsOf: url, encoding: .utf8)
            #expect(text.contains(change.from))
            try Data(text.replacingOccurrences(of: change.from, with: change.to).utf8).write(to: url)
        }
        #expect(message.contains("cannot be used"), "\(message)")
    }

    @Test("Pooling and modules that are not supported are refused")
    func unsupported() throws {
        let pooling = try failure {
            try Data("{\"pooling_mode_max_tokens\": true}".utf8).write(
                to: $0.appending(path: "1_Pooling/config.json")
            )
        }
        #expect(pooling.contains("1_Pooling/config.json") && pooling.contains("pooling"))
        let modules = try failure {
            try Data("[{\"type\": \"sentence_transformers.models.Dense\"}]".utf8).write(
                to: $0.appending(path: "modules.json")
            )
        }
        #expect(modules.contains("modules.json") && modules.contains("Dense"))
    }

    @Test("A header that was tampered with is an error, never a crash")
    func mutatedHeaders() throws {
        let whole = try Data(contentsOf: Golden.fixture("tiny-bge/model.safetensors"))
        let header = 8 + Int(whole.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<header, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            let message = try failure { try bytes.write(to: $0.appending(path: "model.safetensors")) }
            #expect(message == "no error" || message.contains("model.safetensors"))
        }
    }

    @Test(
        "Word pieces with ids that no model has are refused",
        arguments: ["-1", "9223372036854775807", "\"x\""]
    )
    func pieceIDs(_ id: String) throws {
        let message = try failure { model in
            try FileManager.default.removeItem(at: model.appending(path: "vocab.txt"))
            let vocabulary =
                "{\"model\": {\"vocab\": {\"[CLS]\": 0, \"[SEP]\": 1, \"[UNK]\": 2, \"a\": \(id)}}}"
            try Data(vocabulary.utf8).write(to: model.appending(path: "tokenizer.json"))
        }
        #expect(message.contains("tokenizer.json") && message.contains("cannot be used"))
    }

    @Test("Offsets that overflow are refused")
    func offsets() throws {
        for offsets in ["[1, -9223372036854775808]", "[9223372036854775807, 0]", "[0]", "[]"] {
            let header = Array(
                "{\"embeddings.word_embeddings.weight\":{\"dtype\":\"F32\",\"shape\":[678,30],\"data_offsets\":\(offsets)}}"
                    .utf8
            )
            let message = try failure { model in
                let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
                try Data(length + header + [0, 0, 0, 0]).write(to: model.appending(path: "model.safetensors"))
            }
            #expect(message.contains("model.safetensors") && message.contains("cannot be used"))
        }
    }

    @Test("A cased tokenizer is refused")
    func cased() throws {
        let message = try failure {
            try Data("{\"do_lower_case\": false}".utf8).write(to: $0.appending(path: "tokenizer_config.json"))
        }
        #expect(message.contains("tokenizer_config.json") && message.contains("uncased"))
    }

    @Test("A vocabulary without the pieces that BERT needs is refused")
    func vocabulary() throws {
        let message = try failure {
            try Data("hello\nworld\n".utf8).write(to: $0.appending(path: "vocab.txt"))
        }
        #expect(message.contains("vocab.txt") && message.contains("[CLS]"))
    }
}
