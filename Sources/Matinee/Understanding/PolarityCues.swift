/// The words that begin a scope of ``Polarity``.
struct PolarityCues {
    struct Cue {
        var span: Range<Int>
        var effect: Polarity.Effect
        /// What it does within another rejection: `not without`, `don't hate`; `nil` where it begins one of its own.
        var effectWhenNegated: Polarity.Effect?
        /// How many words it reaches, where that is fewer than usual.
        var reach: Int?
    }

    private let words: Set<String>

    init(language: MessageLanguage) { words = Self.single.union(language.negations) }

    /// The cue that begins at word `i`.
    func cue(in message: Message, at i: Int) -> Cue? {
        if let phrase = phrase(message, at: i) { return phrase }
        if let end = Self.negatedVerb(message, at: i) { return afterNot(message, i, end) }
        switch message[i] {
        case "no": return isAnswer(message, i) ? nil : Cue(span: i..<i + 1, effect: .rejects)
        case "non":
            return Cue(span: i..<i + 1, effect: .rejects, reach: 1)
        case "less", "fewer":
            return ["than", "like"].contains(message[i + 1])
                ? nil : Cue(span: i..<i + 1, effect: .rejects, reach: 3)
        case "too":
            let judging = [
                "was", "is", "were", "are", "bit", "little", "way", "felt", "found", "be", "gets", "got",
            ].contains(message[i - 1])
            return judging && !message.clauseEnds(before: i + 1)
                ? Cue(span: i..<i + 1, effect: .rejects, reach: 3) : nil
        case let word where Self.disliking.contains(word):
            return Cue(span: i..<i + 1, effect: .rejects, effectWhenNegated: .tolerates)
        case "without": return Cue(span: i..<i + 1, effect: .rejects, effectWhenNegated: .affirms)
        default: return words.contains(message[i]) ? Cue(span: i..<i + 1, effect: .rejects) : nil
        }
    }

    /// Whether `no` is an answer of its own: `No, I meant`, `no thanks`.
    private func isAnswer(_ message: Message, _ i: Int) -> Bool {
        let next = message.gap(before: i + 1)
        return i + 1 < message.words.count && next.contains { ",.!;".contains($0) }
            || [
                "i", "thanks", "thank", "please", "not", "you", "that", "thats", "it", "no", "idea", "doubt",
                "problem", "preference", "worries", "matter",
            ].contains(message[i + 1])
    }

    private func phrase(_ message: Message, at i: Int) -> Cue? {
        guard let phrases = Self.phrases[message[i]] else { return nil }
        for (phrase, effect) in phrases where message.reads(phrase, at: i) {
            let end = i + phrase.count { $0 == " " } + 1
            if phrase == "no more", message[end] == "than" { return nil }
            return Cue(span: i..<end, effect: effect)
        }
        return nil
    }

    /// The word after a negated verb or a bare `not` or `never`, or `nil` where none stands at `i`.
    static func negatedVerb(_ message: Message, at i: Int) -> Int? {
        if auxiliaries.contains(message[i]), message[i + 1] == "t" { return i + 2 }
        if joined.contains(message[i]) || ["not", "never", "cannot", "cant"].contains(message[i]) {
            return i + 1
        }
        return verbs.contains(message[i]) && message[i + 1] == "not" ? i + 2 : nil
    }

    private func afterNot(_ message: Message, _ start: Int, _ end: Int) -> Cue {
        var i = end
        while Self.adverbs.contains(message[i]), !message.clauseEnds(before: i + 1) { i += 1 }
        let plain = Cue(span: start..<end, effect: .rejects, effectWhenNegated: nil)
        if let length = longest(Self.affirming, message, i) {
            return Cue(span: start..<i + length, effect: .affirms)
        }
        if let length = longest(Self.tolerating, message, i) {
            let would = ["wouldn", "would", "wouldnt"].contains(message[start])
            return Cue(span: start..<i + length, effect: would ? .affirms : .tolerates)
        }
        let see =
            ["did", "didn", "didnt"].contains(message[start])
            && ["see", "watch", "catch"].contains(message[i])
        return see ? Cue(span: start..<i + 1, effect: .affirms) : plain
    }

    private func longest(_ phrases: [String], _ message: Message, _ i: Int) -> Int? {
        let length = message.length(ofAny: phrases, at: i)
        return length > 0 ? length : nil
    }
}

extension PolarityCues {
    private static let auxiliaries: Set = [
        "don", "didn", "doesn", "can", "haven", "hasn", "hadn", "wasn", "isn", "won", "aren", "weren",
        "couldn",
        "wouldn", "shouldn", "mustn", "needn", "ain",
    ]
    private static let joined = Set(auxiliaries.map { $0 + "t" }).subtracting(["cant"])
    private static let verbs: Set = [
        "do", "does", "did", "can", "could", "would", "will", "should", "is", "am", "are", "was", "were",
        "have",
        "has", "had", "m", "s", "re", "im", "must", "need",
    ]
    private static let adverbs: Set = [
        "really", "particularly", "even", "always", "ever", "especially", "actually",
    ]

    /// What after a negation takes it back.
    private static let affirming = [
        "only", "just", "merely", "get enough", "sure", "know", "bad", "wait", "decide", "find", "choose",
        "remember", "forget", "go wrong", "say no to", "to mention", "believe", "yet", "hesitate", "think of",
        "seen",
        "watched", "heard",
    ]

    /// What after a negation says that something does not matter, or was not seen.
    private static let tolerating = [
        "mind", "care about", "care if", "care whether", "care how", "care when", "have to be", "have to",
        "need to be",
        "need to have", "necessarily", "matter", "opposed to", "averse to", "object to", "afraid of",
        "bothered by",
        "against", "hate", "hated", "dislike",
    ]

    static let disliking: Set = [
        "hate", "hates", "hated", "dislike", "dislikes", "disliked", "avoid", "avoiding", "skip", "despise",
        "despised", "loathe", "loathed", "detest",
    ]

    private static let single: Set = [
        "nothing", "except", "excluding", "exclude", "excepting", "neither", "nor", "none", "minus", "unlike",
    ]

    /// Phrases by their first word, longer ones first.
    private static let phrases: [String: [(String, Polarity.Effect)]] = {
        let rejecting = [
            "anything but", "everything but", "anything except", "no more", "sick of", "tired of",
            "fed up with",
            "bored of", "bored with", "enough of", "enough with", "other than", "apart from", "aside from",
            "instead of", "rather than", "as opposed to", "except for", "free of", "allergic to", "away from",
            "far from", "none of", "leave out", "spare me", "keep out", "stay away from", "not a fan of",
        ]
        let affirming = [
            "nothing but", "no less than", "no matter", "why not", "if not", "or not", "can t wait",
        ]
        let all = rejecting.map { ($0, Polarity.Effect.rejects) } + affirming.map { ($0, .affirms) }
        return Dictionary(grouping: all.sorted { $0.0.count > $1.0.count }) {
            String($0.0.prefix { $0 != " " })
        }
    }()

    /// Words that end a scope in which something has been rejected already.
    static let ending: Set = [
        "want", "love", "loved", "prefer", "something", "just", "only", "seen", "watched", "i", "we", "maybe",
        "rather", "preferably", "instead", "because", "although", "though", "so", "with", "please", "more",
        "ideally", "am", "im", "thanks", "if", "liked", "need", "give", "show", "recommend",
    ]

    /// Words that after `and` or a comma begin something new.
    static let beginning: Set = [
        "a", "an", "the", "with", "make", "should", "also", "some", "perhaps", "it", "is",
    ]
}
