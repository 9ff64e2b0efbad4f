/// How reports look: a printed page in the light, its negative in the dark, one column where it is narrow.
enum ReportStyle {
    static let css = """
        :root { color-scheme: light dark; \(variables(.light)); --rule: #c9c6bd; --wash: #f1efe9; --good: #00735b; --bad: #930d25; --link: #4037c9 }
        @media (prefers-color-scheme: dark) { :root { \(variables(.dark)); --rule: #3a3f48; --wash: #1c2027; --good: #5febc3; --bad: #ff8fa6; --link: #a9b4ff } }
        \(page)
        \(tables)
        \(plots)
        \(conversations)
        \(media)
        """

    private static func variables(_ colors: MapColors) -> String {
        let series = colors.regions.enumerated().map { "--s\($0): \($1)" }.joined(separator: "; ")
        return "--paper: \(colors.paper); --ink: \(colors.ink); --faint: \(colors.faint); \(series)"
    }

    private static let page = """
        * { box-sizing: border-box }
        html { -webkit-text-size-adjust: 100% }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 'Iowan Old Style', 'Palatino Linotype', Palatino, Charter, 'Source Serif 4', Georgia, 'DejaVu Serif', serif; overflow-wrap: anywhere }
        .sheet { max-width: 1180px; margin: 0 auto; padding: 48px 28px 80px; display: grid; grid-template-columns: minmax(0, 1fr); column-gap: 56px }
        header { border-bottom: 2px solid var(--ink); padding-bottom: 18px; margin-bottom: 26px }
        header p { margin: 6px 0 0; color: var(--faint) }
        h1 { font-size: 38px; line-height: 1.12; letter-spacing: -0.012em; font-weight: 600; margin: 0 }
        h2 { font-size: 26px; line-height: 1.2; font-weight: 600; margin: 54px 0 8px; padding-top: 10px; border-top: 1px solid var(--rule) }
        h3 { font-size: 18px; font-weight: 600; margin: 30px 0 6px }
        p, ul { max-width: 70ch; margin: 10px 0 }
        ul { padding-left: 1.2em }
        .lead { font-size: 18.5px }
        a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: 1px }
        a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 3px }
        nav, .facts, table, figure, .headlines, pre, .plain, details > summary, .meta { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif }
        nav { font-size: 14px; line-height: 1.4 }
        nav ol { list-style: none; margin: 0; padding: 0 }
        nav li { margin: 0 0 8px }
        nav a { color: var(--faint); text-decoration: none }
        nav a:hover { color: var(--link); text-decoration: underline }
        .headlines { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 0 28px; margin: 0 0 8px; padding: 0 }
        .headlines div { border-top: 1px solid var(--rule); padding: 12px 0 16px; display: flex; flex-direction: column; justify-content: space-between }
        .headlines dt { font-size: 13.5px; line-height: 1.35; color: var(--faint); margin-bottom: 6px }
        .headlines dd { margin: 0; font-size: 30px; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -0.01em }
        .headlines small { display: block; font-size: 13px; font-weight: 400; color: var(--faint); letter-spacing: 0 }
        .facts { font-size: 14px; line-height: 1.45; display: grid; grid-template-columns: minmax(110px, max-content) minmax(0, 1fr); gap: 3px 20px; margin: 14px 0 }
        .facts dt { color: var(--faint) }
        .facts dd { margin: 0 }
        pre { font: 13px/1.5 ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace; background: var(--wash); padding: 12px 16px; overflow-x: auto; max-width: 100% }
        details { margin: 14px 0 }
        details > summary { cursor: pointer; font-size: 15px; color: var(--link) }
        footer { margin-top: 60px; padding-top: 14px; border-top: 1px solid var(--rule); color: var(--faint); font-size: 14.5px }
        """

    private static let tables = """
        main { counter-reset: figure table }
        .table > h4::before { counter-increment: table; content: 'Table ' counter(table) '. '; color: var(--faint); font-weight: 400 }
        figure > h4::before { counter-increment: figure; content: 'Figure ' counter(figure) '. '; color: var(--faint); font-weight: 400 }
        .scroll { overflow-x: auto; max-width: 100% }
        table { border-collapse: collapse; font-size: 14px; line-height: 1.4; margin: 8px 0; border-top: 1.6px solid var(--ink); border-bottom: 1.6px solid var(--ink); overflow-wrap: normal; font-variant-numeric: tabular-nums lining-nums }
        .table { margin: 26px 0; }
        .table > h4, figure > h4 { font-size: 15.5px; font-weight: 600; margin: 0 0 4px; font-family: inherit }
        .table > h4 { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif }
        th { text-align: left; font-weight: 600; vertical-align: bottom; border-bottom: 0.8px solid var(--ink) }
        th, td { padding: 6px 18px 6px 0 }
        th:last-child, td:last-child { padding-right: 4px }
        td { vertical-align: top; min-width: 3.4em }
        th:first-child:not(.number), td:first-child:not(.number) { min-width: 9em }
        tbody tr + tr td { border-top: 0.6px solid var(--rule) }
        th.number, td.number { text-align: right }
        td.number, td.estimate { white-space: nowrap }
        td small { color: var(--faint); font-size: 12.5px; margin-left: 7px }
        .yes { color: var(--good) } .no { color: var(--bad) }
        .yes::before { content: '✓ ' } .no::before { content: '✗ ' }
        .note { font-size: 13.5px; line-height: 1.45; color: var(--faint); max-width: 84ch; margin: 4px 0 0 }
        """

