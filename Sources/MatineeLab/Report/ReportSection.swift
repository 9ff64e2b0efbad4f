import Foundation

/// What a command tells a report: what was run, and what was found. As JSON it is what `--report FILE.json` writes and
/// `matinee eval report` puts together.
package struct ReportPart: Sendable, Equatable, Codable {
    /// What was run, in the order in which it is shown: versions, files with their checksums, seeds, settings, machine.
    package var facts: [ReportFact]
    package var sections: [ReportSection]

    package init(facts: [ReportFact], sections: [ReportSection]) {
        (self.facts, self.sections) = (facts, sections)
    }
}

/// A line of what was run: `log: evening.jsonl, sha256 …`.
package struct ReportFact: Sendable, Hashable, Codable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// A part of a report under a heading of its own. All texts are plain; the page escapes them.
package struct ReportSection: Sendable, Equatable, Codable {
    package var title: String
    /// What was found, in a sentence or two, for readers who stop here.
    package var lead: String
    /// The few figures that stand for the section at the head of the report; three at the most look well.
    package var headlines: [ReportHeadline]
    package var blocks: [ReportBlock]

    package init(
        _ title: String,
        lead: String,
        headlines: [ReportHeadline] = [],
        blocks: [ReportBlock] = []
    ) {
        (self.title, self.lead, self.headlines, self.blocks) = (title, lead, headlines, blocks)
    }
}

/// A figure at the head of a report.
package struct ReportHeadline: Sendable, Equatable, Codable {
    package var label: String
    package var estimate: Estimate
    package var digits: Int

    package init(_ label: String, _ estimate: Estimate, digits: Int = 3) {
        (self.label, self.estimate, self.digits) = (label, estimate, digits)
    }
}

/// What stands below a section's lead.
package indirect enum ReportBlock: Sendable, Equatable, Codable {
    /// A heading within the section.
    case heading(String)
    case text(String)
    case list([String])
    /// Lines as they are, such as commands.
    case lines(String)
    case table(ReportTable)
    case plot(ReportPlot)
    /// Plots that stand beside each other where there is room.
    case plots([ReportPlot])
    case links([ReportLink])
    /// What is shown only when it is asked for.
    case details(String, [ReportBlock])
}

/// A file beside the report.
package struct ReportLink: Sendable, Equatable, Codable {
    package var title: String
    /// Relative to the report, with `/`.
    package var path: String
    /// What is in it.
    package var note: String?

    package init(_ title: String, path: String, note: String? = nil) {
        (self.title, self.path, self.note) = (title, path, note)
    }
}

/// A figure with the interval in which the true one lies.
package struct Estimate: Sendable, Hashable, Codable {
    package var value: Double
    /// The ends of the 95 % interval; `nil` where there is none.
    package var low: Double?
    package var high: Double?
    /// Of how many observations.
    package var count: Int?

    package init(_ value: Double, low: Double? = nil, high: Double? = nil, count: Int? = nil) {
        (self.value, self.low, self.high, self.count) = (value, low, high, count)
    }

    /// - Parameter interval: two numbers; others are none.
    package init(_ value: Double, interval: [Double], count: Int? = nil) {
        self.init(value, count: count)
        if interval.count == 2 { (low, high) = (interval[0], interval[1]) }
    }

    /// The interval, where there is a whole one.
    package var interval: ClosedRange<Double>? {
        guard let low, let high, low <= high else { return nil }
        return low...high
    }
}
