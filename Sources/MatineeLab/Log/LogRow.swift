package import Matinee

/// A turn of a log, as `matinee log export` writes it or another system in that form.
///
/// `picks` alone must be there; what a row does not have is `nil` or empty. Which parts a measure needs, it says itself.
package struct LogRow: Sendable, Equatable {
    /// The number of the line in the file, from 1.
    package var line = 0
    /// The user's name; `nil` where the turn stands alone.
    package var user: String?
    /// The number of the turn, from 1 for each user.
    package var turn: Int?
    /// The user's own words. No log has them unless it was made to; `matinee log export` does not.
    package var message: String?
    package var request = Request()
    /// Best first, as they were found.
    package var candidates: [Candidate] = []
    /// The films that were shown, best first.
    package var picks: [Pick]
    /// The sentence above the picks.
    package var reply: String?
    /// Names of models and methods by what they did: `embedder`, `index`, `reranker`, `explainer`, `language_model`.
    package var models: [String: String] = [:]
    package var fallbacks: [Fallback] = []
    /// Milliseconds by stage; `total` is the whole turn.
    package var timings: [String: Double] = [:]
    /// What a language model did; `nil` without one.
    package var languageModel: LanguageModelUse?
    /// The taste of the message alone, e_t, of any length above 0; `nil` where it said nothing.
    package var present: [Float]?
    /// The taste after the turn, u_t.
    package var taste: [Float]?
    package var alpha: Double?
    /// ISO 8601.
    package var created: String?
    /// Whether the user took the turn back.
    package var undone = false

    /// What was understood of the message.
    package struct Request: Sendable, Equatable {
        package var act: String?
        /// The words that were embedded, and those that say what is not wanted; a log holds them only where words are
        /// remembered.
        package var wish: String?
        package var unwanted: String?
        package var named: [Named] = []
        /// `nil` where there are none, or of another form than ours.
        package var constraints: Constraints?
    }

    package struct Named: Sendable, Equatable, Decodable {
        package var id: String
        package var title: String?
        package var year: Int?
        /// `liked`, `disliked`, `seen` or `mentioned`.
        package var stance: String?
    }

    package struct Candidate: Sendable, Equatable {
        package var id: String
        package var title: String?
        package var year: Int?
        /// By name, such as `cosine`, `present`, `taste`, `rating`, `final`; higher is better.
        package var scores: [String: Double] = [:]
        /// Why the film is in the list although it would not be by the rules alone.
        package var note: String?
    }

    package struct Pick: Sendable, Equatable {
        package var id: String
        package var title: String?
        package var year: Int?
        package var genres: [String] = []
        /// Minutes.
        package var runtime: Int?
        package var directors: [String] = []
        package var score: Double?
        package var reason: String?
        /// The facts behind the reason; those of another form than ours are left out.
        package var evidence: [Evidence] = []
    }

    package struct Fallback: Sendable, Equatable, Decodable {
        package var kind: String
        package var message: String?
    }

    package init(picks: [Pick]) { self.picks = picks }

    /// Whether the row tells what the user said: without, nobody can judge what was said to it.
    package var hasWords: Bool { (message ?? request.wish)?.isEmpty == false }
}
