/// A message cut into words, with what stands between them.
struct Message {
    /// What was written, without what steers terminals.
    let text: String
    let words: [Word]

    init(_ text: String) {
        let text = text.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
        self.text = text
        words = Matinee.words(in: text)
    }

    /// The folded words of the span, with spaces between them.
    func phrase(_ span: Range<Int>) -> String {
        words[span].map(\.folded).joined(separator: " ")
    }

    /// The folded word at `i`, or an empty string outside the message.
    subscript(i: Int) -> String { words.indices.contains(i) ? words[i].folded : "" }

    /// What was written between word `i - 1` and word `i`.
    func gap(before i: Int) -> Substring {
        let low = i > 0 ? words[i - 1].range.upperBound : text.startIndex
        let high = i < words.count ? words[i].range.lowerBound : text.endIndex
        return text[low..<high]
    }

    /// Whether a sentence or clause ends between word `i - 1` and word `i`.
    func clauseEnds(before i: Int) -> Bool {
        i <= 0 || i >= words.count || gap(before: i).contains { ".;!?\n".contains($0) } || self[i] == "but"
    }

    /// Whether the word was written with a capital letter or begins with a digit.
    func isCapitalised(_ i: Int) -> Bool {
        guard let first = text[words[i].range].first else { return false }
        return first.isUppercase || first.isNumber
    }

    /// Whether a hyphen ties the word to the next one, as in `feel-good`.
    func isHyphenated(_ i: Int) -> Bool { i + 1 < words.count && gap(before: i + 1) == "-" }

    /// Whether the words stand between quotation marks.
    func isQuoted(_ span: Range<Int>) -> Bool {
        let marks: Set<Character> = ["\"", "“", "”", "„", "«", "»", "'", "‘", "’"]
        guard let before = gap(before: span.lowerBound).last, marks.contains(before) else { return false }
        return gap(before: span.upperBound).prefix(2).contains(where: marks.contains)
    }

    /// Whether the words at `i` are those of the phrase.
    func reads(_ phrase: String, at i: Int) -> Bool {
        guard words.indices.contains(i), words[i].folded.utf8.first == phrase.utf8.first else { return false }
        let parts = phrase.split(separator: " ")
        return i + parts.count <= words.count
            && parts.indices.allSatisfy { words[i + $0].folded == parts[$0] }
    }

    /// How many words the longest of the phrases that stands at `i` has; 0 where none does.
    func length(ofAny phrases: some Sequence<String>, at i: Int) -> Int {
        phrases.reduce(0) { longest, phrase in
            guard reads(phrase, at: i) else { return longest }
            return max(longest, phrase.utf8.count { $0 == 32 } + 1)
        }
    }
}

/// The number that a word stands for: digits, or English up to twelve.
func number(_ word: String) -> Double? {
    let spelled = [
        "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ]
    if word == "an" { return 1 }
    if let index = spelled.firstIndex(of: word) { return Double(max(index, 1)) }
    return word.count <= 6 && word.allSatisfy(\.isASCII) ? Int(word).map(Double.init) : nil
}

/// The words of a text that are set apart by white space, for lists of words that are easy to read.
func wordSet(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
}
