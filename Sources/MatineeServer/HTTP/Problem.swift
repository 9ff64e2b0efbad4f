import Foundation
import HTTPTypes
import Hummingbird
import Matinee
import NIOCore

/// Why a request cannot be met, in the form of RFC 9457.
struct Problem: Error {
    var status: HTTPResponse.Status
    /// The end of the `type`: `urn:matinee:problem:` and this.
    var kind: String
    /// A sentence that says what happened and what to do.
    var detail: String
    /// Seconds.
    var retryAfter: Int?
    var headers: HTTPFields = [:]
    /// Whether it also has the form of OpenAI's errors.
    var isForAssistants = false

    init(
        _ status: HTTPResponse.Status,
        _ kind: String,
        _ detail: String,
        retryAfter: Int? = nil,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.retryAfter = retryAfter
        self.headers = headers
    }

    /// What went wrong, as a client may know it.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as StoreError: self.init(store: error)
        case let error as HTTPError where error.status == .notFound:
            self.init(.notFound, "not-found", "There is nothing here. /openapi.json lists what there is.")
        case let error as HTTPError:
            self.init(error.status, "bad-request", error.body ?? "The request cannot be read.")
        case is NIOTooManyBytesError: self = .tooLarge(nil)
        case is CancellationError:
            self.init(.serviceUnavailable, "stopped", "The work was stopped before it was done. Try again.")
        default:
            self.init(.internalServerError, "internal", "Something failed here: \(reason(error)). Try again.")
        }
    }

    private init(store error: StoreError) {
        switch error {
        case .unknownUser: self.init(.notFound, "unknown-user", "Nothing is known of this user.")
        case .badUserName:
            self.init(.badRequest, "bad-user-name", "A user name has 1 to 100 characters that can be seen.")
        case .conflict: self.init(.conflict, "conflict", error.description, retryAfter: 1)
        case .unusable, .damaged:
            self.init(
                .internalServerError,
                "store",
                "The user data cannot be used; the server's log says why."
            )
        }
    }

    static func tooLarge(_ limit: Int?) -> Problem {
        let most = limit.map { " It may have \($0) bytes." } ?? ""
        return Problem(.contentTooLarge, "too-large", "The body of the request is too large.\(most)")
    }

    static func bad(_ detail: String) -> Problem { Problem(.badRequest, "bad-request", detail) }

    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var retry_after: Int?
        var error: OpenAIError?
    }

    private struct OpenAIError: Encodable {
        var message: String
        var type: String
        var code: String
    }

    private var body: Body {
        Body(
            type: "urn:matinee:problem:\(kind)",
            title: status.reasonPhrase,
            status: status.code,
            detail: detail,
            retry_after: retryAfter,
            error: isForAssistants ? OpenAIError(message: detail, type: openAIType, code: kind) : nil
        )
    }

    private var openAIType: String {
        switch status.code {
        case 401: "authentication_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }

    /// The problem as JSON.
    var data: Data { (try? JSON.data(body)) ?? Data("{}".utf8) }

    var response: Response {
        var response = Response.data(data, "application/problem+json", status)
        for field in headers { response.headers[field.name] = field.value }
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}
