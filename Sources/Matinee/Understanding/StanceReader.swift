/// Reads what a message says of a film that it names.
struct StanceReader {
    private static let liking = wordSet(
        """
        love loved loves like liked likes enjoy enjoyed adore adored similar fan favourite favorite
        favourites favorites reminiscent vein style mood spirit mix mixture cross reminds prefer prefers preferred
        """
    )
    private static let disliking: Set = [
        "hate", "hated", "dislike", "disliked", "unlike", "bored", "disappointed", "despise", "despised",
        "loathe", "loathed",
    ]
    private static let seeing: Set = ["seen", "saw", "watched", "rewatched", "finished", "know"]
    private static let good = wordSet(
        """
        great amazing good brilliant perfect wonderful excellent awesome fantastic fun favourite
        favorite beautiful superb lovely masterpiece funny best classic
        """
    )
    private static let bad = wordSet(
        """
        boring bad terrible awful dull meh overrated disappointing horrible worst weak stupid too
        garbage rubbish
        """
    )

    private static let joining: Set = ["and", "or", "the", "also", "both", "then"]

    let message: Message
    let polarity: Polarity
    let mentions: [TitleLinker.Mention]

    /// The stance towards the film at `mentions[index]`; a film of a list shares the stance of the one before it.
    func stance(of index: Int) -> Stance {
        let span = mentions[index].span
        if index > 0, mentions[index - 1].span == span { return stance(of: index - 1) }
        if let judged = judgement(after: span) { return judged }
        if isRefused(span) { return .disliked }
        if isCrossed(index) || isMeasure(span) { return .liked }
        let low = index > 0 ? mentions[index - 1].span.upperBound : 0
        if let found = cue(in: low..<span.lowerBound) { return found }
        if index > 0, (low..<span.lowerBound).allSatisfy({ Self.joining.contains(message[$0]) }) {
            return stance(of: index - 1)
        }
        if message[span.upperBound] == "but", !isCompared(index) { return .liked }  // `Heat but funnier`
        return .mentioned
    }

    /// Whether the picks are to be like the film: `something like Heat`, `similar to Heat`, `Heat but funnier`;
    /// not where somebody only says what they like.
    func isModel(_ index: Int) -> Bool {
        guard stance(of: index) == .liked else { return false }
        let span = mentions[index].span
        if isMeasure(span) || isCrossed(index) || message[span.upperBound] == "but" { return true }
        let low = index > 0 ? mentions[index - 1].span.upperBound : 0
        for i in (low..<span.lowerBound).reversed() {
            if Self.modelling.contains(message[i]) { return true }
            if message[i] == "like" { return i == 0 || Self.things.contains(message[i - 1]) }
            let ends = message.clauseEnds(before: i + 1) && i + 1 < span.lowerBound
            if Self.liking.contains(message[i]) || ends { return false }
        }
        return index > 0 && (low..<span.lowerBound).allSatisfy { Self.joining.contains(message[$0]) }
            && isModel(index - 1)
    }

    private static let modelling = wordSet(
        "similar reminiscent vein style mood spirit mix mixture reminds lines"
    )

    /// Words before `like` that ask for something.
    private static let things = wordSet(
        """
        something anything films film movies movie more one ones stuff things feel feels much just be exactly
        comedy thriller horror drama western musical romance comedies thrillers dramas westerns bit little
        """
    )

    /// `as tense as Alien`, `as funny as the Hangover`; not `not as bleak as The Road`.
    private func isMeasure(_ span: Range<Int>) -> Bool {
        let last = message[span.lowerBound - 1] == "the" ? span.lowerBound - 2 : span.lowerBound - 1
        return message[last] == "as" && message[last - 2] == "as" && !polarity.rejects(last - 1)
    }

    /// Whether the wish is measured by the film: `less scary than Alien`.
    func isCompared(_ index: Int) -> Bool {
        let start = mentions[index].span.lowerBound
        guard message[start - 1] == "than", index == 0 || mentions[index - 1].span.upperBound < start - 2
        else {
            return false
        }
        return stanceBeforeThan(start - 1) == nil
    }

    /// What is said of another film before `than`: `I liked Thief more than Heat` measures no wish.
    private func stanceBeforeThan(_ than: Int) -> Stance? {
        for i in stride(from: than - 1, through: max(0, than - 6), by: -1) {
            if Self.liking.contains(message[i]) || Self.disliking.contains(message[i]) { return .mentioned }
            if message.clauseEnds(before: i) { return nil }
        }
        return nil
    }

