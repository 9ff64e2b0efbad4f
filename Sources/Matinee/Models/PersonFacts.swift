/// What a language model is told of the person who asks.
package struct PersonFacts: Sendable {
    /// A message of the sitting and how it was answered.
    package struct Exchange: Sendable {
        var message: String
        var reply: String
        var films: [String]

        package init(message: String, reply: String, films: [String]) {
            (self.message, self.reply, self.films) = (message, reply, films)
        }
    }

    /// The message as it was written.
    var message: String
    var wish: String?
    var unwanted: String?
    /// The conditions and films that were understood, in words.
    var wanted: [String]
    /// Films by what the person said of them, the latest first, this message's before those remembered.
    var films: [Stance: [Movie]]
    /// What was said before in this sitting, the oldest first.
    var history: [Exchange]

    package init(
        message: String,
        wish: String? = nil,
        unwanted: String? = nil,
        wanted: [String] = [],
        films: [Stance: [Movie]] = [:],
        history: [Exchange] = []
    ) {
        (self.message, self.wish, self.unwanted) = (message, wish, unwanted)
        (self.wanted, self.films, self.history) = (wanted, films, history)
    }

    /// How many films of a stance are told.
    static let mostFilms = 10

    private static let names: [(stance: Stance, name: String)] = [
        (.liked, "likes"), (.disliked, "dislikes"), (.mentioned, "names"), (.seen, "has_seen"),
    ]

    /// The facts as data, the words in at most about so many tokens, and earlier messages in as many again.
    func fields(tokens: Int) -> [(name: String, value: PromptData)] {
        [
            ("message", .text(shortened(message, tokens: tokens))),
            ("wish", .text(shortened(wish ?? "", tokens: tokens / 2))),
            ("not_wanted", .text(shortened(unwanted ?? "", tokens: tokens / 4))),
            ("understood", .text(shortened(wanted.joined(separator: "; "), tokens: tokens / 2))),
        ]
            + Self.names.map { stance, name in
                let titles = (films[stance] ?? []).map(\.label).joined(separator: "; ")
                return (name, .text(shortened(titles, tokens: tokens / 2)))
            } + [("earlier", earlier(tokens: tokens))]
    }

    /// The latest exchanges in full, as many as there is room for; older ones live on in the taste alone.
    private func earlier(tokens: Int) -> PromptData {
        var left = tokens, told: [PromptData] = []
        for exchange in history.reversed() {
            let data = PromptData.fields([
                ("person", .text(exchange.message)), ("matinee", .text(exchange.reply)),
                ("films", .text(exchange.films.joined(separator: "; "))),
            ])
            left -= tokenEstimate(data.json)
            guard left >= 0 else { break }
            told.insert(data, at: 0)
        }
        return .list(told)
    }
}

/// The beginning of a text that is at most about so many tokens long, with an ellipsis where some is left out.
func shortened(_ text: String, tokens: Int) -> String {
    let scalars = text.unicodeScalars.prefix(4 * max(0, tokens))
    func start(_ count: Int) -> String { String(Substring(scalars.prefix(count))) }
    if scalars.count == text.unicodeScalars.count, tokenEstimate(text) <= tokens { return text }
    var fits = 0, tooLong = scalars.count + 1
    while fits + 1 < tooLong {
        let middle = (fits + tooLong) / 2
        if tokenEstimate(start(middle)) <= tokens - 3 { fits = middle } else { tooLong = middle }
    }
    let cut = start(fits)
    let whole = cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? cut
    return whole.isEmpty ? "" : whole + "…"
}
