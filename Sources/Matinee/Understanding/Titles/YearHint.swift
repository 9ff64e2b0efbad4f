/// The year that stands by a title: `Heat (1995)`, `Heat, 1995`, `Heat from 1995`, `the 1995 Heat`.
struct YearHint {
    let year: Int
    /// The first word and the end of the words that say it, the title among them.
    let start: Int
    let end: Int
    /// Whether it stands in brackets, so that a film of another year cannot be meant.
    let isCertain: Bool

    init?(_ message: Message, _ span: Range<Int>) {
        let end = span.upperBound, gap = message.gap(before: end)
        if let year = Self.year(message[end]),
            !gap.contains(where: { ".;!?\n".contains($0) && !gap.contains("(") })
        {
            (self.year, start, self.end) = (year, span.lowerBound, end + 1)
            isCertain = gap.contains("(")
        } else if ["from", "of", "in"].contains(message[end]), let year = Self.year(message[end + 1]) {
            (self.year, start, self.end, isCertain) = (year, span.lowerBound, end + 2, false)
        } else if let year = Self.year(message[span.lowerBound - 1]),
            !message.clauseEnds(before: span.lowerBound)
        {
            (self.year, start, self.end, isCertain) = (year, span.lowerBound - 1, end, false)
        } else {
            return nil
        }
    }

    /// Whether a film of that year can be meant.
    func fits(_ other: Int?) -> Bool { other == year }

    private static func year(_ word: String) -> Int? {
        word.utf8.count == 4 ? Int(word).flatMap { (1870...2100).contains($0) ? $0 : nil } : nil
    }
}
