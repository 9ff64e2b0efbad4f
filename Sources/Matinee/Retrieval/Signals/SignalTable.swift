/// Signals of some movies, a row each; what is not known is not a number until it is filled in.
package struct SignalTable: Sendable {
    /// The catalogue rows, in the order of the table.
    package let rows: [Int]
    /// (rows, ``Signal/count``), row after row.
    package var values: [Float]

    package init(rows: [Int]) {
        self.rows = rows
        values = Array(repeating: .nan, count: rows.count * Signal.count)
    }

    /// Sets a signal for all rows.
    mutating func set(_ signal: Signal, _ value: (Int) -> Float) {
        var at = signal.place
        for row in rows {
            values[at] = value(row)
            at += Signal.count
        }
    }

    /// Sets a signal to the values of the rows, in their order.
    mutating func set(_ signal: Signal, _ column: [Float]) {
        for (place, value) in column.enumerated() { values[place * Signal.count + signal.place] = value }
    }

    /// The value at a place of the table; not a number where it is not known.
    package subscript(place: Int, signal: Signal) -> Float {
        values[place * Signal.count + signal.place]
    }
}
