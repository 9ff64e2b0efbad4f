import CEncoder
import Foundation
import Matinee
import MatineeCompute
import MatineeTesting
import Testing

@Suite("Sentence encoder against the reference")
struct GoldenTests {
    /// Bit for bit the same text; Swift's `==` would take canonical equivalents for equal.
    private func check(_ golden: Golden, _ encoder: SentenceEncoder, _ vector: KeyPath<Golden.Case, Data?>)
        async throws
    {
        #expect(golden.cases.count >= 60)
        for item in golden.cases {
            #expect(encoder.ids(of: item.text) == item.ids, "\(item.text.debugDescription)")
            let expected = try Golden.floats(#require(item[keyPath: vector]))
            let found = try await encoder.embed(item.text)
            #expect(innerProduct(found, expected) >= 0.99999, "\(item.text.prefix(80).debugDescription)")
            #expect(abs(innerProduct(found, found) - 1) < 1e-5)
            #expect(
                zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 },
                "\(item.text.prefix(80).debugDescription)"
            )
        }
    }

    @Test(
        "all-MiniLM-L6-v2, mean pooling: ids are equal, vectors within 1e-5, with whatever instructions",
        arguments: Golden.instructions
    )
    func miniLM(instructions: encoder_instructions) async throws {
        try await check(.read("minilm.json"), Golden.miniLM(instructions), \.vector)
    }

    @Test(
        "A small BERT of bge's kind, CLS pooling: ids are equal, vectors within 1e-5",
        arguments: Golden.instructions
    )
    func tiny(instructions: encoder_instructions) async throws {
        let folder = try ModelFolder(url: Golden.fixture("tiny-bge"))
        let encoder = try SentenceEncoder(folder: folder, instructions: instructions)
        #expect(encoder.name == "tiny-bge" && encoder.dimension == 30)
        try await check(.read("tiny-bge.json"), encoder, \.vector)
    }

    @Test("Weights in F16 and BF16 give what float32 weights of the same values give")
    func halves() async throws {
        for (type, vector) in [("f16", \Golden.Case.vector_f16), ("bf16", \Golden.Case.vector_bf16)] {
            let folder = try copyOfTiny()
            let weights = folder.url.appending(path: "model/model.safetensors")
            try FileManager.default.removeItem(at: weights)
            try FileManager.default.copyItem(
                at: Golden.fixture("tiny-bge-\(type)/model.safetensors"),
                to: weights
            )
            let encoder = try SentenceEncoder(folder: ModelFolder(url: folder.url.appending(path: "model")))
            try await check(.read("tiny-bge.json"), encoder, vector)
        }
    }

    @Test("The ids of random texts in many scripts are the reference's")
    func tokens() throws {
        let encoder = try Golden.miniLM()
        for item in try Golden.read("tokens.json").cases {
            #expect(encoder.ids(of: item.text) == item.ids, "\(item.text.debugDescription)")
        }
    }

    @Test(
        "A batch gives, bit for bit, the vectors that its texts have one by one, in their order",
        arguments: Golden.instructions
    )
    func batches(instructions: encoder_instructions) async throws {
        let encoder = try Golden.miniLM(instructions)
        let texts = try Golden.read("minilm.json").cases.map(\.text)
        let batch = try await encoder.embed(texts.reversed())
        for (text, vector) in zip(texts.reversed(), batch) {
            #expect(try await encoder.embed(text) == vector)
        }
        #expect(try await encoder.embed([]).isEmpty)
    }

    @Test("Many tasks may embed at once")
    func concurrency() async throws {
        let encoder = try SentenceEncoder(folder: ModelFolder(url: Golden.fixture("tiny-bge")))
        let expected = try await encoder.embed("a quiet film about rain")
        try await withThrowingTaskGroup(of: [Float].self) { group in
            for _ in 0..<64 { group.addTask { try await encoder.embed("a quiet film about rain") } }
            for try await vector in group { #expect(vector == expected) }
        }
    }
}

/// A folder that holds a copy of the tiny model under `model`, to be spoilt.
func copyOfTiny() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(at: Golden.fixture("tiny-bge"), to: folder.url.appending(path: "model"))
    return folder
}
