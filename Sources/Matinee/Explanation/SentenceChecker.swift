import Foundation

/// Decides whether a sentence of a model's may be shown: only where everything it says rests on the catalogue or on what
/// the person said.
///
/// The rule is to allow what is known rather than to forbid what is wrong. A sentence is cut into parts that speak of the
/// film and parts that speak of the person (from `you` or `your` up to the next comma or `it`, `which` and the like). Then
/// each word must be accounted for: titles, people, numbers, genres and places by the film's own fields, in their roles;
/// any other word of the first by overview, keywords and genres, of the second by the person's words; or it is one of
/// those words that claim nothing (``ClaimWords``). The first word that is not decides, and the sentence is dropped.
package struct SentenceChecker: Sendable {
    /// Why a sentence is dropped.
    package enum Fault: String, Error {
        /// It holds marks, an address, or is no sentence.
        case form
        /// A line of its kind has enough sentences, or stands in the wrong place.
        case surplus
        case title, person, number, genre, place, quote
        /// It denies or heightens something.
        case negation
        /// Neither overview nor keywords say so.
        case plot
        /// The person did not say so.
        case said
        /// It says nothing.
        case empty
    }

    /// The films of the lines 1, 2 and so on.
    let films: [FilmFacts]
    let person: SaidFacts

    package init(films: [FilmFacts], person: SaidFacts) { (self.films, self.person) = (films, person) }

    /// The sentence as it may be shown, or why it may not.
    /// - Parameter line: 0 for what is said of all films together.
    package func check(_ sentence: String, of line: Int) -> Result<String, Fault> {
        let text = Self.cleaned(sentence)
        guard Self.isPlain(text) else { return .failure(.form) }
        let message = Message(text)
        guard (2...60).contains(message.words.count) else { return .failure(.form) }
        let isQuestion = text.hasSuffix("?")
        if isQuestion, line != 0 { return .failure(.form) }
        do throws(Fault) {
            var reading = SentenceReading(message, films: subjects(of: message, line), person: person)
            reading.isQuestion = isQuestion
            reading.count = line == 0 ? films.count : nil
            try reading.check()
            if line > 0, reading.support == 0 { return .failure(.empty) }
            return .success(text)
        } catch { return .failure(error) }
    }

    /// The films that a sentence speaks of: that of its line; of the paragraph, those it names, else all.
    private func subjects(of message: Message, _ line: Int) -> [FilmFacts] {
        guard line == 0 else { return films.indices.contains(line - 1) ? [films[line - 1]] : [] }
        let named = films.filter { film in
            message.words.indices.contains { message.title(of: film, at: $0) != nil }
        }
        return named.isEmpty ? films : named
    }

    /// Without marks of layout, emoji, and what cannot be seen.
    private static func cleaned(_ text: String) -> String {
        let marks: Set<Unicode.Scalar> = ["*", "_", "`", "#"]
        let kept = text.unicodeScalars.filter { !marks.contains($0) && !$0.properties.isEmojiPresentation }
        return printable(String(String.UnicodeScalarView(kept))).trimmingCharacters(
            in: CharacterSet(charactersIn: " -–—•")
        )
    }

    private static let allowedMarks: Set<Character> = [
        " ", ".", ",", ";", ":", "!", "?", "'", "’", "‘", "\"", "“", "”", "-", "–", "—", "(", ")", "…", "&",
        "/",
    ]

    /// Whether nothing but words, numbers and the marks of plain sentences is there, and no address.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, first.isLetter || first.isNumber || "“\"'‘(".contains(first) else {
            return false
        }
        guard text.allSatisfy({ $0.isLetter || $0.isNumber || allowedMarks.contains($0) }) else {
            return false
        }
        let lower = text.lowercased()
        return !["http", "www.", "//"].contains { lower.contains($0) }
            && (!text.dropLast().contains(".") || lower.firstMatch(of: /\w\.[a-z]{2,}\b/) == nil)
    }
}

extension Message {
    /// How many words the film's title has that begins at `i`, its year in brackets included; `nil` where it is not there.
    ///
    /// A title must be written as one: its first word, and all but the small ones, with a capital letter. At the beginning of
    /// a sentence, where any word has one, a title of small words alone (`It`) is none.
    func title(of film: FilmFacts, at i: Int) -> Int? {
        film.titles.first { title in
            guard i + title.count <= words.count, title.indices.allSatisfy({ self[i + $0] == title[$0] })
            else {
                return false
            }
            let telling = title.indices.filter { !ClaimWords.neutral.contains(title[$0]) }
            if telling.isEmpty {
                return !startsSentence(i) && isCapitalised(i) || isQuoted(i..<i + title.count)
            }
            return telling.allSatisfy { isCapitalised(i + $0) }
        }?.count
    }
}
