import Foundation
import Matinee

/// Reads single values of rows and JSON objects: text, lists, numbers, ids.
enum Values {
    static func text(_ value: Any?) -> String {
        switch value {
        case let text as String: text.trimmingCharacters(in: .whitespacesAndNewlines)
        case let number as NSNumber: number.stringValue
        default: ""
        }
    }

    /// A list: of JSON, as TMDB writes it into CSV (`[{"id": 18, "name": "Drama"}]`), or of words set apart by `|`, `;`
    /// or commas.
    static func list(_ value: Any?) -> [String] {
        guard let text = value as? String else { return (value as? [Any] ?? []).compactMap(name) }
        if text.hasPrefix("["), let list = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any]
        {
            return list.compactMap(name)
        }
        let separator = ["|", ";", ","].first { text.contains($0) } ?? ","
        return text.split(separator: separator).map { printable(String($0)) }.filter { !$0.isEmpty }
    }

    /// An element of a list: text, or an object with a code or a name.
    private static func name(_ element: Any) -> String? {
        if let text = element as? String { return printable(text) }
        guard let object = element as? [String: Any] else { return nil }
        return ["iso_639_1", "iso_3166_1", "name"].lazy.compactMap { object[$0] as? String }.first
    }

    /// The directors, out of a list or of TMDB's crew (`[{"job": "Director", "name": ...}]`).
    static func directors(_ value: Any?) -> [String] {
        let data = (value as? String).map { Data($0.utf8) } ?? Data()
        let crew =
            (try? JSONSerialization.jsonObject(with: data)) as? [[String: Any]] ?? value as? [[String: Any]]
        guard let crew, crew.contains(where: { $0["job"] != nil }) else { return list(value) }
        return crew.filter { $0["job"] as? String == "Director" }.compactMap { $0["name"] as? String }
    }

    /// A whole number; a fraction is rounded, text behind it (`136 min`) passed over.
    static func number(_ value: Any?) -> Int? {
        let digits = text(value).prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        return Double(digits.replacing(",", with: "")).flatMap { Int(exactly: $0.rounded()) }
    }

    /// The year in a number or a date (`1999`, `1999-03-31`, `31-Mar-1999`, `31 Mar 1999`).
    static func year(_ value: Any?) -> Int? {
        guard let match = text(value).firstMatch(of: /(?:^|\D)((?:18[89]|19\d|20\d)\d)(?:\D|$)/) else {
            return nil
        }
        return Int(match.output.1)
    }

    /// An IMDb id in its usual form: `tt0113277` of `113277`, `0113277` or `tt0113277`.
    static func imdbID(_ text: String) -> String? {
        let digits = text.hasPrefix("tt") ? text.dropFirst(2) : text[...]
        guard let number = Int(digits), (1...99_999_999).contains(number) else { return nil }
        let written = String(number)
        return "tt" + String(repeating: "0", count: max(0, 7 - written.count)) + written
    }

    /// Names by which sources say that there is no genre, or something else than what a film is like.
    private static let noGenres: Set<String> = [
        "no genres listed", "unknown", "imax", "tv movie", "foreign", "adult", "short", "video", "n a", "",
    ]

    /// The genres that are ours, and the other names as keywords (`superhero`).
    static func genres(_ names: [String]) -> (genres: [String], keywords: [String]) {
        let names = names.filter { !noGenres.contains(folded($0)) }.map(Genre.canonical)
        let others = names.filter { !Genre.all.contains($0) }
        return (unique(names.filter(Genre.all.contains)), unique(others.map { $0.lowercased() }))
    }
}
