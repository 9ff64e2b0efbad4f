/// The rows that may be shown for a query, by how well each keeps to it.
struct Tiers {
    /// Rows that satisfy the constraints and were not shown yet.
    private(set) var full: RowSet
    /// The same, but a constrained field is unknown.
    private(set) var unknown: RowSet
    /// Rows that satisfy the constraints and were shown before.
    private(set) var shown: RowSet

    init(_ query: Retriever.Query, _ catalog: Catalog) {
        (full, unknown) = Self.satisfying(query.constraints, catalog)
        shown = RowSet(count: catalog.count)
        if let only = query.only {
            (full, unknown) = Self.common((full, unknown), only.compactMap(catalog.row))
        }
        for row in query.hidden.compactMap(catalog.row) {
            full.remove(row)
            unknown.remove(row)
        }
        for row in query.shown.compactMap(catalog.row) {
            if full.remove(row) { shown.insert(row) }
            unknown.remove(row)
        }
    }

    private static func common(_ tiers: (RowSet, RowSet), _ rows: [Int]) -> (RowSet, RowSet) {
        var full = RowSet(count: tiers.0.count), unknown = full
        for row in rows where tiers.0.contains(row) { full.insert(row) }
        for row in rows where tiers.1.contains(row) { unknown.insert(row) }
        return (full, unknown)
    }

    private static func satisfying(_ constraints: Constraints, _ catalog: Catalog) -> (RowSet, RowSet) {
        var satisfied = RowSet(count: catalog.count), unknown = satisfied
        if constraints == Constraints() { return (RowSet(count: catalog.count, all: true), unknown) }
        let filter = ConstraintFilter(constraints: constraints), movies = catalog.movies
        for row in movies.indices {
            switch filter.verdict(on: movies, row) {
            case .satisfied: satisfied.insert(row)
            case .unknown: unknown.insert(row)
            case .violated: break
            }
        }
        return (satisfied, unknown)
    }
}
