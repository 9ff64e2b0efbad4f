import Matinee

/// Somebody with a hidden taste: the films they liked first are what they talk of, those they liked later what they look
/// for and never name.
package struct SimulatedPerson: Sendable {
    /// From 0; what the person says is drawn from it.
    package let number: Int
    /// Rows of films liked that the person may name.
    package let known: [Int]
    /// Rows of films that the person would like; these are accepted.
    package let targets: Set<Int>
    /// Every rated film that is no target, with its rating.
    package let ratings: [Int: Float]

    /// From this rating on a film is liked.
    static let liked: Float = 4
    /// Up to this rating it is disliked.
    static let disliked: Float = 2.5
    /// The share of the liked films that are looked for, the latest.
    private static let hidden = 0.4
    /// How many films of each kind there must be.
    private static let least = 4

    /// - Parameter isSayable: whether a film can be looked for without a word of the templates naming it.
    /// - Returns: `nil` for somebody who liked too little.
    package init?(_ number: Int, _ history: [RatedHistories.Rated], isSayable: (Int) -> Bool) {
        let liked = history.filter { $0.rating >= Self.liked }.map(\.row)
        let cut = liked.count - Int((Double(liked.count) * Self.hidden).rounded())
        let targets = Set(liked[cut...].filter(isSayable))
        guard cut >= Self.least, targets.count >= Self.least else { return nil }
        (self.number, self.targets) = (number, targets)
        known = Array(liked[..<cut])
        ratings = history.reduce(into: [:]) { if !targets.contains($1.row) { $0[$1.row] = $1.rating } }
    }
}

/// Something that a person can say of what they like.
enum Facet: Hashable {
    case genre(String)
    case decade(Int)
    case director(String)
    case actor(String)

    /// Whether it is true of a film.
    func holds(of movie: Movie) -> Bool {
        switch self {
        case .genre(let genre): movie.genres.contains(genre)
        case .decade(let decade): movie.year.map { $0 / 10 * 10 == decade } ?? false
        case .director(let name): movie.directors.contains(name)
        case .actor(let name): movie.cast.contains(name)
        }
    }

    /// Everything that can be said of a film.
    static func all(of movie: Movie) -> [Facet] {
        movie.genres.map(Facet.genre) + (movie.year.map { [Facet.decade($0 / 10 * 10)] } ?? [])
            + movie.directors.map(Facet.director) + movie.cast.prefix(3).map(Facet.actor)
    }
}
