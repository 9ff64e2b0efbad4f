import Matinee

extension Turn {
    /// The picks as a numbered list, for assistants.
    /// - Parameter isMarkdown: whether titles are set in bold, and what could be markup is escaped.
    func list(isMarkdown: Bool) -> String {
        func text(_ text: String) -> String { isMarkdown ? escaped(text) : text }
        return picks.map { pick in
            let title = text(pick.title), year = pick.year.map { " (\($0))" } ?? ""
            let facts = pick.directors.map(text) + (pick.runtime.map { ["\($0) min"] } ?? [])
            let head = (isMarkdown ? "**\(title)**" : title) + year
            return "\(pick.rank). \(([head] + facts).joined(separator: " · "))\n   \(text(pick.reason))"
        }.joined(separator: "\n")
    }
}

/// The text with a backslash before whatever Markdown or HTML could take for markup.
func escaped(_ text: String) -> String {
    let marks = Set("\\`*_{}[]<>()#+!|~&")
    return String(text.flatMap { marks.contains($0) ? ["\\", $0] : [$0] })
}
