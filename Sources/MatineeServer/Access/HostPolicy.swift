import HTTPTypes
import Hummingbird

/// Which names a request may call the server by, and which pages may send it requests: without this, any page in a
/// browser could reach a server on the same machine, by a name of its own that it lets resolve to 127.0.0.1 (DNS
/// rebinding) or by plain requests across origins.
struct HostPolicy: Sendable {
    private let names: Set<String>
    private let allowsAddresses: Bool

    /// Addresses in digits cannot be rebound; they are allowed where the server listens beyond this machine.
    init(_ settings: ServerSettings) {
        names = Set(
            (settings.names + [settings.host, "localhost", "127.0.0.1", "::1"]).map { $0.lowercased() }
        )
        allowsAddresses = !ServerSettings.isLoopback(settings.host)
    }

    /// - Throws: ``Problem`` 403.
    func check(_ request: Request) throws {
        guard let authority = request.head.authority, allows(host(of: authority)) else {
            throw Problem(
                .forbidden,
                "host",
                "The server does not answer to the name in the Host header. Start it with --allow-host NAME to allow it."
            )
        }
        if let origin = request.headers[.origin] { try check(origin, authority) }
        let site = request.headers[HTTPField.Name.fetchSite]
        if let site, !["same-origin", "none"].contains(site), request.headers[.origin] == nil,
            request.head.method != .get || request.uri.path.hasPrefix("/v1")
        {
            throw Self.foreign
        }
    }

    private func check(_ origin: String, _ authority: String) throws {
        let parts = origin.lowercased().split(separator: "://", maxSplits: 1)
        guard parts.count == 2, ["http", "https"].contains(parts[0]), parts[1] == authority.lowercased()
        else {
            throw Self.foreign
        }
    }

    private static let foreign = Problem(
        .forbidden,
        "origin",
        "Only the server's own page may send requests from a browser."
    )

    private func allows(_ host: String) -> Bool {
        names.contains(host) || allowsAddresses && isAddress(host)
    }

    /// The host without its port and brackets, in lower case; empty where it is malformed.
    private func host(of authority: String) -> String {
        let text = authority.lowercased()
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return "" }
            let rest = text[text.index(after: end)...]
            return rest.isEmpty || isPort(rest) ? String(text[text.index(after: text.startIndex)..<end]) : ""
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.count == 2 && isPort(":" + parts[1]) else { return "" }
        return String(parts[0])
    }

    private func isPort(_ text: some StringProtocol) -> Bool {
        text.hasPrefix(":") && text.count > 1 && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    private func isAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4 { return parts.allSatisfy { UInt8($0) != nil } }
        return host.contains(":") && host.allSatisfy { $0.isHexDigit || $0 == ":" }
    }
}

extension HTTPField.Name {
    static var fetchSite: Self { .init("Sec-Fetch-Site") ?? .origin }
}