    private static let plots = """
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 8px 40px; align-items: start }
        figure { margin: 24px 0; min-width: 0 }
        figcaption { font-size: 13.5px; line-height: 1.45; color: var(--faint); max-width: 78ch }
        figure .scroll { margin: 4px 0 }
        svg.plot { display: block; width: 100%; min-width: 390px; max-width: 580px; height: auto; font: \(PlotPaper.textSize)px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif; font-variant-numeric: tabular-nums }
        img.plot { display: block; width: 100%; height: auto; border: 1px solid var(--rule) }
        .plot text { fill: var(--ink) } .plot .tick { fill: var(--faint) } .plot .name { fill: var(--faint) }
        .plot .start { text-anchor: start } .plot .middle { text-anchor: middle } .plot .end { text-anchor: end }
        .plot path, .plot rect { fill: none } .plot .grid { stroke: var(--rule); stroke-width: 0.7 }
        .plot .reference { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 4 3 }
        .plot .whisker { stroke-width: 2 } .plot .curve { stroke-width: 2; stroke-linejoin: round } .plot .band { stroke: none; fill-opacity: 0.15 }
        .plot .median { stroke: var(--paper); stroke-width: 2.4 }
        .plot .mark > circle, .plot .mark > path { stroke: var(--paper); stroke-width: 1.2 }
        \(seriesColors)
        .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13.5px; padding: 0; margin: 2px 0; list-style: none; max-width: none }
        .legend svg { width: 13px; height: 13px; margin-right: 6px; vertical-align: -2px }
        """

    private static var seriesColors: String {
        (0..<PlotPaper.seriesCount).map { number in
            ".whisker.s\(number), .curve.s\(number) { stroke: var(--s\(number)) } .band.s\(number), .spread.s\(number), .s\(number) > circle, .s\(number) > path { fill: var(--s\(number)) !important }"
        }.joined(separator: "\n")
    }

    private static let conversations = """
        .turn { border-top: 1px solid var(--rule); margin: 22px 0; padding-top: 10px; break-inside: avoid }
        .meta { font-size: 13.5px; color: var(--faint) }
        blockquote { margin: 10px 0; padding: 2px 0 2px 16px; border-left: 3px solid var(--s0); max-width: 70ch }
        .picks { padding-left: 1.5em; max-width: 74ch }
        .picks li { margin: 10px 0 }
        .picks .meta { display: block }
        """

    private static let media = """
        @media (min-width: 1000px) {
          .sheet.wide { grid-template-columns: 190px minmax(0, 1fr) }
          .sheet.wide header { grid-column: 1 / -1 }
          .sheet.wide nav { position: sticky; top: 28px; align-self: start; max-height: calc(100vh - 56px); overflow-y: auto }
        }
        @media (max-width: 999px) { nav { border-bottom: 1px solid var(--rule); padding-bottom: 12px; margin-bottom: 18px } nav ol { columns: 2; column-gap: 20px } }
        @media (max-width: 600px) {
          body { font-size: 16px } .sheet { padding: 24px 16px 48px } h1 { font-size: 28px } h2 { font-size: 22px; margin-top: 40px }
          .facts { grid-template-columns: minmax(0, 1fr); gap: 0 } .facts dd { margin-bottom: 8px }
          .headlines { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 18px } .headlines dd { font-size: 24px }
          th, td { padding-right: 14px }
        }
        @media print {
          @page { margin: 18mm 16mm }
          :root { color-scheme: light; \(variables(.light)); --paper: #fff; --rule: #c9c6bd; --wash: #f4f3ef; --good: #00735b; --bad: #930d25; --link: #1B1D22 }
          body { font-size: 10.5pt; line-height: 1.42 } .sheet, .sheet.wide { display: block; padding: 0; max-width: none } nav { display: none }
          h1 { font-size: 22pt } h2 { font-size: 15pt; break-after: avoid } h3, h4 { break-after: avoid } .lead { font-size: 11pt }
          .table > h4, figure > h4 { font-size: 10pt } .legend { font-size: 8.8pt } table { font-size: 8.8pt } th, td { padding: 3pt 10pt 3pt 0 } td small { font-size: 8pt; margin-left: 3pt } figcaption, .note, .facts { font-size: 8.8pt }
          figure, .table tr, .headlines div { break-inside: avoid } .scroll { overflow: visible } svg.plot { min-width: 0; max-width: 125mm }
          .plots { grid-template-columns: 1fr 1fr; gap: 6pt 18pt } .headlines { grid-template-columns: repeat(4, 1fr) } .headlines dd { font-size: 15pt } .headlines dt { font-size: 8.5pt }
          details > summary { color: inherit; list-style: none } a { text-decoration: none }
        }
        """
}
