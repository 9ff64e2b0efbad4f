/// Reads questions about a film: `who directed Heat?`, `how long is it`, `is the second one in black and white?`.
struct QuestionReader {
    struct Found {
        var topic: Subject.Topic
        var word: String?
        /// The words in which the film is named.
        var film: Range<Int>
    }

    /// Questions by what stands before and after the film, which is `*`.
    private static let patterns: [(String, Subject.Topic)] = [
        ("who directed *", .director), ("who made *", .director), ("who is the director of *", .director),
        ("who s the director of *", .director), ("director of *", .director),
        ("who was * directed by", .director),
        ("who was * made by", .director), ("who is * by", .director), ("who is the director in *", .director),
        ("who stars in *", .cast), ("who starred in *", .cast), ("who plays in *", .cast),
        ("who played in *", .cast),
        ("who acts in *", .cast), ("who acted in *", .cast), ("who is in *", .cast), ("who s in *", .cast),
        ("who was in *", .cast), ("who are the actors in *", .cast), ("what actors are in *", .cast),
        ("cast of *", .cast), ("who is the lead in *", .cast), ("who is starring in *", .cast),
        ("who is the main actor in *", .cast), ("what is the cast of *", .cast),
        ("how long is *", .runtime), ("how long was *", .runtime), ("how long does * last", .runtime),
        ("how long does * run", .runtime), ("what is the runtime of *", .runtime), ("runtime of *", .runtime),
        ("what is the length of *", .runtime), ("how many minutes is *", .runtime), ("is * long", .runtime),
        ("is * short", .runtime), ("is * very long", .runtime), ("is * too long", .runtime),
        ("when was * made", .year), ("when was * released", .year), ("when did * come out", .year),
        ("what year is *", .year), ("what year is * from", .year), ("what year was *", .year),
        ("what year was * made", .year), ("what year was * released", .year),
        ("what year did * come out", .year),
        ("how old is *", .year), ("when is * from", .year), ("is * old", .year), ("is * new", .year),
        ("is * recent", .year), ("is * a new film", .year), ("is * a new movie", .year),
        ("is * an old film", .year), ("is * an old movie", .year), ("what year does * come from", .year),
        ("what is * about", .plot), ("what s * about", .plot), ("whats * about", .plot),
        ("what was * about", .plot),
        ("what is the plot of *", .plot), ("plot of *", .plot), ("tell me about *", .plot),
        ("tell me more about *", .plot), ("what happens in *", .plot), ("what is the story of *", .plot),
        ("describe *", .plot), ("what are * about", .plot),
        ("what genre is *", .genres), ("what kind of film is *", .genres),
        ("what kind of movie is *", .genres),
        ("what type of movie is *", .genres), ("what sort of film is *", .genres),
        ("what genres is *", .genres),
        ("what is the genre of *", .genres),
        ("what language is *", .language), ("what language is * in", .language),
        ("is * in english", .language),
        ("which language is * in", .language), ("is * subtitled", .language),
        ("does * have subtitles", .language),
        ("is * dubbed", .language), ("what language do they speak in *", .language),
        ("where is * from", .country), ("where was * made", .country), ("what country is * from", .country),
        ("which country is * from", .country), ("where was * filmed", .other), ("where was * shot", .other),
        ("what is * rated", .certificate), ("how is * rated", .certificate),
        ("what rating is *", .certificate),
        ("what is the rating of *", .certificate), ("is * suitable for kids", .certificate),
        ("is * suitable for children", .certificate), ("is * ok for kids", .certificate),
        ("is * okay for kids", .certificate), ("is * for kids", .certificate),
        ("is * family friendly", .certificate),
        ("is * kid friendly", .certificate), ("is * rated r", .certificate),
        ("what is the certificate of *", .certificate),
        ("who wrote *", .other), ("who composed *", .other), ("who produced *", .other),
        ("who shot *", .other),
        ("did * win an oscar", .other), ("did * win any oscars", .other), ("where can i watch *", .other),
        ("where can i see *", .other), ("where can i stream *", .other), ("is * on netflix", .other),
        ("is * worth watching", .other), ("is * any good", .other), ("is * good", .other),
        ("was * good", .other),
        ("how good is *", .other), ("how much did * cost", .other), ("what is the budget of *", .other),
        ("is there a sequel to *", .other), ("how does * end", .other),
    ]

    private static let byFirst = Dictionary(
        grouping: patterns.map { ($0.0.split(separator: " ").map(String.init), $0.1) }
    ) {
        $0.0[0]
    }

    /// Whether the message begins as a question and is short enough to be one.
    func canBe(_ message: Message) -> Bool {
        (2...16).contains(message.words.count)
            && (Self.byFirst[message[first(message)]] != nil
                || ["is", "was", "are"].contains(message[first(message)]))
    }

    /// What is asked, and the words that name the film.
    func read(_ message: Message) -> Found? {
        guard canBe(message) else { return nil }
        let start = first(message), end = last(message)
        let matches = (Self.byFirst[message[start]] ?? []).compactMap { pattern, topic -> (Found, Int)? in
            film(message, start..<end, pattern).map {
                (Found(topic: topic, word: nil, film: $0), pattern.count)
            }
        }
        if let best = matches.max(by: { $0.1 < $1.1 }) { return best.0 }
        return trait(message, start..<end)
    }

    /// Polite words before a question.
    private func first(_ message: Message) -> Int {
        var i = 0
        while i < 3, ["and", "so", "but", "hey", "ok", "oh", "please", "hmm"].contains(message[i]) { i += 1 }
        return i
    }

    private func last(_ message: Message) -> Int {
        var end = message.words.count
        while end > 0, ["please", "then", "exactly", "anyway", "btw"].contains(message[end - 1]) { end -= 1 }
        return end
    }

    private func film(_ message: Message, _ span: Range<Int>, _ pattern: [String]) -> Range<Int>? {
        guard let star = pattern.firstIndex(of: "*"), span.count >= pattern.count else { return nil }
        let after = pattern.count - star - 1, film = span.lowerBound + star..<span.upperBound - after
        let fits =
            pattern[..<star].indices.allSatisfy { message[span.lowerBound + $0] == pattern[$0] }
            && (0..<after).allSatisfy { message[film.upperBound + $0] == pattern[star + 1 + $0] }
        return fits ? film : nil
    }

    /// `is Heat sad?`, `is it in black and white?`, `is the second one a comedy?`: the last words are what is asked.
    private func trait(_ message: Message, _ span: Range<Int>) -> Found? {
        guard ["is", "was", "are"].contains(message[span.lowerBound]), span.count >= 3,
            !["there", "that", "this"].contains(message[span.lowerBound + 1])
                || ["one", "film", "movie"].contains(message[span.lowerBound + 2])
        else { return nil }
        let start = span.lowerBound + 1
        var film = start..<start + 1
        if ["the", "that", "this"].contains(message[start]) {
            film = start..<min(start + 3, span.upperBound - 1)
        }
        let rest = film.upperBound..<span.upperBound
        guard !rest.isEmpty, rest.count <= 5 else { return nil }
        return Found(topic: .trait, word: message.phrase(rest), film: film)
    }

    /// The trait that follows a film named by its title: `is | The Godfather | violent`.
    func trait(_ message: Message, after film: Range<Int>) -> Found? {
        let first = first(message), end = last(message)
        guard ["is", "was", "are"].contains(message[first]), film.lowerBound == first + 1,
            (1...5).contains(end - film.upperBound)
        else { return nil }
        return Found(topic: .trait, word: message.phrase(film.upperBound..<end), film: film)
    }
}
