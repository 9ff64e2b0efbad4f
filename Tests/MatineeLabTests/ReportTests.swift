import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Reports")
struct ReportTests {
    private static let hostile = [
        "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "</style></svg></title>&lt;b&gt;",
        "javascript:alert(1)", "//evil.example/x", "\u{202E}\u{0}\u{1B}[31m\r\n<iframe>", "]]>--><!--",
    ]

    /// A page with every kind of block, all its texts made by a function.
    private func page(_ text: () -> String, _ number: () -> Double = { 0.5 }) -> ReportPage {
        func estimate() -> Estimate { Estimate(number(), low: number(), high: number(), count: 3) }
        let rows = [
            [ReportCell.text(text()), .estimate(estimate(), digits: 3), .verdict(true, text())],
            [.text(text()), .missing, .verdict(false, "")],
            [.text(text()), .number(number(), digits: 2), .text(text())],
        ]
        let intervals = IntervalPlot(
            axis: PlotAxis(text()),
            series: [text(), text()],
            rows: [.init(text(), [estimate(), nil]), .init(text(), [estimate(), estimate()])],
            reference: number()
        )
        let points = (0..<4).map { CurvePlot.Point(Double($0), estimate()) }
        let curves = CurvePlot(
            x: PlotAxis(text()),
            y: PlotAxis(text()),
            series: [.init(text(), points), .init(text(), points, isJoined: false)],
            reference: .level(number(), text())
        )
        let spreads = SpreadPlot(
            axis: PlotAxis(text(), isLogarithmic: true),
            rows: [.init(text(), of: [number(), number(), number()])]
        )
        let plots: [ReportPlot.Drawing] = [.intervals(intervals), .curves(curves), .spreads(spreads)]
        let blocks: [ReportBlock] = [
            .heading(text()), .text(text()), .list([text(), text()]), .lines(text()),
            .table(ReportTable(text(), columns: [text(), text(), text()], rows: rows, note: text())),
            .plots(plots.map { ReportPlot(text(), caption: text(), $0) }),
            .plot(
                ReportPlot(
                    text(),
                    caption: text(),
                    .picture(svg: "<svg xmlns='http://www.w3.org/2000/svg'/>")
                )
            ),
            .links([ReportLink(text(), path: text(), note: text())]), .details(text(), [.text(text())]),
        ]
        let section = ReportSection(
            text(),
            lead: text(),
            headlines: [ReportHeadline(text(), estimate())],
            blocks: blocks
        )
        let part = ReportPart(facts: [ReportFact(text(), text())], sections: [section, section])
        return ReportPage(title: text(), subtitle: text(), parts: [part])
    }

    private func html(_ page: ReportPage) -> String { String(decoding: page.data(), as: UTF8.self) }

    /// The tags of a page in order, without what is between them, and without those of ticks, whose
    /// number hangs on the room that labels leave.
    private func tags(_ html: String) -> [Substring] {
        let tags = html.matches(of: /<\/?([A-Za-z!][A-Za-z0-9]*)/).map(\.output.1)
        return tags.filter { $0 != "path" && $0 != "text" }
    }

    @Test("No text becomes markup: hostile texts give the same tags as harmless ones")
    func escaping() throws {
        var random = SeededGenerator(seed: 1)
        let harmless = tags(html(page { "harmless" }))
        for _ in 0..<20 {
            let page = html(page { Self.hostile.randomElement(using: &random) ?? "" })
            #expect(tags(page) == harmless)
            for quoted in page.matches(of: /(?:href|src)="([^"]*)"/).map(\.output.1) {
                #expect(
                    quoted.hasPrefix("#") || quoted.hasPrefix("./")
                        || quoted.hasPrefix("data:image/svg+xml;base64,")
                )
            }
            #expect(!page.contains("\u{202E}") && !page.contains("\u{1B}") && !page.contains("\u{0}"))
        }
    }

    @Test("The page loads nothing from elsewhere, runs nothing, and is light, dark and printable")
    func selfContained() throws {
        let page = html(page { "x" })
        for outside in ["http://", "https://", "<script", "@import", "url(", "<link", "onload"] {
            #expect(!page.contains(outside), "\(outside)")
        }
        #expect(page.contains("default-src 'none'") && page.contains("prefers-color-scheme: dark"))
        #expect(page.contains("@media print") && page.contains("<meta name=\"viewport\""))
        for svg in page.matches(of: /<svg class="plot"[\s\S]*?<\/svg>/).map(\.output) {
            #expect(XMLParser(data: Data(svg.utf8)).parse())
        }
    }

    @Test("Any numbers can be drawn: none makes a plot hang, fail or hold what is no number")
    func numbers() {
        var fuzzer = Fuzzer(seed: 1)
        let odd = [
            0, -0.0, 1, -1, 1e-320, 1e-12, 1e15, 1e300, -1e300, .infinity, -.infinity, .nan, 0.1, 12_345,
            0.999,
        ]
        for _ in 0..<60 {
            let page = html(
                page({ "x" }) { fuzzer.oneIn(2) ? fuzzer.one(of: odd) : Double(fuzzer.random.normal()) }
            )
            #expect(!page.contains(/[" ](nan|inf|-nan|-inf)/))
            #expect(page.utf8.count < 200_000)
        }
    }

    @Test("A part is the same after its JSON")
    func parts() throws {
        let part = page { "x" }.parts[0]
        #expect(try JSONDecoder().decode(ReportPart.self, from: JSONEncoder().encode(part)) == part)
    }

    @Test("Numbers and intervals are written as a reader expects them")
    func writing() {
        #expect(decimal(1_234_567, digits: 0) == "1,234,567" && decimal(-0.0004, digits: 3) == "0.000")
        #expect(decimal(-0.25, digits: 2) == "−0.25" && decimal(.nan, digits: 2) == "–")
        let cell = ReportCell.estimate(Estimate(0.5, low: 0.25, high: 0.75), digits: 2)
        #expect(cell.plain == "0.50 [0.25, 0.75]")
        let table = ReportTable(
            "T",
            columns: ["name", "n"],
            rows: [[.text("a"), .count(7)], [.text("bcd"), .count(10)]]
        )
        #expect(table.plain == "T\nname   n\na      7\nbcd   10")
        #expect(quantile(0.5, ofSorted: [1, 2, 3, 10]) == 2.5 && quantile(0.95, ofSorted: []) == 0)
        let share = Estimate.share(8, of: 10)
        // Wilson's interval of 8 of 10, by R's prop.test without correction.
        #expect(abs((share.low ?? 0) - 0.4901625) < 1e-6 && abs((share.high ?? 0) - 0.9433178) < 1e-6)
    }
}
