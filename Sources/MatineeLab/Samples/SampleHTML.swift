package import Foundation
import Matinee

extension SampleSet {
    /// The conversations as one HTML file; every text is escaped.
    package var html: Data {
        var lines = ["<header><h1>\(escape(title))</h1>"] + notes.map { "<p>\(escape($0))</p>" }
        lines.append("</header>")
        if samples.count > 1 {
            let items = samples.enumerated().map { place, sample in
                "<li><a href=\"#sample-\(place + 1)\">\(escape(sample.name))</a></li>"
            }
            lines.append("<nav aria-label=\"Conversations\"><ol>\(items.joined())</ol></nav>")
        }
        lines.append("<main>")
        for (place, sample) in samples.enumerated() {
            lines.append("<section id=\"sample-\(place + 1)\"><h2>\(escape(sample.name))</h2>")
            lines.append("<p class=\"meta\">\(escape(sample.choice))</p>")
            lines += sample.turns.map(turn)
            lines.append("</section>")
        }
        lines.append("</main>")
        let body = lines.joined(separator: "\n")
        return Data(ReportPage.page(title, isWide: samples.count > 1, body: body).utf8)
    }

    private func escape(_ text: String) -> String { MatineeLab.html(text) }

    private func turn(_ turn: Sample.Turn) -> String {
        var lines = ["<article class=\"turn\"><h3>Turn \(turn.number)</h3>"]
        if let message = turn.message { lines.append("<blockquote>\(escape(message))</blockquote>") }
        if let understood = turn.understood {
            lines.append("<p class=\"meta\">Understood: \(escape(understood))</p>")
        }
        if let reply = turn.reply { lines.append("<p>\(escape(reply))</p>") }
        lines += turn.fallbacks.map { "<p class=\"meta\">Could not be done as asked: \(escape($0))</p>" }
        if !turn.films.isEmpty {
            lines.append("<ol class=\"picks\">\(turn.films.map(film).joined(separator: "\n"))</ol>")
        }
        if let movement = turn.movement { lines.append("<p class=\"meta\">Taste: \(escape(movement))</p>") }
        return (lines + ["</article>"]).joined(separator: "\n")
    }

    private func film(_ film: Sample.Film) -> String {
        let figures = film.figures.joined(separator: ", ")
        var lines = [
            "<li><strong>\(escape(film.label))</strong> <span class=\"meta\">\(escape(figures))</span>"
        ]
        if let reason = film.reason { lines.append("<div>\(escape(reason))</div>") }
        lines += film.evidence.map { finding in
            let kind = finding.holds.map { $0 ? " class=\"yes\"" : " class=\"no\"" } ?? ""
            return
                "<span class=\"meta\"><span\(kind)>\(escape(finding.text))\(finding.holds == false ? " (not in the catalogue)" : "")</span></span>"
        }
        let facts = film.facts.map { "<dt>\(escape($0.name))</dt><dd>\(escape($0.value))</dd>" }
        lines.append(
            "<details><summary>Facts of the catalogue</summary><dl class=\"facts\">\(facts.joined())</dl></details></li>"
        )
        return lines.joined(separator: "\n")
    }
}
