import Matinee

/// What lists of films are like, whatever they were asked for.
struct ListFigures {
    /// Of each list of two or more (``FilmSpace/diversity(_:)``).
    private(set) var diversity: [Double] = []
    /// Of each list (``FilmSpace/novelty(_:)``).
    private(set) var novelty: [Double] = []
    /// The ids of all films shown.
    private(set) var shown: Set<String> = []

    mutating func add(_ list: [String], _ space: FilmSpace) {
        let rows = list.compactMap(space.catalog.row)
        shown.formUnion(list)
        diversity += space.diversity(rows).map { [$0] } ?? []
        novelty += space.novelty(rows).map { [$0] } ?? []
    }

    mutating func add(_ other: ListFigures) {
        diversity += other.diversity
        novelty += other.novelty
        shown.formUnion(other.shown)
    }
}

extension [Double] {
    /// The sum and the count, as intervals are made of.
    var total: (sum: Double, weight: Double) { (reduce(0, +), Double(count)) }

    /// The mean; 0 of nothing.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}

extension [(sum: Double, weight: Double)] {
    /// The weighted mean; 0 of nothing.
    var mean: Double {
        let weight = reduce(0) { $0 + $1.weight }
        return weight == 0 ? 0 : reduce(0) { $0 + $1.sum } / weight
    }
}

extension Bootstrap {
    init(seed: UInt64) {
        self.init()
        self.seed = seed
    }
}
