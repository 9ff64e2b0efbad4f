extension Recommender {
    /// So many films, those liked best, make the taste of a history: of thousands the mean is like no film at all.
    private static let mostLiked = 100

    /// Takes in a history as one change: ratings and stances, the watchlist, and the taste that they tell.
    ///
    /// What a history does not say stays as an earlier one said it.
    /// - Parameters:
    ///   - films: of the catalogue, each once.
    ///   - source: whose history it is: `letterboxd`, `imdb`, ...
    ///   - hasWatchlist: whether the watchlist is all there; then films that are not on it any more leave it.
    /// - Returns: how many films are new or otherwise than before; where none is, nothing changes.
    /// - Throws: What the store throws; then nothing changed.
    public func take(_ films: [HistoryFilm], from source: String, hasWatchlist: Bool, of user: String) throws
        -> Int
    {
        guard let store else { return 0 }
        return try retryingConflicts {
            let memory = try memory(of: user)
            let news = try news(films, store.history(of: user), hasWatchlist: hasWatchlist)
            guard !news.isEmpty else { return 0 }
            let present = settings.taste.present(
                text: nil,
                liked: vectors(strongest(.liked, in: news)),
                disliked: vectors(strongest(.disliked, in: news))
            )
            var change = change(of: user, memory, present)
            (change.source, change.history) = (source, news)
            try store.commit(change)
            return news.count
        }
    }

    /// The films of which the history says more or other than those before, with all that is known of them.
    private func news(_ films: [HistoryFilm], _ history: [HistoryFilm], hasWatchlist: Bool) -> [HistoryFilm] {
        let known = Dictionary(history.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let found = films.compactMap { film -> HistoryFilm? in
            guard let before = known[film.id] else { return film }
            let joined = before.joined(with: film)
            return joined == before ? nil : joined
        }
        guard hasWatchlist else { return found }
        let wanted = Set(films.filter { $0.isWanted == true }.map(\.id)), news = Set(found.map(\.id))
        let left = history.filter { $0.isWanted == true && !wanted.contains($0.id) && !news.contains($0.id) }
        return found + left.map { $0.joined(with: HistoryFilm(id: $0.id, isWanted: false)) }
    }

    /// The movies liked or disliked most: favourites, then by rating, then the latest.
    private func strongest(_ stance: Stance, in films: [HistoryFilm]) -> [String] {
        let sign = stance == .liked ? 1.0 : -1
        let said = films.filter { $0.stance == stance }.sorted { a, b in
            if a.isFavourite != b.isFavourite { return a.isFavourite }
            let (first, second) = (sign * (a.rating ?? 3), sign * (b.rating ?? 3))
            return first != second ? first > second : a.date ?? "" > b.date ?? ""
        }
        return said.prefix(Self.mostLiked).map(\.id)
    }
}
