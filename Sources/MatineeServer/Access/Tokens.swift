import Crypto
public import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Who sends a request.
struct Identity: Sendable, Equatable {
    /// The name of the user whose taste is used.
    var user: String
    /// Whether it is the server's owner, who may make tokens for others.
    var isOwner: Bool
    /// Whether a token said so.
    var hasToken: Bool
}

/// Makes and checks the tokens that say who a user is: the name, signed by HMAC-SHA-256 with a key that only the
/// server's data folder has. Who deletes the key makes all tokens invalid.
///
/// A token is `mt1.`, the role and name in base64url, `.`, and the signature in base64url.
public struct Tokens: Sendable {
    /// The name of the key's file in the data folder.
    static let file = "server.key"
    private static let prefix = "mt1."
    private let key: SymmetricKey
    private let folder: URL

    /// A key that lasts as long as the program.
    init() { (key, folder) = (SymmetricKey(size: .bits256), URL(filePath: "/dev/null")) }

    /// Reads the key of a data folder, or makes one that only its owner can read.
    /// - Throws: ``TokensError``.
    public init(folder: URL) throws {
        let url = folder.appending(path: Self.file)
        let made = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try Self.write(made, to: url)
            self.folder = folder
            let bytes = try Data(contentsOf: url)
            guard bytes.count == 32 else { throw TokensError.damaged(url) }
            key = SymmetricKey(data: bytes)
        } catch let error as TokensError { throw error } catch { throw TokensError.unusable(url) }
    }

    /// Writes a file whole, where none is there yet.
    private static func write(_ data: Data, to url: URL) throws -> Bool {
        let file = open(url.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else {
            if errno == EEXIST { return false }
            throw TokensError.unusable(url)
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        try handle.write(contentsOf: data)
        try handle.synchronize()
        return true
    }

    /// A token for a user. The same name gives the same token.
    public func token(for user: String, owner: Bool = false) -> String {
        let payload = Self.encoded(Data(((owner ? "o:" : "u:") + user).utf8))
        return Self.prefix + payload + "." + Self.encoded(Data(code(payload)))
    }

    /// Whether the owner's token was never asked for by this before: it is shown once.
    public func isFirstShowing() -> Bool {
        (try? Self.write(Data(), to: folder.appending(path: "server.shown"))) ?? false
    }

    /// Whom a token belongs to; `nil` where it was not made with this key.
    func identity(of token: String) -> Identity? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= 2_048, parts.count == 3, token.hasPrefix(Self.prefix),
            let signature = Self.decoded(parts[2]), let name = Self.decoded(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(
                signature,
                authenticating: Self.signed(String(parts[1])),
                using: key
            )
        else { return nil }
        let text = String(decoding: name, as: UTF8.self)
        return Identity(user: String(text.dropFirst(2)), isOwner: text.hasPrefix("o:"), hasToken: true)
    }

    /// Whether a text has the form of a token, whoever made it.
    static func isToken(_ text: String) -> Bool { text.hasPrefix(prefix) }

    private func code(_ payload: String) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Self.signed(payload), using: key)
    }

    private static func signed(_ payload: String) -> Data { Data(("matinee token 1\n" + payload).utf8) }

    private static func encoded(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=",
            with: ""
        )
    }

    private static func decoded(_ text: Substring) -> Data? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}

/// Why there are no tokens.
public enum TokensError: Error, CustomStringConvertible {
    case unusable(URL)
    case damaged(URL)

    public var description: String {
        switch self {
        case .unusable(let url):
            "The server's key \(url.path) cannot be read or made. Mend its folder, or name another with --data."
        case .damaged(let url):
            "The server's key \(url.path) is damaged. Delete it; a new one is made, and all tokens must be made anew."
        }
    }
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
func isSame(_ a: String, _ b: String) -> Bool {
    let key = SymmetricKey(size: .bits256)
    let code = HMAC<SHA256>.authenticationCode(for: Data(a.utf8), using: key)
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(b.utf8), using: key)
}
