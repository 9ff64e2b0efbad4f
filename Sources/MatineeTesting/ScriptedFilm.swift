import Foundation
import Matinee

/// A film as it is described to a model that is to explain it.
public struct ScriptedFilm: Sendable {
    public var title: String
    public var genres: String
    public var directors: String
    public var keywords: String

    /// A line for each film that says only what is given.
    public static let plainText: @Sendable ([ScriptedFilm]) -> String = { films in
        let lines = films.enumerated().map { "\($0 + 1): \($1.sentence)" }
        return "0: These films fit what you asked for.\n" + lines.joined(separator: "\n")
    }

    /// What it is, by whom and about what, in a sentence that is true.
    public var sentence: String {
        let kind = genres.isEmpty ? "film" : (genres.split(separator: ",").first ?? "").lowercased() + " film"
        let maker = directors.isEmpty ? "" : " by " + directors.replacing(", ", with: " and ")
        return "This is a \(kind)\(maker)\(keywords.isEmpty ? "" : " with the keywords \(keywords)")."
    }
}

/// The data in a question, as a model would read it.
struct ScriptedData {
    private let fields: [String: Any]

    init(_ chat: Chat) {
        let texts = chat.messages.filter { $0.role == .user }.flatMap { $0.text.split(separator: "}\n{") }
        let parts = texts.count == 2 ? [texts[0] + "}", "{" + texts[1]] : texts
        fields = parts.reduce(into: [:]) { fields, text in
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            fields.merge(object ?? [:]) { first, _ in first }
        }
    }

    var message: String { fields["message"] as? String ?? "" }
    /// The film that is to be rated.
    var line: String { fields["film"] as? String ?? "" }
    /// The films that are to be ranked, with their numbers.
    var lines: [String] { fields["films"] as? [String] ?? [] }

    var films: [ScriptedFilm] {
        (fields["films"] as? [[String: Any]] ?? []).map { film in
            func text(_ key: String) -> String { film[key] as? String ?? "" }
            return ScriptedFilm(
                title: text("title"),
                genres: text("genres"),
                directors: text("directed_by"),
                keywords: text("keywords")
            )
        }
    }
}
