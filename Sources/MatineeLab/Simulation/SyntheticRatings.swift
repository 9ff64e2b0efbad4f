import Foundation
package import Matinee

/// Makes ratings up, where there are none: of people who like two genres, a decade, some keywords and a person.
///
/// Only the catalogue's fields count, no vectors and no scores of a recommender, so that none is measured by itself. The
/// same seed gives the same people.
package struct SyntheticRatings: Sendable {
    private let movies: [Movie]
    private let seed: UInt64

    /// How many films a person rates.
    private static let films = 60

    package init(_ catalog: Catalog, seed: UInt64) { (movies, self.seed) = (catalog.movies, seed) }

    package func histories(_ people: Int) -> RatedHistories {
        let made = (0..<people).map { person -> [RatedHistories.Rated] in
            var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(person))
            return history(&random)
        }
        return RatedHistories(made, source: "made up, seed \(seed)")
    }

    /// What somebody likes, and how much.
    private struct Liking {
        var genres: [String: Double]
        var decade: Int
        var keywords: Set<String>
        var people: Set<String>
    }

    private func history(_ random: inout SeededGenerator) -> [RatedHistories.Rated] {
        let liking = liking(&random)
        let worth = movies.map { self.worth($0, liking) + 0.4 * Double(random.normal()) }
        // The films that come first where each has a weight: well-known ones and those of one's taste (Gumbel's trick).
        let exposure = movies.indices.map { row in
            6 * (movies[row].popularity ?? 0) + worth[row]
                - log(-log(Double.random(in: 1e-12..<1, using: &random)))
        }
        let rated = best(exposure, limit: Self.films)
        let order = rated.sorted { (worth[$0], $0) < (worth[$1], $1) }
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        return rated.shuffled(using: &random).map { row in
            let share = Double(places[row] ?? 0) / Double(max(1, rated.count))
            return .init(row: row, rating: share < 0.15 ? 2 : share < 0.5 ? 3 : share < 0.8 ? 4 : 5)
        }
    }

    /// A taste around a film that is drawn.
    private func liking(_ random: inout SeededGenerator) -> Liking {
        let first = movies.randomElement(using: &random), second = movies.randomElement(using: &random)
        var genres: [String: Double] = [:]
        for genre in (first?.genres ?? []).prefix(2) { genres[genre] = 1 }
        for genre in (second?.genres ?? []).prefix(1) { genres[genre, default: 0] += 0.7 }
        if let other = Genre.all.randomElement(using: &random), genres[other] == nil { genres[other] = -1 }
        return Liking(
            genres: genres,
            decade: (first?.year ?? 1990) / 10,
            keywords: Set((first?.keywords ?? []) + (second?.keywords ?? [])),
            people: Set((first?.directors ?? []) + (first?.cast.prefix(1) ?? []))
        )
    }

    private func worth(_ movie: Movie, _ liking: Liking) -> Double {
        let genres = movie.genres.reduce(0) { $0 + (liking.genres[$1] ?? 0) }
        let keywords = Double(min(3, movie.keywords.count(where: liking.keywords.contains)))
        let people = movie.people.contains(where: liking.people.contains) ? 1.0 : 0
        let decade = movie.year.map { $0 / 10 == liking.decade } ?? false
        return genres + 0.5 * keywords + people + (decade ? 0.4 : 0) + 0.5 * (movie.popularity ?? 0)
    }
}