    /// Whether a negation stands right before the film: `not Thief`, `anything but Heat`.
    private func isRefused(_ span: Range<Int>) -> Bool {
        guard let scope = polarity.scope(of: span), scope.effect == .rejects else { return false }
        return (scope.words.lowerBound..<span.lowerBound).allSatisfy {
            ["the", "a", "an", "film", "movie", "more"].contains(message[$0])
        } && message[scope.cue.upperBound - 1] != "never"
    }

    /// `Alien meets Heat`, `a cross between Alien and Heat`
    private func isCrossed(_ index: Int) -> Bool {
        let verbs: Set = ["meets", "meet", "crossed", "mixed", "plus", "x"]
        func joins(_ low: Int, _ high: Int) -> Bool {
            guard low < high, high - low <= 3, verbs.contains(message[low]) else { return false }
            return (low + 1..<high).allSatisfy { ["with", "the", "a"].contains(message[$0]) }
        }
        let span = mentions[index].span
        let next = index + 1 < mentions.count && joins(span.upperBound, mentions[index + 1].span.lowerBound)
        return next || index > 0 && joins(mentions[index - 1].span.upperBound, span.lowerBound)
    }

    /// The nearest telling word before the film, in its clause; `seen and loved` is liked.
    private func cue(in range: Range<Int>) -> Stance? {
        for i in range.reversed() {
            if message.clauseEnds(before: i + 1), i + 1 < range.upperBound { return nil }
            if Self.disliking.contains(message[i]) { return isTakenBack(i) ? .mentioned : .disliked }
            if ["through", "finish", "stand"].contains(message[i]), polarity.rejects(i) { return .disliked }
            if message[i] == "like", message[i - 1] == "less" { return .disliked }
            if Self.liking.contains(message[i]) { return polarity.rejects(i) ? .disliked : .liked }
            if Self.seeing.contains(message[i]) {
                return isTakenBack(i) || polarity.rejects(i) ? .mentioned : .seen
            }
        }
        return nil
    }

    /// Whether the word is part of a cue that neither wants nor refuses: `I haven't seen`, `I don't hate`.
    private func isTakenBack(_ i: Int) -> Bool {
        polarity.scopes.contains { $0.cue.contains(i) && $0.effect != .rejects }
    }

    /// What the words after the film say: `Heat was great`, `Tenet, not so much`, `seen it, loved it`.
    private func judgement(after span: Range<Int>) -> Stance? {
        let i = span.upperBound
        if message[i] == "not", ["so", "really", "at"].contains(message[i + 1]) { return .disliked }
        for word in i..<i + 3
        where ["it", "them", "that"].contains(message[word + 1]) && !sentenceEnds(before: word) {
            if Self.disliking.contains(message[word]) { return .disliked }
            if Self.liking.contains(message[word]), message[word] != "like" {
                return polarity.rejects(word) ? .disliked : .liked
            }
        }
        if message.reads("put me to sleep", at: i) { return .disliked }
        guard message.gap(before: i).allSatisfy(\.isWhitespace) else { return nil }
        if message[i] == "bored" { return .disliked }
        if message[i] == "blew" { return .liked }
        return ["was", "is", "were", "are", "wasn", "isn"].contains(message[i]) ? verdict(after: i) : nil
    }

    /// A question mark does not end what is said of a film: `Heat? Loved it.`
    private func sentenceEnds(before i: Int) -> Bool {
        message.clauseEnds(before: i) && !message.gap(before: i).contains("?")
    }

    private func verdict(after verb: Int) -> Stance? {
        for i in verb + 1..<max(verb + 1, min(verb + 6, message.words.count)) {
            if message.clauseEnds(before: i) { return nil }
            let negated =
                polarity.rejects(i) && polarity.scope(of: i..<i + 1)?.cue.lowerBound ?? 0 >= verb
                && message[i - 1] != "too"
            if negated, message[i] == "for", message[i + 1] == "me" { return .disliked }
            if Self.good.contains(message[i]) { return negated ? .disliked : .liked }
            if Self.bad.contains(message[i]) { return negated ? .liked : .disliked }
        }
        return nil
    }
}
