/// Keeps of a message the words to be embedded: not the films named, nor what constraints already say.
struct WishReader {
    /// Words that say that a film is wanted, but nothing of what kind.
    static let filler = wordSet(
        """
        i m im ve d ll id ive me my we us you your can could would want wanna watch watching see seen
        saw watched seeing need like liked love loved enjoy enjoyed hate hated feel feeling something
        anything some a an the any movie movies film films please thanks thank give show recommend
        suggest suggestion suggestions recommendation recommendations find looking for tonight today now
        just really maybe have has had am is was be been are but and or of to that it so hi hello hey
        prefer prefers preferred similar more less also already think about what with ok okay mood kind sort stuff one ones good
        great best nice help do did on in as too very quite than there them they these those this well
        yes no not how let s t from by didn don haven never again other others another else next same
        both favourite favorite fan time new seem rather prefer preferably lot lots much made set at up
        isn wasn didnt dont should got nothing instead make case amazing overrated disliked put sleep if
        why who which he she were bored favorites favourites faves disappointed couldn
        through finish first second third forget bit little such many ever yet lately without
        doing finding hoping wondering wonder search searching pick picks ideas happen interested husband boyfriend
        girlfriend wife couple perhaps morning afternoon evening pretty into taking category effects lately come goes going
        only still even though actually person people recently sorry nope meets crossed cross between
        """
    )
    /// Words at the beginning of a wish that only lead up to it.
    private static let leading = wordSet(
        """
        perhaps couple put sleep saw what my bored favorites favourites faves i m im ve d ll id ive want wanna would like love
        to watch see a an the some something anything no nope yes sorry actually
        movie movies film films please give me show recommend suggest find looking for feel feeling in
        mood need can could you we us just really and but or hi hello hey tonight today now that is are
        it with s loved liked seen have am thanks also maybe so of by from think be was
        """
    )

    /// Words at the end of a wish that belong to what was taken out.
    private static let trailing = wordSet(
        """
        movie movies film films please tonight today now thanks and or but with a an the for me to of by
        from that is are was also something some i nothing no not anything seen have saw watched loved liked
        like hated bored disappointed were already ve yet than
        """
    )

    /// What is left once the spans are taken out; `nil` where nothing tells anything.
    func wish(_ message: Message, without spans: [Range<Int>]) -> String? {
        let taken = Set(spans.flatMap { $0 })
        var left = message.words.indices.filter { !taken.contains($0) }
        guard left.contains(where: { !Self.filler.contains(message[$0]) }) else { return nil }
        left.removeAll { ["film", "films", "movie", "movies"].contains(message[$0]) }
        if ["how", "what"].contains(message[0]), message[1] == "about" { left.removeAll { $0 < 2 } }
        while let first = left.first, Self.leading.contains(message[first]), !message.isHyphenated(first) {
            left.removeFirst()
        }
        while let last = left.last, Self.trailing.contains(message[last]) { left.removeLast() }
        return left.isEmpty ? nil : text(message, left)
    }

    /// The words as written, with a space or what stood between neighbours.
    private func text(_ message: Message, _ indices: [Int]) -> String {
        var text = ""
        for (place, i) in indices.enumerated() {
            if place > 0 {
                text +=
                    indices[place - 1] == i - 1
                    ? printable(String(message.gap(before: i))).isEmpty
                        ? " " : spaced(message.gap(before: i)) : " "
            }
            text += message.text[message.words[i].range]
        }
        return text
    }

    private func spaced(_ gap: Substring) -> String {
        gap.contains(where: \.isWhitespace) ? printable(String(gap)) + " " : String(gap)
    }

    /// Parts of a film that are judged in it rather than wished for: `loved it but not the ending`.
    private static let aspects = wordSet(
        """
        ending end plot acting pacing soundtrack script dialogue cast beginning middle part parts scene scenes sequel
        sequels remake original book
        """
    )

    /// What a negation rejects where no genre or person does, its things set apart by commas: `not too violent` gives
    /// `violent`.
    ///
    /// Also the words that thereby are understood, those that only say what does not matter among them.
    func unwanted(_ message: Message, _ polarity: Polarity, free: (Range<Int>) -> Bool) -> (
        text: String?, spans: [Range<Int>]
    ) {
        var texts: [String] = [], spans: [Range<Int>] = []
        for scope in polarity.scopes {
            switch scope.effect {
            case .affirms: spans.append(scope.cue)
            case .tolerates: spans.append(scope.span)
            case .rejects:
                texts += things(message, scope.words.filter { free($0..<$0 + 1) })
                spans.append(scope.span)
            }
        }
        return (texts.isEmpty ? nil : texts.joined(separator: ", "), spans)
    }

    /// The things that the words name, apart where a comma, an *or* or an *and* parts them: `ghosts or haunted houses`.
    private func things(_ message: Message, _ words: [Int]) -> [String] {
        var things: [[Int]] = [[]]
        for i in words {
            let word = message[i], isJoint = ["or", "nor", "and"].contains(word)
            if isJoint || message.gap(before: i).contains(",") { things.append([]) }
            let isTimeTravel = word == "time" && Self.timeless.contains(message[i + 1])
            guard !Self.filler.contains(word) || isTimeTravel, !Self.bounding.contains(word) else { continue }
            things[things.count - 1].append(i)
        }
        return things.filter { $0.contains { !Self.aspects.contains(message[$0]) } }.map { thing in
            thing.map { String(message.text[message.words[$0].range]) }.joined(separator: " ")
        }
    }

    /// Words that make a thing of the `time` before them.
    private static let timeless = wordSet(
        "travel traveling travelling traveler traveller loop loops machine machines"
    )

    /// Words that are left of a bound once its number is taken out.
    private static let bounding = wordSet(
        """
        than longer shorter over under before after kinda stand into care overly any anymore all stuff type types
        things thing story stories
        """
    )
}
