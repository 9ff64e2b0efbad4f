/// Weighs whether words that are a title are meant as one.
struct TitleEvidence {
    /// Words that are a title.
    struct Phrase {
        /// Without a leading article.
        var words: Range<Int>
        /// The first word, the article where the title has it too.
        var start: Int
        var commonness: Commonness
        /// The article of the title.
        var article: TitleForms.Article
        /// Whether somebody who made the film is named too.
        var isWithPeople: Bool

        var span: Range<Int> { start..<words.upperBound }
        var isOne: Bool { words.count == 1 }
    }

    private let message: Message
    private let letters: MessageCase
    private let genres: GenreReader
    private let index: TitleIndex
    private var taken: [Bool]

    /// How many words say anything.
    private let telling: Int

    init(_ message: Message, _ index: TitleIndex, _ genres: GenreReader) {
        (self.message, self.index, self.genres) = (message, index, genres)
        letters = MessageCase(message)
        telling = message.words.count { !Self.empty.contains($0.folded) }
        taken = [Bool](repeating: false, count: message.words.count)
    }

    /// Marks words as belonging to a title; what stands beside them ends there.
    mutating func take(_ span: Range<Int>) { for i in span { taken[i] = true } }

    /// Whether the word belongs to a title already.
    func isTaken(_ i: Int) -> Bool { taken.indices.contains(i) && taken[i] }

    /// Whether a title is meant: what speaks for it must reach the rank of the phrase's commonness.
    /// - Parameter isListed: whether the words stand in a list with a film.
    func isMeant(_ phrase: Phrase, isListed: Bool) -> Bool {
        if message.isQuoted(phrase.span) { return true }
        if goesOn(phrase) || phrase.isOne && isName(phrase.words.lowerBound) { return false }
        if isWhole(phrase.span) { return phrase.commonness < .everyday }
        if isNickname(phrase) { return false }
        let cue = cue(before: phrase.start), writing = letters.writing(of: phrase.span)
        if phrase.commonness == .name { return false }
        if phrase.commonness == .pronoun {
            return writing == .title && (cue > 0 || isListed && follows(phrase.span, ["and", "or"]))
        }
        var points = capitals(phrase, writing) + cue + (isListed ? 2 : 0) + judgement(phrase.span)
        if phrase.isWithPeople { points += 1 }
        points += determiner(phrase, writing, cue)
        if ends(phrase.span) {
            let isSentence =
                message.clauseEnds(before: phrase.start)
                && message.clauseEnds(before: phrase.words.upperBound)
            let isBacked =
                cue > 0 || isListed || phrase.start < phrase.words.lowerBound && phrase.article == .definite
            points += isSentence && phrase.commonness <= .ordinary ? 2 : isSentence || isBacked ? 1 : 0
        }
        return points >= phrase.commonness.rawValue
    }

    private func capitals(_ phrase: Phrase, _ writing: MessageCase.Writing) -> Int {
        switch writing {
        case .title:
            phrase.isOne ? follows(phrase.span, Self.scenes) ? 0 : follows(phrase.span, ["with"]) ? 1 : 2 : 3
        case .start: phrase.isOne ? 0 : 1
        case .small: letters.style == .mixed && phrase.commonness > .distinctive ? -1 : 0
        case .unclear: 0
        }
    }

    /// `a thief`, `some heat`, `in heat`: a word of the sentence, where the title has no such word.
    private func determiner(_ phrase: Phrase, _ writing: MessageCase.Writing, _ cue: Int) -> Int {
        let hasArticle = phrase.start < phrase.words.lowerBound
        if !hasArticle, phrase.isOne || writing != .title, isDetermined(phrase.span.lowerBound) { return -2 }
        guard writing != .title else { return 0 }
        if phrase.isOne, follows(phrase.span, ["of", "with", "by", "from"]) { return -1 }
        guard phrase.commonness > .distinctive, cue == 0 else { return 0 }
        if !hasArticle, follows(phrase.span, ["the"]) { return -1 }
        return follows(phrase.span, Self.places) ? -1 : 0
    }

    /// Whether `a`, `my` or the like stands before the word, or before an adjective before it.
    private func isDetermined(_ i: Int) -> Bool {
        if message.clauseEnds(before: i) { return false }
        if Self.determiners.contains(message[i - 1]) { return true }
        return Self.adjectives.contains(message[i - 1]) && !message.clauseEnds(before: i - 1)
            && Self.determiners.contains(message[i - 2])
    }

    private static let adjectives = wordSet(
        "good great nice new old slow modern real big funny scary sad dark little long short bad classic"
    )

    private func follows(_ span: Range<Int>, _ words: Set<String>) -> Bool {
        words.contains(message[span.lowerBound - 1]) && !message.clauseEnds(before: span.lowerBound)
    }

    /// How strongly the words before say that a film follows.
    private func cue(before i: Int) -> Int {
        var i = i - 1
        while i >= 0, Self.fillers.contains(message[i]), !message.clauseEnds(before: i + 1) { i -= 1 }
        guard i >= 0, !message.clauseEnds(before: i + 1) || message.gap(before: i + 1).contains(":") else {
            return 0
        }
        if ["called", "titled", "named"].contains(message[i]) { return 3 }
        if message[i] == "about" {
            return ["how", "what"].contains(message[i - 1]) ? 1 : Self.talk.contains(message[i - 1]) ? 0 : -2
        }
        return Self.cues.contains(message[i]) ? 1 : 0
    }

