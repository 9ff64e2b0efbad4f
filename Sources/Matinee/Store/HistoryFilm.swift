/// What a history that a user brought says of a movie of the catalogue.
public struct HistoryFilm: Sendable, Equatable, Codable {
    /// The movie's id.
    public var id: String
    /// 0.5...5; higher is better.
    public var rating: Double?
    /// When it was watched last or, where that is not known, rated: `2024-05-31`.
    public var date: String?
    public var isSeen: Bool
    public var isLiked: Bool
    public var isFavourite: Bool
    /// Whether it is on the watchlist; `nil` where the history does not say.
    public var isWanted: Bool?

    public init(
        id: String,
        rating: Double? = nil,
        date: String? = nil,
        isSeen: Bool = false,
        isLiked: Bool = false,
        isFavourite: Bool = false,
        isWanted: Bool? = nil
    ) {
        (self.id, self.rating, self.date) = (id, rating, date)
        (self.isSeen, self.isLiked, self.isFavourite, self.isWanted) = (
            isSeen, isLiked, isFavourite, isWanted
        )
    }

    /// From this rating on a film is liked, and up to that one disliked.
    public static let liked = 4.0, disliked = 2.0

    /// What that says of the movie, or `nil` where it was not seen: a heart or a favourite is liked whatever its rating.
    public var stance: Stance? {
        if isLiked || isFavourite { return .liked }
        guard let rating else { return isSeen ? .seen : nil }
        return rating >= Self.liked ? .liked : rating <= Self.disliked ? .disliked : .seen
    }

    /// This with what another history adds; what that does not say stays.
    public func joined(with other: HistoryFilm) -> HistoryFilm {
        HistoryFilm(
            id: id,
            rating: other.rating ?? rating,
            date: [date, other.date].compactMap(\.self).max(),
            isSeen: isSeen || other.isSeen,
            isLiked: isLiked || other.isLiked,
            isFavourite: isFavourite || other.isFavourite,
            isWanted: other.isWanted ?? isWanted
        )
    }
}

/// A movie with the rating that a user gave it.
public struct RatedMovie: Sendable, Equatable, Codable {
    public var id: String
    /// 0.5...5; higher is better.
    public var rating: Double

    public init(id: String, rating: Double) { (self.id, self.rating) = (id, rating) }
}
