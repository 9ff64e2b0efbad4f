import Foundation

/// Cuts a model's text into sentences as it comes, each with the number of the line that it stands in.
///
/// A line begins with a number and a colon (`2: ...`; `2.` and `[2]` will do); a line without one goes on with the line before it, at first with
/// line 0. A sentence ends with its line or with `.`, `!` or `?`, at once and without waiting for what follows: only
/// after an abbreviation, an initial or a digit does the next character decide. What then goes on without a space, as
/// an address does, keeps the mark at its beginning and so is no sentence.
package struct SentenceSplitter {
    package struct Sentence: Equatable {
        package var line: Int
        package var text: String
    }

    /// No sentence is longer, in characters; a longer one is cut there, and its rest is another.
    static let longest = 500

    private var open = ""
    private var length = 0
    private var line = 0
    private var isLineStart = true
    /// The mark that ended the sentence just now.
    private var mark: Unicode.Scalar?

    package init() {}

    /// The sentences that end in the text.
    package mutating func take(_ text: String) -> [Sentence] {
        text.unicodeScalars.flatMap { take($0) }
    }

    /// The sentence that the end of the text ends.
    package mutating func finish() -> [Sentence] { close() }

    private mutating func take(_ scalar: Unicode.Scalar) -> [Sentence] {
        defer { mark = open.isEmpty && Self.marks.contains(scalar) ? scalar : nil }
        if let mark, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            open.unicodeScalars.append(mark)
        }
        if scalar == "\n" || scalar == "\r" {
            defer { isLineStart = true }
            return close()
        }
        if isLineStart, let number = Self.number(of: open + String(scalar)) {
            (line, open, length, isLineStart) = (number, "", 0, false)
            return []
        }
        let ended = scalar.properties.isWhitespace && endsOpenly ? close() : []
        open.unicodeScalars.append(scalar)
        length += 1
        return ended + (Self.marks.contains(scalar) && !mayGoOn || length >= Self.longest ? close() : [])
    }

    private static let marks: Set<Unicode.Scalar> = [".", "!", "?", "…"]

    /// The number of a line that begins so; a list mark and bold type may stand around it.
    private static func number(of start: String) -> Int? {
        guard start.utf8.count <= 16 else { return nil }
        let form = /[\s*#\-]*\[?(\d{1,3})[*]*(?:\]?:|[\].)][\s*])/
        return start.wholeMatch(of: form).flatMap { Int($0.output.1) }
    }

    /// Whether the text ends with a mark that was not yet taken for the end of the sentence.
    private var endsOpenly: Bool {
        guard let last = open.unicodeScalars.last, Self.marks.contains(last) else { return false }
        return !isAbbreviation
    }

    /// Whether the full stop that comes last may stand within a sentence: after an abbreviation, initial or digit.
    private var mayGoOn: Bool {
        guard open.hasSuffix(".") else { return false }
        return isAbbreviation || open.unicodeScalars.dropLast().last.map { ("0"..."9").contains($0) } ?? true
    }

    private var isAbbreviation: Bool {
        guard open.hasSuffix(".") else { return false }
        let word = open.dropLast().suffix(while: { $0.isLetter || $0 == "." })
        return word.count == 1 || word.contains(".") || Self.abbreviations.contains(word.lowercased())
    }

    private static let abbreviations = wordSet(
        "dr mr mrs ms st jr sr vs vol no etc prof lt sgt capt approx ca"
    )

    private mutating func close() -> [Sentence] {
        let text = open.trimmingCharacters(in: .whitespaces)
        (open, length, isLineStart) = ("", 0, false)
        return text.contains { $0.isLetter || $0.isNumber } ? [Sentence(line: line, text: text)] : []
    }
}

extension StringProtocol {
    /// The longest end of which every character satisfies the condition.
    fileprivate func suffix(while condition: (Character) -> Bool) -> SubSequence {
        self[(lastIndex { !condition($0) }.map { index(after: $0) } ?? startIndex)...]
    }
}
