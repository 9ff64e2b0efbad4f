import Foundation
import MatineeCompute
import MatineeTesting
import Testing

@Suite("Random inputs to the encoder")
struct FuzzTests {
    private static let texts = [
        "a slow, lonely science fiction film", "Amélie", "[CLS] [MASK][SEP]", "七人の侍 by Kurosawa",
        "unbelievableness ##ing", "don't!!", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "ＦＵＬＬ ｗｉｄｔｈ",
    ]

    @Test(
        "Any text becomes ids of the vocabulary between the two marks",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func tokenizer() async throws {
        let encoder = try SentenceEncoder(folder: ModelFolder(url: Golden.fixture("tiny-bge")))
        let marks = encoder.ids(of: ""), size = 678, longest = 512
        #expect(marks.count == 2)
        let failures = await Fuzzer.failures { fuzzer in
            let text =
                fuzzer.oneIn(2) ? fuzzer.text(upTo: 300) : fuzzer.spoilt(fuzzer.one(of: Self.texts))
            let ids = encoder.ids(of: text)
            let isWhole =
                ids.first == marks.first && ids.last == marks.last && (2...longest).contains(ids.count)
            let isSound = isWhole && ids.allSatisfy((0..<size).contains) && encoder.ids(of: text) == ids
            return isSound ? nil : "\(text.debugDescription) gives \(ids)"
        }
        #expect(failures == [])
    }

    @Test(
        "Any weights file gives tensors of the right size or an error",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func safetensors() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "model.safetensors")
        let failures = await Fuzzer.failures { fuzzer in
            let file = fuzzer.weightsFile()
            try Data(file).write(to: url)
            do {
                let weights = try Safetensors(url: url)
                for (name, shape) in weights.shapes {
                    guard let tensor = try tensor(name, shape, weights) else { continue }
                    // Reading them all would end the process where they were not all in the file.
                    let last = UnsafeBufferPointer(start: tensor.pointer, count: tensor.count).max { _, _ in
                        true
                    }
                    if tensor.count != shape.reduce(1, *) || 2 * tensor.count > file.count
                        || shape.contains(0) != (last == nil)
                    {
                        return "\(name) of shape \(shape) has \(tensor.count) numbers"
                    }
                }
            } catch is EncoderError {}
            return nil
        }
        #expect(failures == [])
    }

    private func tensor(_ name: String, _ shape: [Int], _ weights: Safetensors) throws -> Tensor? {
        do { return try weights.tensor(name, shape: shape) } catch is EncoderError { return nil }
    }
}

extension Fuzzer {
    /// A small weights file with a header of odd names, types, shapes and offsets, spoilt in half of the cases.
    fileprivate mutating func weightsFile() -> [UInt8] {
        let data = bytes(upTo: 64)
        let tensors = (0...number(upTo: 3)).map { _ in tensor(data.count) }
        var header = Array("{\(tensors.joined(separator: ","))}".utf8)
        if oneIn(2) { header = spoilt(header) }
        let length =
            oneIn(8) ? UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64(number(upTo: 63)) : nil
        let file =
            withUnsafeBytes(of: (length ?? UInt64(header.count)).littleEndian) { Array($0) } + header + data
        return oneIn(8) ? spoilt(file) : file
    }

    private mutating func tensor(_ size: Int) -> String {
        let name = one(of: ["w", "bias", "__metadata__", "a.b", "\\u0000", "é", "e\u{301}", ""])
        let type = one(of: ["F32", "F16", "BF16", "F64", "", "f32"])
        let width = type == "F32" ? 4 : 2, low = number(upTo: size), count = number(upTo: 16)
        let shape = oneIn(2) ? ["\(count)"] : (0..<number(upTo: 5)).map { _ in one(of: Self.numbers) }
        let offsets =
            oneIn(2) ? ["\(low)", "\(low + count * width)"] : (0..<3).map { _ in one(of: Self.numbers) }
        return """
            "\(name)":{"dtype":"\(type)","shape":[\(shape.joined(separator: ","))],\
            "data_offsets":[\(offsets.prefix(2).joined(separator: ","))]}
            """
    }
}
