/// How many rows of a file were read, and how many of them were malformed and skipped.
package struct Tally: Sendable, Equatable {
    package var rows = 0
    package var faults = 0
    /// The line of the first malformed row, from 1; 0 where there is none.
    package var firstLine = 0
    package var firstFault = ""

    package init() {}

    /// Counts a row.
    /// - Parameter fault: what is wrong with it, or `nil`.
    @inline(__always)
    package mutating func count(line: Int, fault: String?) {
        rows += 1
        if let fault { note(line, fault) }
    }

    private mutating func note(_ line: Int, _ fault: String) {
        if faults == 0 { (firstLine, firstFault) = (line, fault) }
        faults += 1
    }

    /// - Parameter share: how many of the rows may be malformed, 0...1.
    /// - Throws: ``FormatError/tooManyFaults(_:file:share:)``.
    package func check(_ file: String, share: Double) throws {
        if Double(faults) > share * Double(rows) {
            throw FormatError.tooManyFaults(self, file: file, share: share)
        }
    }
}
