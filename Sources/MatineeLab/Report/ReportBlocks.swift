import Foundation

/// The blocks of a section in HTML.
enum ReportBlocks {
    static func html(_ block: ReportBlock) -> String {
        switch block {
        case .heading(let text): "<h3>\(escape(text))</h3>"
        case .text(let text): "<p>\(escape(text))</p>"
        case .list(let items): "<ul>\(items.map { "<li>\(escape($0))</li>" }.joined())</ul>"
        case .lines(let text):
            "<pre>\(text.split(separator: "\n", omittingEmptySubsequences: false).map { escape(String($0)) }.joined(separator: "\n"))</pre>"
        case .table(let table): html(table)
        case .plot(let plot): html(plot)
        case .plots(let plots): "<div class=\"plots\">\n\(plots.map(html).joined(separator: "\n"))\n</div>"
        case .links(let links): html(links)
        case .details(let title, let blocks):
            "<details><summary>\(escape(title))</summary>\n\(blocks.map(html).joined(separator: "\n"))\n</details>"
        }
    }

    private static func escape(_ text: String) -> String { MatineeLab.html(text) }

    private static func html(_ table: ReportTable) -> String {
        let columns = table.columns.indices, numeric = columns.map(table.isNumeric)
        let head = columns.map { column in
            "<th scope=\"col\"\(numeric[column] ? " class=\"number\"" : "")>\(escape(table.columns[column]))</th>"
        }
        let rows = table.rows.map { row in
            "<tr>\(zip(columns, row).map { html($1, isNumeric: numeric[$0]) }.joined())</tr>"
        }
        let title = table.title.isEmpty ? "" : "<h4>\(escape(table.title))</h4>"
        let note = table.note.map { "<p class=\"note\">\(escape($0))</p>" } ?? ""
        return """
            <div class="table">\(title)
            <div class="scroll"><table>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>\(note)</div>
            """
    }

    private static func html(_ cell: ReportCell, isNumeric: Bool) -> String {
        let kind = isNumeric ? " class=\"number\"" : ""
        switch cell {
        case .estimate(let estimate, let digits):
            let interval = estimate.interval.map { "<small>\(bracketed($0, digits: digits))</small>" } ?? ""
            return
                "<td class=\"estimate\(isNumeric ? " number" : "")\">\(decimal(estimate.value, digits: digits))\(interval)</td>"
        case .verdict(let holds, let text):
            return
                "<td><span class=\"\(holds ? "yes" : "no")\">\(escape(text.isEmpty ? (holds ? "holds" : "fails") : text))</span></td>"
        case .text, .number, .missing: return "<td\(kind)>\(escape(cell.plain))</td>"
        }
    }

    private static func html(_ plot: ReportPlot) -> String {
        """
        <figure><h4>\(escape(plot.title))</h4>\(legend(plot.drawing))
        <div class="scroll">\(drawing(plot))</div>
        <figcaption>\(escape(plot.caption))</figcaption></figure>
        """
    }

    private static func drawing(_ plot: ReportPlot) -> String {
        let label = "\(plot.title). \(plot.caption)"
        switch plot.drawing {
        case .intervals(let intervals): return IntervalDrawing(plot: intervals).svg(label: label)
        case .curves(let curves): return CurveDrawing(plot: curves).svg(label: label)
        case .spreads(let spreads): return SpreadDrawing(plot: spreads).svg(label: label)
        case .picture(let svg):
            let bytes = Data(svg.utf8).base64EncodedString()
            return "<img class=\"plot\" alt=\"\(escape(label))\" src=\"data:image/svg+xml;base64,\(bytes)\">"
        }
    }

    private static func legend(_ drawing: ReportPlot.Drawing) -> String {
        let names: [String] =
            switch drawing {
            case .intervals(let plot): plot.series
            case .curves(let plot): plot.series.map(\.name)
            case .spreads, .picture: []
            }
        guard names.count > 1 else { return "" }
        let items = names.enumerated().map { number, name in
            let form = PlotPaper.form(number, (x: 6.5, y: 6.5), radius: 4.6)
            let swatch =
                "<svg viewBox=\"0 0 13 13\" aria-hidden=\"true\"><g class=\"mark s\(number % PlotPaper.seriesCount)\">\(form)</g></svg>"
            return "<li>\(swatch)\(escape(name))</li>"
        }
        return "<ul class=\"legend\">\(items.joined())</ul>"
    }

    private static func html(_ links: [ReportLink]) -> String {
        let items = links.map { link in
            let note = link.note.map { " <span class=\"meta\">\(escape($0))</span>" } ?? ""
            return "<li><a href=\"\(address(link.path))\">\(escape(link.title))</a>\(note)</li>"
        }
        return "<ul>\(items.joined())</ul>"
    }

    /// A path as an address below the page's own folder: no scheme, no host, whatever the path holds.
    private static func address(_ path: String) -> String {
        let allowed = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
        )
        return "./" + (path.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
    }
}
