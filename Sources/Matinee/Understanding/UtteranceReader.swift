/// Reads a message as the signals need it: its words without the titles, and the films that these mean.
package struct UtteranceReader: Sendable {
    private let catalog: Catalog
    private let titles: TitleLinker

    package init(_ interpreter: Interpreter) { (catalog, titles) = (interpreter.catalog, interpreter.titles) }

    /// - Parameter request: what the message was understood as; its films count where they were not disliked.
    package func utterance(_ text: String, of request: Request) -> Dialogue.Utterance {
        let text = String(text.unicodeScalars.prefix(Interpreter.longestMessage))
        let disliked = request.ids(.disliked).compactMap(catalog.row(of:))
        let films = request.named.filter { $0.stance != .disliked && !request.carried.contains($0.id) }
        var utterance = Dialogue.Utterance(
            .user,
            welcome(words(of: text, without: titles.links(in: text).map(\.place)), request),
            films: films.map(\.id).compactMap(catalog.row(of:)),
            disliked: disliked
        )
        utterance.text = printable(text)
        return utterance
    }

    /// The words without those that say what is not wanted.
    private func welcome(_ words: String, _ request: Request) -> String {
        let message = Message(words)
        let refused = Polarity(message).scopes.filter { $0.effect == .rejects }.map(\.span)
        let unwanted = Set(Matinee.words(in: request.unwanted ?? "").map(\.folded))
        let kept = message.words.indices.filter { i in
            !refused.contains { $0.contains(i) } && !unwanted.contains(message[i])
        }
        guard kept.count < message.words.count else { return words }
        return kept.map { String(message.text[message.words[$0].range]) }.joined(separator: " ")
    }

    /// A message by either side, read by itself.
    /// - Parameter disliked: the rows of films that it rejects.
    package func utterance(_ text: String, from role: Dialogue.Role, disliked: Set<Int>) -> Dialogue.Utterance
    {
        let links = titles.links(in: text), rows = links.map(\.row)
        return Dialogue.Utterance(
            role,
            words(of: text, without: links.map(\.place)),
            films: rows.filter { !disliked.contains($0) },
            disliked: rows.filter(disliked.contains)
        )
    }

    /// The text without those parts, which are places in its UTF-8.
    private func words(of text: String, without places: [Range<Int>]) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = [], start = 0
        for place in places {
            kept += bytes[start..<max(start, place.lowerBound)] + [UInt8(ascii: " ")]
            start = max(start, place.upperBound)
        }
        kept += bytes[start...]
        return printable(String(decoding: kept, as: UTF8.self))
    }
}
