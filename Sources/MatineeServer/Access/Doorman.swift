import Foundation
import HTTPTypes
import Hummingbird
import Matinee

/// Who may use a route.
enum Access: Sendable {
    /// Anybody; it tells nothing of users.
    case anybody
    /// Users; each sees what is theirs.
    case user
    /// Whoever owns the server.
    case owner
    /// Programs that must send some key: where no token is needed, one that Matinee did not make means nobody.
    case assistant
}

/// Finds out who sends a request, and whether they may.
struct Doorman: Sendable {
    let tokens: Tokens
    let settings: ServerSettings

    /// The name of the cookie.
    static let cookie = "matinee"

    /// Who sends the request; `nil` for nobody in particular.
    /// - Throws: ``Problem`` 401 or 403.
    func admit(_ request: Request, to access: Access) throws -> Identity? {
        if access == .anybody { return nil }
        let identity = try identify(request, access)
        if access == .owner, identity?.isOwner != true {
            throw Problem(.forbidden, "not-owner", "Only the server's owner may do this.")
        }
        if let named = request.uri.queryParameters["user"].map(String.init) { try check(named, identity) }
        return identity
    }

    /// - Throws: ``Problem`` 403 where a request names another user than its own.
    func check(_ user: String, _ identity: Identity?) throws {
        guard let identity, try userName(user) == identity.user else {
            throw Problem(.forbidden, "other-user", "This is another user's. Send a token of that user.")
        }
    }

    /// The user who watches together with one: whose token it is, or who has that name, if the owner asks.
    /// - Throws: ``Problem`` 403.
    func companion(_ tokenOrName: String, of identity: Identity) throws -> String {
        if let other = self.identity(of: tokenOrName) { return other.user }
        guard identity.isOwner else {
            throw Problem(
                .forbidden,
                "other-user",
                "What you watch together is remembered for the others too: “together” needs their tokens."
            )
        }
        return try userName(tokenOrName)
    }

    private func identify(_ request: Request, _ access: Access) throws -> Identity? {
        let header = bearer(request)
        if let token = header ?? request.cookies[Self.cookie]?.value {
            if let identity = identity(of: token) { return identity }
            let isStale = header == nil || access == .assistant && !Tokens.isToken(token)
            if settings.requiresToken || !isStale { throw Self.unauthorized("The token is not valid.") }
            return access == .assistant ? nil : owner
        }
        if settings.requiresToken { throw Self.unauthorized("A token is needed.") }
        return access == .assistant ? nil : owner
    }

    /// Whom a token belongs to.
    func identity(of token: String) -> Identity? {
        if let set = settings.ownerToken, isSame(set, token) {
            return Identity(user: settings.user, isOwner: true, hasToken: true)
        }
        return tokens.identity(of: token)
    }

    /// Who uses a server that needs no token.
    private var owner: Identity { Identity(user: settings.user, isOwner: true, hasToken: false) }

    private func bearer(_ request: Request) -> String? {
        guard let text = request.headers[.authorization] else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
        return parts[1].trimmingCharacters(in: .whitespaces)
    }

    private static func unauthorized(_ what: String) -> Problem {
        Problem(
            .unauthorized,
            "token",
            "\(what) Send the header “Authorization: Bearer TOKEN”; the server's owner can make one with `matinee token NAME`.",
            headers: [.wwwAuthenticate: "Bearer"]
        )
    }
}
