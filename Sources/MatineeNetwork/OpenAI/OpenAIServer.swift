import Foundation
import Matinee
import NIOHTTP1

/// Where a language model is: OpenAI, or any server that speaks its API, and what that server is told of who asks.
public struct OpenAIServer: Sendable {
    /// OpenAI's own address.
    public static let openAI = "https://api.openai.com/v1"

    /// The address before `/chat/completions`, without a slash at the end.
    public let base: String
    /// Whether requests may hold what only OpenAI's own models know.
    public let isOpenAI: Bool
    let key: APIKey?
    let headers: HTTPHeaders
    var timeouts: Timeouts

    /// How long is waited for what.
    public struct Timeouts: Sendable {
        /// For a connection.
        public var connect: Duration
        /// For a whole answer, repeated tries included.
        public var answer: Duration

        public init(connect: Duration = .seconds(5), answer: Duration = .seconds(60)) {
            (self.connect, self.answer) = (connect, answer)
        }
    }

    /// - Parameters:
    ///   - base: the address; where it has no path, `/v1` is meant.
    ///   - key: sent to this address alone.
    ///   - organization: an OpenAI organisation's id.
    ///   - project: an OpenAI project's id.
    ///   - headers: what else is sent along.
    ///   - isOpenAI: whether the address stands for OpenAI though its name does not say so, as a proxy's.
    /// - Throws: ``OpenAIServerError``.
    public init(
        base: String = openAI,
        key: APIKey? = nil,
        organization: String? = nil,
        project: String? = nil,
        headers: [String: String] = [:],
        isOpenAI: Bool = false,
        timeouts: Timeouts = Timeouts()
    ) throws {
        let address = try Address(base)
        guard address.isPrivate || key == nil else { throw OpenAIServerError.openKey(address.text) }
        var all = HTTPHeaders()
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard name.wholeMatch(of: /[A-Za-z0-9!#$%&'*+.^_`|~-]+/) != nil,
                value.wholeMatch(of: /[ -~]*/) != nil
            else { throw OpenAIServerError.badHeader(printable(name)) }
            all.replaceOrAdd(name: name, value: value)
        }
        for (name, value) in [("OpenAI-Organization", organization), ("OpenAI-Project", project)] {
            guard let value else { continue }
            guard value.wholeMatch(of: /[!-~]+/) != nil else { throw OpenAIServerError.badHeader(name) }
            all.replaceOrAdd(name: name, value: value)
        }
        self.base = address.text
        self.key = key
        self.isOpenAI = isOpenAI || address.isOpenAI
        self.headers = all
        self.timeouts = timeouts
    }

    /// The host and port, for people to read.
    public var place: String { Address.place(base) }

    public var hasKey: Bool { key != nil }
    /// Whether it is OpenAI's own address.
    public var isStandard: Bool { base == Self.openAI }
    /// Whether nobody on the way can read what is sent there.
    public var isPrivate: Bool { (try? Address(base).isPrivate) ?? false }

    /// Whether an address is of this machine.
    public static func isHere(_ base: String) -> Bool { (try? Address(base).isHere) ?? false }

    /// Whether two addresses are of one server.
    public static func isSamePlace(_ one: String, _ other: String) -> Bool {
        guard let one = try? Address(one), let other = try? Address(other) else { return false }
        return one.origin == other.origin
    }

    /// What must never be shown: the key, and the headers that are keys by their name.
    var secrets: [String] {
        let telling = headers.filter {
            $0.name.lowercased().contains(/key|token|secret|auth|cookie|pass/)
        }
        return [key?.text].compactMap { $0 } + telling.map(\.value)
            + telling.flatMap { $0.value.split(separator: " ").map(String.init) }
    }
}

/// An address that may be asked.
struct Address {
    let text: String
    private let url: URL

    /// - Throws: ``OpenAIServerError/badAddress``.
    init(_ base: String) throws {
        var text = base.trimmingCharacters(in: .whitespaces)
        while text.hasSuffix("/") { text.removeLast() }
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.user() == nil, url.password() == nil,
            url.query() == nil, url.fragment() == nil
        else { throw OpenAIServerError.badAddress }
        self.url = url
        self.text = url.path().isEmpty ? text + "/v1" : text
    }

    /// Whether nobody on the way can read what is sent there.
    var isPrivate: Bool { url.scheme == "https" || isHere }

    /// Whether it is this machine.
    var isHere: Bool {
        let host = url.host() ?? ""
        return host == "localhost" || host == "::1" || host.wholeMatch(of: /127(\.\d{1,3}){3}/) != nil
    }

    /// Scheme, host and port.
    var origin: [String] {
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        return [url.scheme ?? "", url.host()?.lowercased() ?? "", "\(port)"]
    }

    var isOpenAI: Bool { url.scheme == "https" && url.host() == "api.openai.com" }

    static func place(_ text: String) -> String {
        guard let url = URL(string: text), let host = url.host() else { return text }
        return url.port.map { "\(host):\($0)" } ?? host
    }
}

/// Why a server's address or what is sent along cannot be used. No case holds a key.
public enum OpenAIServerError: Error, Equatable, CustomStringConvertible {
    case badAddress
    case openKey(String)
    case badHeader(String)

    public var description: String {
        switch self {
        case .badAddress:
            "The language model's address must be like https://example.org/v1 or http://localhost:11434/v1, without user name, password, query or fragment."
        case .openKey(let address):
            "\(address) is no https address, and would let others read the key. Use https, or leave the key out."
        case .badHeader(let name):
            "The header \(name) has characters that no header can have. Mend llm_headers."
        }
    }
}
