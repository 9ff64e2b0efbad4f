import CEncoder
import Foundation
import Matinee
import MatineeCompute
import Testing

/// Texts with the ids and vectors that the reference implementation gives; see `Fixtures/README.md`.
struct Golden: Decodable {
    struct Case: Decodable {
        var text: String
        var ids: [Int]
        var vector: Data?
        var vector_f16: Data?
        var vector_bf16: Data?
    }

    var cases: [Case]

    /// All instructions that this CPU has.
    static let instructions = [ENCODER_PORTABLE, ENCODER_AVX2, ENCODER_AVX512]
        .filter { $0.rawValue <= encoder_best_instructions().rawValue }

    static func fixture(_ name: String) throws -> URL {
        try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: name)
    }

    static func read(_ name: String) throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: Data(contentsOf: fixture(name)))
    }

    static func floats(_ data: Data) -> [Float] {
        data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(
                    bitPattern: UInt32(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
                    )
                )
            }
        }
    }

    /// The model that `make model` fetches; without it the tests fail.
    static func miniLM(_ instructions: encoder_instructions = encoder_best_instructions()) throws
        -> SentenceEncoder
    {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        return try SentenceEncoder(
            folder: ModelFolder(url: URL(filePath: cache + "/matinee/models/all-MiniLM-L6-v2")),
            instructions: instructions
        )
    }
}
