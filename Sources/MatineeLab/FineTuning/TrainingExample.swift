import Foundation
import Matinee

/// One question of the training data: how this person would rate this film.
package struct TrainingExample: Sendable {
    var profile: TrainingProfile
    var film: Movie
    /// 1...5.
    var answer: Int

    private struct Line: Encodable {
        struct Message: Encodable {
            var role: String
            var content: String
        }
        var messages: [Message]
    }

    /// The messages of system and user.
    var question: Chat { profile.question(film) }

    /// The line of a chat file, as OpenAI's fine-tuning takes it.
    func line(_ encoder: JSONEncoder) throws -> Data {
        let asked = question.messages.map { Line.Message(role: $0.role.rawValue, content: $0.text) }
        return try encoder.encode(
            Line(messages: asked + [.init(role: "assistant", content: "\(answer)")])
        )
    }
}

/// What a question tells of a person: films liked and disliked, by their ratings before.
struct TrainingProfile: Sendable {
    var liked: [String] = []
    var disliked: [String] = []

    /// Films as far as there is room for them: of those liked, favourites first; then by rating, then the latest.
    init(_ history: [Timeline.Rated], tokens: Int) {
        func labels(_ films: [Timeline.Rated], _ sign: Double, _ tokens: Int) -> [String] {
            var left = tokens
            let sorted = films.sorted { a, b in
                let (first, second) = (a.film.favourite == true, b.film.favourite == true)
                if first != second { return first }
                return a.rating != b.rating ? sign * a.rating > sign * b.rating : a.time > b.time
            }
            return sorted.lazy.map(\.film.label).prefix { label in
                left -= Self.tokens(label) + 1
                return left >= 0
            }
        }
        let dislikes = history.filter { $0.rating <= HistoryFilm.disliked }
        disliked = labels(dislikes, -1, tokens / 2)
        liked = labels(history.filter { $0.rating >= HistoryFilm.liked }, 1, tokens / 2)
    }

    /// About how many tokens a text has: four characters each, as OpenAI reckons for English.
    static func tokens(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

    /// The question as it is asked in a conversation too.
    func question(_ film: Movie) -> Chat { RatingPrompt(liked: liked, disliked: disliked).chat(film) }
}
