import Foundation
import Matinee

/// Names groups of movies by the keywords that are typical of them.
///
/// Typical is a keyword whose log-odds in the group, against all other movies, are high for how often it was seen:
/// `z = δ / √variance`, with all movies together as prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008,
/// equations 15, 16, 20 to 22).
struct RegionNames {
    /// How many keywords make a name, at the most.
    var limit = 3

    /// The weight of the prior: as if that many keywords of the whole catalogue were in each group.
    private static let prior = 100.0

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
        return inside.flatMap { group, counts in
            let size = counts.values.reduce(0, +)
            return counts.filter { $0.value > 1 }.map { keyword, count in
                let share = all[keyword, default: 0] / total * Self.prior
                let z = typicality((count, size), (all[keyword, default: 0] - count, total - size), share)
                return Offer(group: group, keyword: keyword, typicality: z)
            }
        }
    }

    private func typicality(
        _ inside: (count: Double, of: Double),
        _ outside: (count: Double, of: Double),
        _ share: Double
    ) -> Double {
        func odds(_ seen: (count: Double, of: Double)) -> Double {
            log((seen.count + share) / (seen.of + Self.prior - seen.count - share))
        }
        let variance = 1 / (inside.count + share) + 1 / (outside.count + share)
        return (odds(inside) - odds(outside)) / variance.squareRoot()
    }

    /// What a movie is named by; genres, where nothing else is known.
    private static func keywords(of movie: Movie) -> Set<String> {
        Set((movie.keywords.isEmpty ? movie.genres : movie.keywords).map { $0.lowercased() })
    }
}
