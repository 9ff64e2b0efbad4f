import Foundation
import Matinee

/// A model that a server has.
public struct ListedModel: Sendable, Equatable, Codable {
    public var id: String
    /// `2027-01-14`, where the server says when the model will be gone.
    public var shutdownDate: String?

    enum CodingKeys: String, CodingKey {
        case id
        case shutdownDate = "shutdown_date"
    }
}

extension OpenAIServer {
    /// The models that the server lists, by name; at most a thousand.
    /// - Parameter time: how long the answer may take; `nil` for as long as others.
    /// - Throws: ``LanguageModelError``, `CancellationError`.
    public func models(within time: Duration? = nil) async throws -> [ListedModel] {
        var server = self
        if let time { server.timeouts.answer = time }
        return try await OpenAITransport(server).models()
    }
}

extension OpenAITransport {
    func models() async throws -> [ListedModel] {
        struct List: Decodable { var data: [ListedModel] }
        do {
            return try await within(server.timeouts.answer) { [self] in
                let body = try await body(of: response("/models"), upTo: 4 << 20)
                guard let list = try? JSONDecoder().decode(List.self, from: body) else {
                    throw LanguageModelError.unreadable("it is no list of models")
                }
                let clean = list.data.prefix(1_000).map {
                    ListedModel(
                        id: redaction(printable($0.id)),
                        shutdownDate: $0.shutdownDate.map { redaction(printable($0)) }
                    )
                }
                return clean.sorted { $0.id < $1.id }
            }
        } catch let rejection as Rejection { throw rejection.error }
    }
}
