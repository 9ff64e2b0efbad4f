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
        /// There was no connection to the language model.
        case modelUnreachable = "model_unreachable"
        /// Its server did not accept the key.
        case modelUnauthorized = "model_unauthorized"
        /// Its server takes no more requests for now.
        case modelRateLimited = "model_rate_limited"
        /// Its server answered with an error.
        case modelRefused = "model_refused"
        /// It took longer than allowed.
        case modelTimedOut = "model_timed_out"
        /// Its reply broke off.
        case modelCutOff = "model_cut_off"
        /// Its reply was not what was asked for.
        case modelUnreadable = "model_unreadable"
        /// It declined to answer.
        case modelDeclined = "model_declined"
        /// The tokens or the money that it may use are spent.
        case modelOverBudget = "model_over_budget"
    }

    public var kind: Kind
    /// A sentence for the user; it never quotes the user's words.
    public var message: String

    static let noWatchlist = Fallback(
        .fewMovies,
        "I know of no film on your watchlist that you have not seen; `matinee users import` brings a watchlist in."
    )

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension Fallback {
    /// Trouble with a language model, and what was done without it instead; it quotes no server.
    init(_ error: LanguageModelError, in stage: ModelSession.Stage) {
        let (kind, trouble): (Kind, String) =
            switch error {
            case .unreachable: (.modelUnreachable, "I cannot reach the language model")
            case .unauthorized: (.modelUnauthorized, "The language model's server does not accept the key")
            case .rateLimited: (.modelRateLimited, "The language model takes no more requests for now")
            case .refused(let status, _):
                (.modelRefused, "The language model's server answered with error \(status)")
            case .timedOut: (.modelTimedOut, "The language model took too long")
            case .cutOff: (.modelCutOff, "The language model's reply broke off")
            case .unreadable: (.modelUnreadable, "The language model's reply could not be used")
            case .declined: (.modelDeclined, "The language model declined to answer")
            case .overBudget: (.modelOverBudget, "The budget for the language model is spent")
            }
        let instead =
            switch stage {
            case .reading:
                error.isLasting ? "this answer is made without it" : "I read your message by my own rules"
            case .ranking:
                error.isLasting ? "this answer is made without it" : "I ranked the films without it"
            case .explaining: "what it left unsaid I say in my own words"
            }
        self.init(kind, "\(trouble), so \(instead).")
    }
}
