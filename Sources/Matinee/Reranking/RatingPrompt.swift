import Foundation

/// Asks how a person would rate a film, 1...5, and reads the answer. Chat models are fine-tuned on the same form.
package struct RatingPrompt: Sendable {
    /// What is known of the person, as JSON.
    package let profile: String

    /// - Parameters:
    ///   - wish: what the person wants now, in words.
    ///   - liked: labels of films (`Heat (1995)`), the latest first; ten at most are told.
    package init(wish: String? = nil, liked: [String], disliked: [String]) {
        func titles(_ labels: [String]) -> PromptData {
            .text(shortened(labels.prefix(PersonFacts.mostFilms).joined(separator: "; "), tokens: 120))
        }
        profile =
            PromptData.fields([
                ("wish", .text(shortened(wish ?? "", tokens: 60))), ("likes", titles(liked)),
                ("dislikes", titles(disliked)),
            ]).json
    }

    /// Whether nothing is known that a rating could be told from.
    var isEmpty: Bool { profile == "{}" }

    package func chat(_ movie: Movie) -> Chat {
        let film = PromptData.fields([("film", .text(FilmCard(movie: movie).line(tokens: 100)))]).json
        return Chat(
            [.init(.system, Self.task), .init(.user, profile + "\n" + film)],
            maximumTokens: 4,
            alternatives: 10
        )
    }

    private static let task =
        "You predict how one person would rate a film, from 1 (hates it) to 5 (loves it). \(dataRule) "
        + "Answer with one digit from 1 to 5 and nothing else."

    /// The rating in a reply: its expected value over the probabilities of the digits 1 to 5, where the server gives
    /// probabilities and these digits have at least half of them; else the number that was written.
    /// - Returns: a rating of 1...5 and, of the former, the standard deviation; `nil` where the reply is no rating.
    package static func rating(in reply: ChatReply) -> (rating: Double, deviation: Double?)? {
        for alternatives in reply.alternatives.prefix(8) {
            let digits = alternatives.compactMap { token -> (rating: Double, share: Double)? in
                let text = token.text.trimmingCharacters(in: .whitespaces)
                guard text.utf8.count == 1, let digit = Int(text), (1...5).contains(digit) else { return nil }
                let share = exp(min(0, token.logProbability))
                return share.isFinite ? (Double(digit), share) : nil
            }
            let total = digits.reduce(0) { $0 + $1.share }
            guard total >= 0.5 else { continue }
            let mean = digits.reduce(0) { $0 + $1.rating * $1.share } / total
            let variance =
                digits.reduce(0) { $0 + ($1.rating - mean) * ($1.rating - mean) * $1.share } / total
            return (mean, max(0, variance).squareRoot())
        }
        return written(reply.text.prefix(40).lowercased()).map { ($0, nil) }
    }

    private static func written(_ text: String) -> Double? {
        let form = /[\s"'`*]*(?:rating\W{1,3})?([1-5](?:\.\d{1,3})?)(?:\s*(?:\/|out of)\s*5)?[\s"'`*.]*/
        return text.wholeMatch(of: form).flatMap { Double($0.output.1) }.flatMap { $0 <= 5 ? $0 : nil }
    }
}
