import Foundation

/// What the films named draw in, by how often they were named together.
struct SaidTogether {
    let films: [Int]
    let counts: MentionCounts
    var share: [Int: Float] = [:], recommended: [Int: Float] = [:], largest: [Int: Float] = [:]
    var sum: [Int: Float] = [:]
    /// For each row that was named with one of the films, what that adds to its surprise.
    private var added: [Int: Float] = [:]

    init(_ films: [Int], _ counts: MentionCounts) {
        (self.films, self.counts) = (films, counts)
        for film in films {
            let named = Float(counts.named[film])
            for (other, count) in counts.together[film] {
                let row = Int(other), cosine = cosine(film, row, count)
                share[row, default: 0] += Float(count) / (named + 3)
                sum[row, default: 0] += cosine
                largest[row] = max(largest[row] ?? 0, cosine)
                added[row, default: 0] += log1p(Float(count) / (10 * counts.share(row)))
            }
            for (other, count) in counts.recommendedWith[film] {
                recommended[Int(other), default: 0] += Float(count) / (named + 3)
            }
        }
        base = films.reduce(0) { $0 + log(10 / (Float(counts.named[$1]) + 10)) }
    }

    private var base: Float = 0

    func cosine(_ film: Int, _ row: Int, _ count: Int32) -> Float {
        Float(count) / ((Float(counts.named[film]) + 2) * (Float(counts.named[row]) + 2)).squareRoot()
    }

    func surprise(_ row: Int) -> Float {
        (base + (added[row] ?? 0)) / Float(films.count).squareRoot()
    }
}
