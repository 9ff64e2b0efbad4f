import Foundation
import Matinee

/// What a server says of a request that it did not answer: `{"error": {...}}`, or other servers' forms of it.
struct ServerError: Decodable {
    var message = ""
    var param: String?
    var code: String?

    enum CodingKeys: String, CodingKey { case message, param, code, detail, error }

    init(message: String) { self.message = message }

    init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            message = text
            return
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        param = try? values.decodeIfPresent(String.self, forKey: .param)
        code =
            (try? values.decodeIfPresent(String.self, forKey: .code))
            ?? (try? values.decodeIfPresent(Int.self, forKey: .code)).flatMap { $0.map(String.init) }
        message = (try? values.decodeIfPresent(String.self, forKey: .message)) ?? ""
    }

    /// What a body says, whatever it is.
    static func read(_ body: Data) -> ServerError {
        struct Envelope: Decodable {
            struct Detail: Decodable { var msg: String? }
            var error: ServerError?
            var message: String?
            var detail: String?
            var details: [Detail]?

            enum CodingKeys: String, CodingKey { case error, message, detail }

            init(from decoder: any Decoder) throws {
                let values = try decoder.container(keyedBy: CodingKeys.self)
                error = try? values.decodeIfPresent(ServerError.self, forKey: .error)
                message = try? values.decodeIfPresent(String.self, forKey: .message)
                detail = try? values.decodeIfPresent(String.self, forKey: .detail)
                details = try? values.decodeIfPresent([Detail].self, forKey: .detail)
            }
        }
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: body) else {
            return ServerError(message: String(decoding: body.prefix(2_000), as: UTF8.self))
        }
        if let error = envelope.error { return error }
        let details = envelope.details?.compactMap(\.msg).joined(separator: "; ")
        if let words = envelope.message ?? envelope.detail ?? details { return ServerError(message: words) }
        return ServerError(message: String(decoding: body.prefix(2_000), as: UTF8.self))
    }
}

/// A request that was answered with another status than success.
struct Rejection: Error {
    var status: Int
    /// Everything that the server says, without secrets.
    var words: String
    /// What a person needs of it.
    private var message: String

    init(status: Int, _ error: ServerError, _ redaction: Redaction) {
        self.status = status
        words = redaction([error.message, error.param ?? "", error.code ?? ""].joined(separator: " "))
        message = printable(redaction(error.message))
    }

    var error: LanguageModelError {
        switch status {
        case 401, 403: return .unauthorized
        case 429: return .rateLimited
        default:
            let short = message.count > 200 ? message.prefix(200) + "…" : message[...]
            return .refused(status: status, short.isEmpty ? "(nothing more)" : String(short))
        }
    }
}
