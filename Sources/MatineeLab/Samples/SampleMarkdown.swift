import Foundation
import Matinee

extension SampleSet {
    /// The conversations in Markdown; no text of the log or the catalogue acts as markup.
    package var markdown: String {
        var lines = ["# \(Self.plain(title))", ""] + notes.map { "\(Self.plain($0))\n" }
        for sample in samples {
            lines += ["## \(Self.plain(sample.name))", "", "*\(Self.plain(sample.choice))*", ""]
            for turn in sample.turns { lines += markdown(turn) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func markdown(_ turn: Sample.Turn) -> [String] {
        var lines = ["### Turn \(turn.number)", ""]
        if let message = turn.message { lines += ["> \(Self.plain(message))", ""] }
        if let understood = turn.understood { lines += ["Understood: \(Self.plain(understood))", ""] }
        if let reply = turn.reply { lines += [Self.plain(reply), ""] }
        lines += turn.fallbacks.map { "Could not be done as asked: \(Self.plain($0))\n" }
        for (place, film) in turn.films.enumerated() { lines += markdown(film, place + 1) }
        if let movement = turn.movement { lines += ["", "Taste: \(Self.plain(movement))"] }
        return lines + [""]
    }

    private func markdown(_ film: Sample.Film, _ rank: Int) -> [String] {
        let figures = film.figures
        let tail = figures.isEmpty ? "" : " · \(figures.joined(separator: ", "))"
        var lines = ["\(rank). **\(Self.plain(film.label))**\(tail)"]
        if let reason = film.reason { lines.append("   \(Self.plain(reason))  ") }
        lines += film.evidence.map { "   - evidence: \(Self.plain($0.text))\($0.mark)" }
        lines += film.facts.map { "   - \(Self.plain($0.name)): \(Self.plain($0.value))" }
        return lines
    }

    /// Text in which nothing is markup.
    static func plain(_ text: String) -> String {
        printable(text).reduce(into: "") { result, character in
            switch character {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "!", "~", "&": result += "\\\(character)"
            default: result.append(character)
            }
        }
    }
}

extension Sample.Film {
    /// The cosine and the score, where they are known.
    var figures: [String] {
        [
            cosine.map { "cosine \(decimal($0, digits: 3))" },
            score.map { "score \(decimal($0, digits: 3))" },
        ].compactMap(\.self)
    }
}

extension EvidenceCheck.Finding {
    /// What the catalogue says to it.
    var mark: String {
        switch holds {
        case true?: " (the catalogue agrees)"
        case false?: " (NOT in the catalogue)"
        case nil: ""
        }
    }
}
