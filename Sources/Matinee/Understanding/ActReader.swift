/// Reads what kind of answer a message wants, where that is all it says: `undo that`, `why the second?`, `thanks!`.
struct ActReader {
    /// Acts are short; a longer message is a wish, whatever words are in it.
    private static let longest = 14

    private static let polite: Set = [
        "please", "just", "now", "matinee", "well", "oh", "hmm", "um", "pls", "plz", "actually", "sorry",
        "no", "and",
        "ok", "okay", "then", "can", "could", "you", "so", "hey",
    ]

    private static let undoing: Set = [
        "undo", "undo that", "undo it", "undo this", "undo last", "undo the last", "undo the last one",
        "undo my last message", "undo the last message", "take that back", "take it back", "i take that back",
        "i take it back", "scratch that", "forget that", "forget what i said", "forget what i just said",
        "forget my last message", "cancel that", "cancel", "never mind", "nevermind", "never mind that",
        "ignore that",
        "ignore my last message", "go back", "revert", "revert that", "disregard that", "strike that",
    ]

    private static let asking: Set = [
        "what do you know about me", "what do you know of me", "what do you remember about me",
        "show me my taste",
        "what have you learned about me", "what have you learnt about me", "my taste", "show my taste",
        "my profile",
        "what is my taste", "what s my taste", "what do you think i like", "what do i like",
        "show my profile",
        "what data do you have about me", "what do you know about my taste", "what do you have on me",
        "what is my profile", "describe my taste", "what am i like",
    ]

    private static let greeting = wordSet(
        """
        hi hello hey there yo hiya howdy greetings good morning evening afternoon everyone again hola bonjour hallo
        ciao helo hii heya
        """
    )
    private static let greetings = wordSet(
        "hi hello hey yo hiya howdy greetings hola bonjour hallo ciao helo hii heya"
    )
    private static let thanking = wordSet("thanks thank thx ty tysm cheers merci gracias danke")
    private static let farewells = wordSet("bye goodbye cya farewell")
    private static let around = wordSet(
        """
        you so very much a lot that s is was great perfect awesome cool nice lovely appreciated really for the help
        your suggestions recommendations bunch million all ok okay good i will check them it out this those these
        tips recommendation suggestion again bye have night day one ll and enjoy
        """
    )
    private static let assent = wordSet(
        "ok okay cool great nice awesome perfect yes yeah yep yup sure sounds good got it lol haha fine alright no nope"
    )

    /// Words beside those of assent in what is said to a film that was named: `yeah, that is a great one`.
    private static let praise = wordSet(
        """
        that thats is was it s a the one movie film choice pick idea very really so pretty too i ll will check out oh wow
        well actually classic
        """
    )

    /// The act of a message that takes back, asks about the user, or chats; `nil` for all others.
    func act(_ message: Message) -> (act: Request.Act, smalltalk: Smalltalk?)? {
        let words = message.words.map(\.folded)
        guard !words.isEmpty, words.count <= Self.longest else { return nil }
        let whole = words.joined(separator: " ")
        let bare = trimmed(words).joined(separator: " ")
        if Self.undoing.contains(whole) || Self.undoing.contains(bare) { return (.undo, nil) }
        if Self.asking.contains(whole) || Self.asking.contains(bare) { return (.taste, nil) }
        return smalltalk(words, whole).map { (.smalltalk, $0) }
    }

    private func trimmed(_ words: [String]) -> ArraySlice<String> {
        var words = words[...]
        while let first = words.first, Self.polite.contains(first) { words.removeFirst() }
        while let last = words.last, Self.polite.contains(last) { words.removeLast() }
        return words
    }

    private func smalltalk(_ words: [String], _ whole: String) -> Smalltalk? {
        let set = Set(words)
        let rest = words.drop { Self.greeting.contains($0) }.joined(separator: " ")
        if rest.isEmpty, !set.isDisjoint(with: Self.greetings) || words.count == 2 && words[0] == "good" {
            return .greeting
        }
        let wellbeing: Set = [
            "how are you", "how are you doing", "how is it going", "how s it going", "what s up", "whats up",
            "sup",
            "how are you today", "how do you do", "how are you doing today", "how are things",
        ]
        if wellbeing.contains(rest) { return .wellbeing }
        let identity: Set = [
            "who are you", "what are you", "what can you do", "are you a bot", "are you human",
            "are you a robot",
            "how do you work", "what is your name", "what s your name", "are you an ai", "what do you do",
            "who made you", "how does this work", "what is this",
        ]
        if identity.contains(rest) { return .identity }
        if !set.isDisjoint(with: Self.thanking), set.subtracting(Self.thanking).isSubset(of: Self.around) {
            return .thanks
        }
        if !set.isDisjoint(with: Self.farewells)
            || ["good night", "see you", "see you later"].contains(whole),
            set.subtracting(Self.farewells).isSubset(of: Self.around.union(["see", "later", "night"]))
        {
            return .farewell
        }
        return isAssent(words, set) ? .assent : nil
    }

    private func isAssent(_ words: [String], _ set: Set<String>) -> Bool {
        !["a", "the"].contains(words.first) && !set.isDisjoint(with: Self.assent)
            && set.isSubset(of: Self.assent.union(Self.praise))
    }

    /// Words beside the film in a question why it was recommended.
    private static let choosing = wordSet(
        """
        why did you recommend recommended pick picked choose chose chosen suggest suggested show showed list me is are
        was were that this it one ones the in list here number film movie for would i like should watch do think these
        them those explain how come on please and so first second third fourth fifth last there my top
        """
    )

    /// The film that a message asks the reason for (`why the second?`, `why did you pick Heat?`), or `nil`.
    func chosen(_ message: Message, _ mentions: [TitleLinker.Mention], rows: [Int], focus: Int?) -> Int? {
        let starts =
            ["why", "explain"].contains(message[0]) || message.reads("how come", at: 0)
            || message.reads("so why", at: 0) || message.reads("but why", at: 0)
            || message.reads("and why", at: 0)
        guard starts, message.words.count <= Self.longest else { return nil }
        let rest = message.words.indices.filter { i in !mentions.contains { $0.span.contains(i) } }
        let places = rest.compactMap { Int(message[$0]) }.filter { (1...max(1, rows.count)).contains($0) }
        guard
            rest.allSatisfy({
                Self.choosing.contains(message[$0]) || Int(message[$0]) != nil || message[$0] == "but"
            })
        else { return nil }
        if let mention = mentions.first { return mention.row }
        if let place = places.first, rows.indices.contains(place - 1) { return rows[place - 1] }
        return focus
    }
}
