/// Trouble or scarcity that a turn survived: logged, counted and shown, never hidden behind a made-up score.
public struct Fallback: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
        /// Nothing was asked for: movies near the taste so far are shown, or the best known ones.
        case noWish = "no_wish"
        /// The message seems to name movies that the catalogue does not have.
        case unknownTitles = "unknown_titles"
        /// No word of the wish occurs in the catalogue.
        case unfamiliarWords = "unfamiliar_words"
        /// The message was longer than is read.
        case messageShortened = "message_shortened"
        /// Fewer movies than asked for satisfy the constraints.
        case fewMovies = "few_movies"
        /// No movie satisfies the constraints: those that satisfy all but one are shown.
        case nearMisses = "near_misses"
        /// The list was filled up with movies of which a constrained field is unknown.
        case unknownFields = "unknown_fields"
        /// The list was filled up with movies shown before.
        case repeated
        /// The fusion of the signals was trained for another embedder.
        case otherEmbedder = "other_embedder"
        /// The stored taste belongs to another embedder.
        case tasteStartsAnew = "taste_starts_anew"
    }

    public var kind: Kind
    /// A sentence for the user; it never quotes the user's words.
    public var message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
