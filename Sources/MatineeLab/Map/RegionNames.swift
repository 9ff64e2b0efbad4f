import Foundation
import Matinee

/// Names groups of movies by the keywords that are typical of them.
///
/// Typical is a keyword that is in the group more often than chance would have it, by the log-likelihood ratio
/// `G² = 2 · (a·ln(a / E(a)) + b·ln(b / E(b)))`: a and b are how many movies have it inside and outside the group, E what
/// they would be if it were spread evenly (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence",
/// 1993; the form of Rayson and Garside, 2000).
///
/// Keywords are many and rare: the most typical one may be that of a tenth of the movies. What most of them are is said by
/// a genre that half of the group has, and twice as often as all movies do; it is measured alike, by movies, and a name
/// has one at the most.
struct RegionNames {
    /// How many keywords make a name, at the most.
    var limit = 3

    /// What chance alone would give one keyword in three is no name (G² at one degree of freedom).
    private static let least = 1.0

    private struct Offer {
        var group: Int
        var keyword: String
        var typicality: Double
        var isGenre = false
    }

    /// The keywords of each group, most typical first, among them a genre where most are of one. No keyword names two
    /// groups: it goes to the one that it is most typical of. Groups without a keyword that two of their movies share
    /// have none.
    ///
    /// - Parameter groups: the group of each movie, from 0.
    func names(of groups: [Int], movies: [Movie]) -> [[String]] {
        var names = [[String]](repeating: [], count: (groups.max() ?? -1) + 1)
        var taken: Set<String> = [], withGenre: Set<Int> = []
        let offers = (offers(groups, movies) + genres(groups, movies)).sorted {
            ($1.typicality, $0.keyword, $0.group) < ($0.typicality, $1.keyword, $1.group)
        }
        for offer in offers where names[offer.group].count < limit {
            let isTold =
                offer.isGenre
                ? withGenre.contains(offer.group) : isTold(offer.keyword, by: names[offer.group])
            guard !isTold, taken.insert(offer.keyword).inserted else { continue }
            names[offer.group].append(offer.keyword)
            if offer.isGenre { withGenre.insert(offer.group) }
        }
        return names
    }

    /// Whether a keyword repeats a word of the others; a genre may come again as that of a keyword (`war`, `anti-war`).
    private func isTold(_ keyword: String, by names: [String]) -> Bool {
        let words = Set(keyword.split { !$0.isLetter && !$0.isNumber })
        return names.contains { name in
            !Self.genres.contains(name)
                && !words.isDisjoint(with: name.split { !$0.isLetter && !$0.isNumber })
        }
    }

    private static let genres = Set(Genre.all.map { $0.lowercased() })

    /// The genres of which most movies of a group are, and not most of the others.
    private func genres(_ groups: [Int], _ movies: [Movie]) -> [Offer] {
        var all: [String: Double] = [:], inside: [Int: [String: Double]] = [:], sizes: [Int: Double] = [:]
        for (group, movie) in zip(groups, movies) {
            sizes[group, default: 0] += 1
            for genre in Set(movie.genres.map { $0.lowercased() }) {
                all[genre, default: 0] += 1
                inside[group, default: [:]][genre, default: 0] += 1
            }
        }
        return inside.flatMap { group, counts in
            let size = sizes[group, default: 0], share = size / Double(movies.count)
            return counts.compactMap { genre, count -> Offer? in
                let expected = all[genre, default: 0] * share
                guard count >= size / 2, count >= 2 * expected, count > 1 else { return nil }
                let typicality = surprise(count, all[genre, default: 0] - count, share)
                return Offer(group: group, keyword: genre, typicality: typicality, isGenre: true)
            }
        }
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
