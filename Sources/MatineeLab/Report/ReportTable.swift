import Foundation
import Matinee

/// A table of a report.
package struct ReportTable: Sendable, Equatable, Codable {
    package var title: String
    /// The heads of the columns; the first column names the rows.
    package var columns: [String]
    /// As many cells in each row as there are columns.
    package var rows: [[ReportCell]]
    /// What the reader must know to read it: units, intervals, what counts.
    package var note: String?

    package init(_ title: String, columns: [String], rows: [[ReportCell]], note: String? = nil) {
        (self.title, self.columns, self.rows, self.note) = (title, columns, rows, note)
    }
}

/// A cell of a table.
package enum ReportCell: Sendable, Equatable, Codable {
    case text(String)
    case number(Double, digits: Int)
    case estimate(Estimate, digits: Int)
    /// Whether something holds, and in how many cases or why.
    case verdict(Bool, String)
    /// Nothing could be measured.
    case missing

    package static func count(_ number: Int) -> ReportCell { .number(Double(number), digits: 0) }

    /// An estimate, or nothing.
    package static func measured(_ estimate: Estimate?, digits: Int = 3) -> ReportCell {
        estimate.map { .estimate($0, digits: digits) } ?? .missing
    }

    var isNumber: Bool {
        switch self {
        case .number, .estimate, .missing: true
        case .text, .verdict: false
        }
    }

    /// The cell in plain text: `0.612 [0.590, 0.634]`.
    package var plain: String {
        switch self {
        case .text(let text): printable(text)
        case .number(let number, let digits): decimal(number, digits: digits)
        case .estimate(let estimate, let digits):
            estimate.interval.map {
                "\(decimal(estimate.value, digits: digits)) \(bracketed($0, digits: digits))"
            }
                ?? decimal(estimate.value, digits: digits)
        case .verdict(let holds, let text):
            (holds ? "yes" : "no") + (text.isEmpty ? "" : ", \(printable(text))")
        case .missing: "–"
        }
    }
}

extension ReportTable {
    /// The table in lines for a terminal, columns under each other.
    package var plain: String {
        let rows = [columns.map(printable)] + self.rows.map { $0.map(\.plain) }
        let widths = columns.indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
                return column == 0 || !isNumeric(column) ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
        }
        return ([title] + lines + (note.map { [$0] } ?? [])).joined(separator: "\n")
    }

    /// Whether a column holds figures alone.
    func isNumeric(_ column: Int) -> Bool {
        rows.allSatisfy { column < $0.count && $0[column].isNumber }
    }
}

/// A number with so many digits after the point, a real minus sign, and thousands set off where it is whole.
package func decimal(_ number: Double, digits: Int) -> String {
    guard number.isFinite else { return "–" }
    var text = String(format: "%.\(max(0, min(9, digits)))f", abs(number))
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    if digits <= 0 { text = thousands(text) }
    return number < 0 && !isZero ? "−" + text : text
}

private func thousands(_ digits: String) -> String {
    var result = ""
    for (place, digit) in digits.enumerated() {
        if place > 0, (digits.count - place).isMultiple(of: 3) { result += "," }
        result.append(digit)
    }
    return result
}

/// An interval: `[0.590, 0.634]`.
func bracketed(_ interval: ClosedRange<Double>, digits: Int) -> String {
    "[\(decimal(interval.lowerBound, digits: digits)), \(decimal(interval.upperBound, digits: digits))]"
}
