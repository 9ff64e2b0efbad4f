/// Puts together what a user said of movies and what their histories say, taken in from the oldest to the latest.
///
/// The latest word on a movie counts, but having seen it takes no liking back, unless a history rates it anew.
package struct Said {
    private var stances: [String: Stance] = [:]
    private var order: [String] = []
    private var films: [String: HistoryFilm] = [:]
    private var filmOrder: [String] = []
    /// Movies whose rating was contradicted since.
    private var outdated: Set<String> = []

    package init() {}

    /// A word of the user on a movie.
    package mutating func say(_ stance: Stance, of movie: String) {
        if stance == .seen, let known = stances[movie], known != .seen { return }
        if let film = films[movie], film.stance != stance { outdated.insert(movie) }
        put(stance, movie)
    }

    /// A film of a history, with all that is known of it from this one and those before.
    package mutating func take(_ film: HistoryFilm) {
        let before = films.updateValue(film, forKey: film.id)
        if before == nil { filmOrder.append(film.id) }
        guard let stance = film.stance else { return }
        let isRatedAnew = film.rating != before?.rating
        if isRatedAnew { outdated.remove(film.id) }
        if let known = stances[film.id], known != .seen, stance == .seen, !isRatedAnew { return }
        put(stance, film.id)
    }

    private mutating func put(_ stance: Stance, _ movie: String) {
        if stances.updateValue(stance, forKey: movie) == nil { order.append(movie) }
    }

    /// Movie ids by stance, those first named first.
    package var feedback: [Stance: [String]] { Dictionary(grouping: order) { stances[$0] ?? .seen } }

    /// The ratings that stand, those of the oldest date first.
    package var rated: [RatedMovie] {
        history.filter { !outdated.contains($0.id) }.sorted { $0.date ?? "" < $1.date ?? "" }.compactMap {
            film in
            film.rating.map { RatedMovie(id: film.id, rating: $0) }
        }
    }

    /// The movies on the watchlist that were not seen.
    package var watchlist: [String] {
        history.filter { $0.isWanted == true && stances[$0.id] == nil }.map(\.id)
    }

    /// What the histories say of each movie, in the order in which they named it.
    package var history: [HistoryFilm] { filmOrder.compactMap { films[$0] } }
}
