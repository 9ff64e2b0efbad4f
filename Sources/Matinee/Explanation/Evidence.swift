/// A fact that speaks for a pick: true of the movie by the catalogue, and part of why it was found.
public enum Evidence: Sendable, Equatable, Codable {
    /// Keywords of the movie that are nearest to the wish.
    case keywords([String])
    /// Genres of the movie that were asked for.
    case genres([String])
    /// People of the movie who were asked for.
    case people([String])
    /// The movie's year, where years were asked for.
    case year(Int)
    /// The movie's minutes, where a length was asked for.
    case runtime(Int)
    /// Countries or languages of the movie that were asked for, by name.
    case origin([String])
    /// What the movie has in common with one that the user likes.
    case shared(with: String, people: [String], keywords: [String], genres: [String])
    /// The movie is near to one that the user likes, though they share no word.
    case near(String)
    /// The movie is in the editorial list of one that the user likes, or that one in its own.
    case listed(with: String)
    /// The movie is in the editorial lists of these themes, which the wish names; said where no keyword is near to it.
    case themes([String])
    /// The message names the movie.
    case named
    /// The movie is near to the long-term taste.
    case taste
    /// The movie is near to the wish as a whole, and no single fact stands out.
    case meaning
    /// The movie is among the best known.
    case wellKnown
    /// The movie was shown before, or a constrained field of it is unknown.
    case note(Candidate.Note)
}
