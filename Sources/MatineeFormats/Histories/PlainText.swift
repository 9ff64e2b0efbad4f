import Foundation
import Matinee

/// Text out of HTML: without tags, with the common entities put in letters.
enum PlainText {
    private static let entities = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "hellip": "…", "mdash": "—",
        "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "eacute": "é",
    ]

    /// The text on one line, at most so many characters; `nil` where nothing is left.
    static func plain(_ html: String, limit: Int = HistoryLimits.review) -> String? {
        // Markup and letters of a longer text are not looked at.
        var rest = html.unicodeScalars.prefix(limit * 4)[...], text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "<" where isTag(rest):
                rest = rest.drop { $0 != ">" }.dropFirst()
                text.append(" ")
            case "&":
                let name = String(rest.prefix(10).prefix { $0 != ";" && $0 != " " && $0 != "&" })
                guard let letter = entity(name), rest.dropFirst(name.unicodeScalars.count).first == ";" else {
                    text.append(scalar)
                    continue
                }
                text.append(contentsOf: letter.unicodeScalars)
                rest = rest.dropFirst(name.unicodeScalars.count + 1)
            default: text.append(scalar)
            }
        }
        let plain = String(printable(String(text)).prefix(limit))
        return plain.isEmpty ? nil : plain
    }

    /// Whether what follows `<` is a tag that is closed: `3 < 4` is none.
    private static func isTag(_ rest: Substring.UnicodeScalarView.SubSequence) -> Bool {
        guard let first = rest.first, first == "/" || first == "!" || first.properties.isAlphabetic else {
            return false
        }
        return rest.prefix(2_000).contains(">")
    }

    private static func entity(_ name: String) -> String? {
        if let letter = entities[name] { return letter }
        let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
        guard name.hasPrefix("#"), let code = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
        else {
            return nil
        }
        return Unicode.Scalar(code).map(String.init)
    }
}
