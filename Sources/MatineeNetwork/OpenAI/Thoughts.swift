/// Takes the thoughts out of a reply that begins with them, `<think>...</think>`, as servers send it that do not part the
/// two.
package struct Thoughts {
    private static let begin = "<think>", end = "</think>"

    private enum State { case unsure, thinking, past }

    private var state = State.unsure
    private var held = ""

    package init() {}

    /// What is shown of the next piece of the reply.
    package mutating func add(_ piece: String) -> String {
        if state == .past { return piece }
        held += piece
        if state == .unsure {
            let start = held.drop { $0.isWhitespace }
            if Self.begin.hasPrefix(start) { return "" }
            guard start.hasPrefix(Self.begin) else { return pass(held) }
            state = .thinking
        }
        if let end = held.firstRange(of: Self.end) { return pass(held[end.upperBound...]) }
        held = String(held.suffix(Self.end.count - 1))
        return ""
    }

    /// What is left when the reply ends.
    package mutating func finish() -> String { state == .unsure ? pass(held) : "" }

    private mutating func pass(_ text: some StringProtocol) -> String {
        (state, held) = (.past, "")
        return String(text)
    }
}
