/// Chooses the picks among ranked candidates so that they are not all alike: maximal marginal relevance (Carbonell and
/// Goldstein 1998).
///
/// One after the other, the candidate of the highest `score - weight · likeness` is taken, where the likeness to the films
/// taken already is 1 within a series, and else grows from 0 at a cosine of 0.75 to 1. The picks keep the order of their
/// ranking. Films that only fill up the list are taken where nothing else is left.
struct Variety: Sendable {
    let catalog: Catalog
    let movies: EmbeddingMatrix
    /// 0 takes the best as they are; 1 takes a film of a series only where there is nothing else.
    let weight: Double

    /// - Parameter candidates: best first.
    func picks(_ candidates: [Candidate], limit: Int) -> [Candidate] {
        guard weight > 0, candidates.count > limit else { return Array(candidates.prefix(limit)) }
        let rows = candidates.map { catalog.row(of: $0.id) }
        var likeness = [Double](repeating: 0, count: candidates.count), taken: [Int] = []
        while taken.count < limit {
            let left = candidates.indices.filter { !taken.contains($0) }
            let whole = left.filter { candidates[$0].note == nil }
            let values = (whole.isEmpty ? left : whole).map {
                (place: $0, value: candidates[$0].scores.final - weight * likeness[$0])
            }
            guard let next = values.max(by: { ($0.value, $1.place) < ($1.value, $0.place) })?.place else {
                break
            }
            taken.append(next)
            for place in left where place != next {
                guard let row = rows[place], let other = rows[next] else { continue }
                likeness[place] = max(likeness[place], self.likeness(row, other))
            }
        }
        return taken.sorted().map { candidates[$0] }
    }

    private func likeness(_ row: Int, _ other: Int) -> Double {
        if isSeries(catalog[row].title, catalog[other].title) { return 1 }
        let cosine = Double(innerProduct(movies.view(row), movies.view(other)))
        return min(1, max(0, (cosine - 0.75) / 0.25))
    }

    /// Whether a title goes on from the other: `John Wick`, `John Wick: Chapter 2`; `Alien`, `Alien 3`.
    private func isSeries(_ title: String, _ other: String) -> Bool {
        let (short, long) = title.count < other.count ? (title, other) : (other, title)
        let words = folded(short).split(separator: " "), longer = folded(long).split(separator: " ")
        guard longer.starts(with: words) else { return false }
        return words.count > 1 || longer.count == words.count || Int(longer[words.count]) != nil
    }
}
