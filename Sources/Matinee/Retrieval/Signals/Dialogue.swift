import Foundation

/// What was said in a sitting, as the signals read it: nothing of it is stored.
package struct Dialogue: Sendable {
    package enum Role: String, Sendable, Codable { case user, assistant }

    /// One message.
    package struct Utterance: Sendable, Equatable {
        package var role: Role
        /// The message without the titles that were linked.
        package var words: String
        /// The message as it was written, for a language model; empty where it is not known.
        package var text = ""
        /// The rows of the films named, in order, without those disliked.
        package var films: [Int]
        package var disliked: [Int]
        /// The embedding of the words; `nil` without words.
        package var vector: [Float]?

        package init(
            _ role: Role,
            _ words: String,
            films: [Int] = [],
            disliked: [Int] = [],
            vector: [Float]? = nil
        ) {
            (self.role, self.words, self.films, self.disliked, self.vector) =
                (role, words, films, disliked, vector)
        }
    }

    package var utterances: [Utterance]

    package init(_ utterances: [Utterance] = []) { self.utterances = utterances }

    /// Whether nobody has said anything.
    var isEmpty: Bool { utterances.allSatisfy { $0.words.isEmpty && $0.films.isEmpty } }

    var users: [Utterance] { utterances.filter { $0.role == .user } }

    /// The films named, each once, in the order of their first mention.
    package var films: [Int] { distinct(utterances.flatMap(\.films)) }
    var disliked: [Int] { distinct(utterances.flatMap(\.disliked)) }

    /// What the net is told of the dialogue itself, each about 0...1: messages / 10, films / 5, whether nothing was
    /// said, and log (1 + words of the user) / 4.
    package var context: [Float] {
        let words = users.reduce(0) { $0 + $1.words.split(separator: " ").count }
        return [
            Float(utterances.count) / 10, Float(films.count) / 5, utterances.isEmpty ? 1 : 0,
            Float(log1p(Double(words)) / 4),
        ]
    }

    static let contextCount = 4

    private func distinct(_ rows: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return rows.filter { seen.insert($0).inserted }
    }
}
