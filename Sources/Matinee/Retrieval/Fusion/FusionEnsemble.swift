/// Nets that learned from different starts: the mean of their scores errs less than each does (Hansen and Salamon 1990).
package struct FusionEnsemble: Sendable, Equatable {
    /// At least one; all standardise by the same means and deviations.
    package let nets: [FusionNet]

    package init(_ nets: [FusionNet]) { self.nets = nets }

    /// The scores of a table's rows; the table is standardised in place.
    /// - Parameter group: signals to leave out.
    package func scores(_ table: inout SignalTable, context: [Float], without group: String? = nil) -> [Float]
    {
        nets[0].standardise(&table, without: group)
        var sum = [Float](repeating: 0, count: table.rows.count)
        for net in nets {
            for (place, score) in net.scores(table, context: context).enumerated() { sum[place] += score }
        }
        return sum.map { $0 / Float(nets.count) }
    }
}
