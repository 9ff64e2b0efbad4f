/// A key for a language model's server; it is never printed, logged or stored.
public struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
    let text: String

    /// - Returns: `nil` for text that cannot stand in a header: empty, too long, or with other characters than ASCII's
    ///   visible ones.
    public init?(_ text: String) {
        let text = text.filter { !$0.isWhitespace }
        guard text.wholeMatch(of: /[!-~]{1,4000}/) != nil else { return nil }
        self.text = text
    }

    public var description: String { "(a key)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
