import Foundation
import Matinee

/// What lists of films are like, whatever they were asked for.
struct ListFigures {
    /// One minus the mean cosine between the films of a list, of each list of two or more (Ziegler et al. 2005).
    private(set) var diversity: [Double] = []
    /// One minus the popularity of each film shown: how likely a person does not know it (Vargas and Castells 2011).
    private(set) var novelty: [Double] = []
    /// The ids of all films shown.
    private(set) var shown: Set<String> = []

    mutating func add(_ list: [String], _ artifacts: Artifacts) {
        let rows = list.compactMap(artifacts.catalog.row)
        shown.formUnion(list)
        novelty += rows.map { 1 - (artifacts.catalog[$0].popularity ?? 0) }
        guard rows.count > 1 else { return }
        var sum = 0.0
        for (place, row) in rows.enumerated() {
            for other in rows[..<place] {
                sum += Double(innerProduct(artifacts.movies.view(row), artifacts.movies.view(other)))
            }
        }
        diversity.append(1 - sum / Double(rows.count * (rows.count - 1) / 2))
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