    /// Whether the phrase ends where a part of the sentence does.
    private func ends(_ span: Range<Int>) -> Bool {
        let end = span.upperBound
        return end >= message.words.count
            || message.gap(before: end).contains { !$0.isWhitespace && $0 != "-" }
            || Self.linking.contains(message[end]) || isPronoun(message[end]) || isTaken(end)
    }

    /// How strongly the words after speak of a film: `Heat was great`; `Heat, but with women`.
    private func judgement(_ span: Range<Int>) -> Int {
        let end = span.upperBound
        if span.lowerBound == 0, message[end] == "but" { return 2 }
        guard Self.verbs.contains(message[end]), message.gap(before: end).allSatisfy(\.isWhitespace) else {
            return 0
        }
        let next = message[end + 1]
        if next.hasSuffix("ing"), !Self.verdicts.contains(next) { return -1 }  // `the heat is killing us`
        let rest = end + 1..<min(end + 7, max(end + 1, message.words.count))
        let isFilm = rest.contains { Self.verdicts.contains(message[$0]) }
        return isFilm && message.clauseEnds(before: span.lowerBound) ? 3 : isFilm ? 2 : 1
    }

    private static let verbs = wordSet("was is wasn isn put kept bored blew sounds looks seems")

    private static let verdicts = wordSet(
        """
        great good amazing awesome classic funny hilarious movie film one best fantastic excellent brilliant
        boring bad terrible awful scary favorite favourite fun cute okay ok interesting cool disappointing underwhelming touching moving
        thrilling charming annoying
        """
    )

    private static let empty: Set = ["the", "a", "please", "movie", "film", "um", "yes", "ok"]

    /// Whether there is nothing else in the message than that.
    private func isWhole(_ span: Range<Int>) -> Bool {
        if span.count == 1, genres.names(message[span.lowerBound]) { return false }
        return telling == span.count { !Self.empty.contains(message[$0]) }
    }

    /// Whether the words are part of something longer: `Kung Fu | Panda`, `Godfather | 3`, `heat | waves`.
    private func goesOn(_ phrase: Phrase) -> Bool {
        let end = phrase.words.upperBound, next = message[end]
        guard !next.isEmpty, message.gap(before: end).allSatisfy({ $0.isWhitespace || "-:'’".contains($0) })
        else { return false }
        if TitleForms.digits(next) != nil && next.count < 4 || Self.sequels.contains(next) { return true }
        if isTaken(end) || !phrase.isOne { return false }
        if next == "s", phrase.commonness > .distinctive { return true }
        let small = letters.writing(of: phrase.words) == .small
        if letters.style != .capitals, !small {
            return message.isCapitalised(end) && !message.startsWithDigit(end) && !isEverydayWord(next)
        }
        guard small, phrase.commonness > .distinctive, !Self.linking.contains(next) else { return false }
        return phrase.commonness > .ordinary || !isEverydayWord(next)
    }

    /// Whether the word is part of somebody's name: `Jack | Black`.
    private func isName(_ i: Int) -> Bool {
        func isTied(_ i: Int) -> Bool {
            i > 0 && i < message.words.count && message.gap(before: i).allSatisfy(\.isWhitespace)
        }
        if isTied(i), index.isPerson(message[i - 1], message[i]) { return true }
        if isTied(i + 1), index.isPerson(message[i], message[i + 1]) { return true }
        return letters.style != .capitals && isTied(i) && message.isCapitalised(i)
            && message.isCapitalised(i - 1)
            && !message.startsWithDigit(i - 1) && !Self.fillers.contains(message[i - 1])
            && !isEverydayWord(message[i - 1])
    }

    /// Whether a person is meant, who is called like a film: `with the Rock`.
    private func isNickname(_ phrase: Phrase) -> Bool {
        phrase.start < phrase.words.lowerBound && !message.isCapitalised(phrase.start)
            && nicknames[message.phrase(phrase.span)] != nil
            && !Self.sights.contains(message[phrase.start - 1])
    }

    private static let sights = wordSet("seen saw watched watch rewatched movie film")

    private static let sequels: Set = ["sequel", "sequels", "2", "3", "4", "5", "6", "7", "8", "9"]

    private static let determiners = wordSet(
        """
        a an some any my your his her our their this that these every each no another much little
        """
    )

    private static let scenes = wordSet("in from at around near to on by during")
    private static let places = scenes.union(wordSet("of with about into for"))

    /// Words after a title in small letters that do not go on with it.
    private static let linking = wordSet(
        """
        and or but so very too more because with without is was are were isn wasn a an the not when
        again already really please in on as i yesterday tonight for from to that which seen loved it he she we you
        hated also last years recently style vibes like if have has had haven did do movie movies film films
        one series franchise trilogy yet by of about at though who my me they have lol haha if then than just
        """
    )

    /// Words before a title that say that a film follows.
    private static let cues = wordSet(
        """
        like likes liked love loved loves adore adored enjoy enjoyed seen saw watched rewatched watch see hate
        hated disliked than film movie similar recommend finished favourite favorite try suggest
        favourites favorites faves is unlike also fan bored disappointed couldn not was were are remember
        """
    )

    /// Words before `about` after which it does not say what a film is about.
    private static let talk = wordSet(
        """
        heard hear thinking think thought talking talk know forgot forget crazy sure told tell read excited wild
        mad
        """
    )

    /// Words that may stand between such a word and the title.
    private static let fillers = wordSet(
        """
        the a an to already just of both i ve movies films as by with through finish stand get t are
        really either maybe perhaps would be old new original classic latest last other great even
        """
    )
}
