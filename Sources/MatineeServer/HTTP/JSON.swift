import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// JSON as the server writes it: keys in order, on one line.
enum JSON {
    static func data(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Reads a body.
    /// - Throws: ``Problem`` 400 that names the key at fault.
    static func value<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        do { return try JSONDecoder().decode(type, from: data) } catch let error as DecodingError {
            throw Problem.bad(sentence(error))
        }
    }

    private static func sentence(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return "The body lacks “\(path(context, key))”."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let place = path(context)
            return place.isEmpty
                ? "The body must be a JSON object." : "“\(place)” in the body is of the wrong kind."
        case .dataCorrupted(let context):
            let place = path(context)
            return place.isEmpty
                ? "The body is no JSON." : "“\(place)” in the body has a value that is not known."
        @unknown default: return "The body cannot be read."
        }
    }
}

extension Response {
    static func data(_ data: Data, _ type: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: data))
        )
    }

    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws -> Response {
        try data(JSON.data(value), "application/json", status)
    }
}
