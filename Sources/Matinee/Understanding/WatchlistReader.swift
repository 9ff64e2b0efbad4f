/// Reads that films of the user's watchlist are wanted: `something from my watchlist`.
struct WatchlistReader {
    private static let lists = [
        "watchlist", "watch list", "letterboxd watchlist", "imdb watchlist", "trakt watchlist",
        "list to watch",
    ]
    private static let leading = [
        "that are already on", "that is already on", "that s already on", "that are on", "that is on",
        "that s on",
        "out of", "off of", "already on", "from", "on", "off", "in", "of",
    ]

    /// The words that say so; none where they are rejected.
    func spans(_ message: Message, _ polarity: Polarity) -> [Range<Int>] {
        message.words.indices.compactMap { i in
            guard message[i] == "my" || message[i] == "our" else { return nil }
            let length = message.length(ofAny: Self.lists, at: i + 1)
            guard length > 0 else { return nil }
            let lead = Self.leading.map { $0.split(separator: " ").count }.first { count in
                i >= count && Self.leading.contains(message.phrase(i - count..<i))
            }
            guard let lead else { return nil }
            let span = i - lead..<i + 1 + length
            return polarity.rejects(span) ? nil : span
        }
    }
}
