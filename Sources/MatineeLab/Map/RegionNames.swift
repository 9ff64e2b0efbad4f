import Foundation
import Matinee

/// Names groups of movies by the keywords that are typical of them.
///
/// Typical is a keyword that is in the group more often than chance would have it, by the log-likelihood ratio
/// `G² = 2 · (a·ln(a / E(a)) + b·ln(b / E(b)))`: a and b are how many movies have it inside and outside the group, E what
/// they would be if it were spread evenly (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence",
/// 1993; the form of Rayson and Garside, 2000).
struct RegionNames {
    /// How many keywords make a name, at the most.
    var limit = 3

    /// What chance alone would give one keyword in three is no name (G² at one degree of freedom).
    private static let least = 1.0

    private struct Offer {
        var group: Int
        var keyword: String
        var typicality: Double
    }

    /// The keywords of each group, most typical first. No keyword names two groups: it goes to the one that it is
    /// most typical of. Groups without a keyword that two of their movies share have none.
    ///
    /// - Parameter groups: the group of each movie, from 0.
    func names(of groups: [Int], movies: [Movie]) -> [[String]] {
        var names = [[String]](repeating: [], count: (groups.max() ?? -1) + 1)
        var taken: Set<String> = []
        let offers = offers(groups, movies).sorted {
            ($1.typicality, $0.keyword, $0.group) < ($0.typicality, $1.keyword, $1.group)
        }
        for offer in offers where names[offer.group].count < limit {
            let words = Set(offer.keyword.split { !$0.isLetter && !$0.isNumber })
            let isTold = names[offer.group].contains { name in
                !words.isDisjoint(with: name.split { !$0.isLetter && !$0.isNumber })
            }
            if !isTold, taken.insert(offer.keyword).inserted { names[offer.group].append(offer.keyword) }
        }
        return names
    }

    private func offers(_ groups: [Int], _ movies: [Movie]) -> [Offer] {
        var all: [String: Double] = [:], inside: [Int: [String: Double]] = [:]
        for (group, movie) in zip(groups, movies) {
            for keyword in Self.keywords(of: movie) {
                all[keyword, default: 0] += 1
                inside[group, default: [:]][keyword, default: 0] += 1
            }
        }
        let total = all.values.reduce(0, +)
        return inside.flatMap { group, counts -> [Offer] in
            let share = counts.values.reduce(0, +) / total
            return counts.filter { $0.value > 1 }.compactMap { keyword, count -> Offer? in
                let outside = all[keyword, default: 0] - count
                guard count * (1 - share) >= outside * share else { return nil }
                let typicality = surprise(count, outside, share)
                guard typicality > Self.least else { return nil }
                return Offer(group: group, keyword: keyword, typicality: typicality)
            }
        }
    }

    private func surprise(_ inside: Double, _ outside: Double, _ share: Double) -> Double {
        func part(_ count: Double, _ share: Double) -> Double {
            count > 0 && share > 0 ? count * log(count / ((inside + outside) * share)) : 0
        }
        return 2 * (part(inside, share) + part(outside, 1 - share))
    }

    /// What a movie is named by; genres, where nothing else is known.
    private static func keywords(of movie: Movie) -> Set<String> {
        Set((movie.keywords.isEmpty ? movie.genres : movie.keywords).map { $0.lowercased() })
    }
}
