package import Foundation
import Matinee

/// A report as one HTML file: nothing in it comes from elsewhere, no script runs, and every text is escaped.
package struct ReportPage: Sendable {
    package var title: String
    package var subtitle: String
    /// What was run, shown once at the end: facts that parts share stand first.
    package var parts: [ReportPart]

    package init(title: String, subtitle: String = "", parts: [ReportPart]) {
        (self.title, self.subtitle, self.parts) = (title, subtitle, parts)
    }

    /// The file.
    package func data() -> Data { Data(Self.page(title, isWide: sections.count > 1, body: body).utf8) }

    private var sections: [ReportSection] { parts.flatMap(\.sections) }

    /// A page of ours around a body that is escaped already.
    static func page(_ title: String, isWide: Bool = false, body: String) -> String {
        // No script, no frame, nothing from elsewhere, whatever the texts hold.
        let policy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="color-scheme" content="light dark">
            <title>\(html(title))</title>
            <style>
            \(ReportStyle.css)
            </style>
            </head>
            <body>
            <div class="sheet\(isWide ? " wide" : "")">
            \(body)
            </div>
            </body>
            </html>

            """
    }

    private var body: String {
        var lines = ["<header><h1>\(html(title))</h1>"]
        if !subtitle.isEmpty { lines.append("<p>\(html(subtitle))</p>") }
        lines.append("</header>")
        if sections.count > 1 { lines.append(contents) }
        lines.append("<main>")
        let headlines = sections.flatMap(\.headlines)
        if !headlines.isEmpty { lines.append(self.headlines(headlines)) }
        for (number, section) in sections.enumerated() {
            lines.append("<section id=\"part-\(number + 1)\">\n<h2>\(html(section.title))</h2>")
            if !section.lead.isEmpty { lines.append("<p class=\"lead\">\(html(section.lead))</p>") }
            lines += section.blocks.map { ReportBlocks.html($0) }
            lines.append("</section>")
        }
        lines.append(run)
        return (lines + ["</main>"]).joined(separator: "\n")
    }

    private var contents: String {
        let titles = sections.map(\.title) + ["What was run"]
        let items = titles.enumerated().map { number, title in
            "<li><a href=\"#part-\(number + 1)\">\(html(title))</a></li>"
        }
        return "<nav aria-label=\"Contents\"><ol>\(items.joined(separator: "\n"))</ol></nav>"
    }

    private func headlines(_ headlines: [ReportHeadline]) -> String {
        let items = headlines.map { headline in
            let value = decimal(headline.estimate.value, digits: headline.digits)
            let interval = headline.estimate.interval.map { bracketed($0, digits: headline.digits) } ?? ""
            let count = headline.estimate.count.map { "n = \(decimal(Double($0), digits: 0))" } ?? ""
            let small = [interval, count].filter { !$0.isEmpty }.joined(separator: " · ")
            return "<div><dt>\(html(headline.label))</dt><dd>\(value)<small>\(small)</small></dd></div>"
        }
        return "<dl class=\"headlines\">\n\(items.joined(separator: "\n"))\n</dl>"
    }

    /// The facts of all parts, each once; those of one name together.
    private var run: String {
        var seen: Set<ReportFact> = [], order: [String] = [], values: [String: [String]] = [:]
        for fact in parts.flatMap(\.facts) where seen.insert(fact).inserted {
            if values[fact.name] == nil { order.append(fact.name) }
            values[fact.name, default: []].append(fact.value)
        }
        let items = order.map { name in
            let lines = values[name, default: []].map(html).joined(separator: "<br>")
            return "<dt>\(html(name))</dt><dd>\(lines)</dd>"
        }
        return """
            <section id="part-\(sections.count + 1)">
            <h2>What was run</h2>
            <dl class="facts">
            \(items.joined(separator: "\n"))
            </dl>
            <p class="note">Brackets hold 95 % intervals. The page is self-contained: it loads nothing and runs no script.</p>
            </section>
            """
    }
}
