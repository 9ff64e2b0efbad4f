import Foundation
import Matinee

/// An embedding model of OpenAI, or of a server that speaks its API.
public struct OpenAIEmbeddings: Sendable {
    public let name: String
    private let dimension: Int?
    private let transport: OpenAITransport

    /// How many texts a request may hold.
    static let mostTexts = 2_048
    /// How many bytes a request may hold, so that its tokens, at most one a byte, stay below 300,000.
    static let mostBytes = 290_000

    /// - Parameter dimension: how many numbers a vector shall have; `nil` is the model's own choice.
    public init(name: String, server: OpenAIServer, dimension: Int? = nil) {
        self.init(name: name, transport: OpenAITransport(server), dimension: dimension)
    }

    init(name: String, transport: OpenAITransport, dimension: Int? = nil) {
        (self.name, self.dimension, self.transport) = (name, dimension, transport)
    }

    /// The vectors of texts, in their order and all of one length; no text gives none.
    /// - Throws: ``LanguageModelError``, `CancellationError`.
    public func vectors(of texts: [String]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        for batch in Self.batches(texts) {
            do {
                vectors += try await within(transport.server.timeouts.answer) { try await self.ask(batch) }
            } catch let rejection as Rejection { throw rejection.error }
        }
        guard Set(vectors.map(\.count)).count <= 1 else {
            throw LanguageModelError.unreadable("its vectors have different lengths")
        }
        return vectors
    }

    /// The texts in parts that a request may hold.
    static func batches(_ texts: [String]) -> [[String]] {
        var batches: [[String]] = [], size = 0
        for text in texts {
            size += text.utf8.count
            if batches.isEmpty || size > mostBytes || batches[batches.count - 1].count == mostTexts {
                batches.append([])
                size = text.utf8.count
            }
            batches[batches.count - 1].append(text)
        }
        return batches
    }

    private struct Request: Encodable {
        var model: String
        var input: [String]
        var encoding_format = "base64"
        var dimensions: Int?
    }

    private struct Reply: Decodable {
        struct Row: Decodable {
            var index: Int
            var embedding: Numbers
        }
        var data: [Row]
    }

    /// Numbers as a list, or as Base64 of little-endian float32.
    private struct Numbers: Decodable {
        var values: [Float]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let list = try? container.decode([Float].self) {
                values = list
                return
            }
            let bytes = try Array(container.decode(Data.self))
            guard bytes.count % 4 == 0 else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "half a number")
            }
            values = stride(from: 0, to: bytes.count, by: 4).map { start in
                Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
            }
        }
    }

    private func ask(_ texts: [String]) async throws -> [[Float]] {
        // The API takes no empty text.
        let input = texts.map { $0.isEmpty ? " " : $0 }
        let request = try JSONEncoder().encode(Request(model: name, input: input, dimensions: dimension))
        let response = try await transport.response("/embeddings", posting: request)
        let limit = 1 << 20 + texts.count * (dimension ?? 4_096) * 24
        let body = try await transport.body(of: response, upTo: limit)
        guard
            let rows = try? JSONDecoder().decode(Reply.self, from: body).data.sorted(by: {
                $0.index < $1.index
            }),
            rows.map(\.index) == Array(texts.indices), let first = rows.first?.embedding.values,
            !first.isEmpty,
            dimension ?? first.count == first.count,
            rows.allSatisfy({ $0.embedding.values.allSatisfy(\.isFinite) })
        else { throw LanguageModelError.unreadable("it does not hold one vector for each text") }
        return rows.map(\.embedding.values)
    }
}
