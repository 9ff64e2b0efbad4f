import NIOHTTP1

/// A user's key for TMDB; it is never printed, logged or stored.
package struct TMDBKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let text: String

    /// - Returns: `nil` for text that cannot be a key: empty, or with other characters than a key has.
    package init?(_ text: String) {
        let text = text.filter { !$0.isWhitespace }
        guard text.wholeMatch(of: /[A-Za-z0-9._-]{8,2000}/) != nil else { return nil }
        self.text = text
    }

    package var description: String { "(a TMDB key)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Keys of 32 hexadecimal digits go into the address, read access tokens into a header, as TMDB documents both.
    private var isShort: Bool { text.wholeMatch(of: /[0-9A-Fa-f]{32}/) != nil }

    var headers: HTTPHeaders {
        isShort
            ? ["Accept": "application/json"]
            : ["Accept": "application/json", "Authorization": "Bearer \(text)"]
    }

    /// What is added to an address that has a question mark already, or nothing.
    var parameter: String { isShort ? "&api_key=\(text)" : "" }

    /// Whether a text gives the key away.
    func isIn(_ other: String) -> Bool { other.contains(text) }
}
