import Foundation

/// What a site's `robots.txt` lets be fetched (RFC 9309).
struct RobotsRules: Sendable, Equatable {
    /// No more is read of a file.
    private static let longest = 500 << 10

    private var rules: [(pattern: String, allows: Bool)] = []

    static func == (a: Self, b: Self) -> Bool {
        a.rules.elementsEqual(b.rules) { $0.pattern == $1.pattern && $0.allows == $1.allows }
    }

    static let everything = RobotsRules()
    static let nothing = RobotsRules([("/", false)])

    private init(_ rules: [(pattern: String, allows: Bool)] = []) { self.rules = rules }

    /// Reads the group of `matinee`, else that of everybody.
    init(_ text: String) {
        var groups: [String: [(String, Bool)]] = [:], agents: [String] = [], isOpen = false
        for line in text.prefix(Self.longest).split(whereSeparator: \.isNewline) {
            let parts = line.prefix { $0 != "#" }.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard let name = parts.first?.lowercased() else { continue }
            let value = parts.count > 1 ? parts[1] : ""
            switch name {
            case "user-agent":
                if !isOpen { agents = [] }
                isOpen = true
                agents.append(value.lowercased())
                for agent in agents where groups[agent] == nil { groups[agent] = [] }
            case "allow", "disallow":
                isOpen = false
                guard !value.isEmpty else { continue }
                for agent in agents { groups[agent, default: []].append((value, name == "allow")) }
            default: break
            }
        }
        let own = groups.first { $0.key.hasPrefix("matinee") }?.value
        self.init((own ?? groups["*"] ?? []).map { (pattern: $0.0, allows: $0.1) })
    }

    /// Whether a path may be fetched: the longest pattern that fits decides, and of two as long the one that allows.
    func allows(_ path: String) -> Bool {
        let path = path.isEmpty ? "/" : path
        if path == "/robots.txt" { return true }
        let fitting = rules.filter { Self.fits($0.pattern, path) }
        let length = fitting.map(\.pattern.count).max() ?? 0
        let longest = fitting.filter { $0.pattern.count == length }
        return longest.isEmpty || longest.contains { $0.allows }
    }

    /// Whether a pattern with `*` and a `$` at its end fits the beginning of a path.
    private static func fits(_ pattern: String, _ path: String) -> Bool {
        let isWhole = pattern.hasSuffix("$"),
            parts = (isWhole ? String(pattern.dropLast()) : pattern)
                .split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard path.hasPrefix(parts[0]) else { return false }
        var rest = path.dropFirst(parts[0].count)
        for (number, part) in parts.enumerated().dropFirst() {
            if isWhole, number == parts.count - 1 { return rest.hasSuffix(part) }
            guard let found = part.isEmpty ? rest.startIndex..<rest.startIndex : rest.range(of: part) else {
                return false
            }
            rest = rest[found.upperBound...]
        }
        return !isWhole || rest.isEmpty
    }
}
