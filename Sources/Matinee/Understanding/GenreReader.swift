/// Reads genres wanted and not wanted: `a romantic comedy`, `no musicals or horror`, `anything but westerns`.
struct GenreReader {
    private let words = GenreWords.shared

    /// Whether the folded phrase is the name of a genre.
    func names(_ phrase: String) -> Bool { words.names(phrase) }

    struct Reading {
        var genres = Constraints.Selection()
        /// The words that exclude a genre.
        var excluding: [Range<Int>] = []
        /// The words that ask for one: the constraint says it already, unless the wish has no other words.
        var asking: [Range<Int>] = []
    }

    func read(
        _ message: Message,
        _ polarity: Polarity,
        _ language: MessageLanguage,
        free: (Range<Int>) -> Bool
    )
        -> Reading
    {
        var reading = Reading(), i = 0
        var last: Int?
        while i < message.words.count {
            if message[i] == "live", message[i + 1] == "action", free(i..<i + 2) {
                refuse(["Animation"], i..<i + 2, &reading)
                i += 2
                continue
            }
            guard let (found, count) = words.genres(message, at: i, language), free(i..<i + count),
                !isPlace(message, i)
            else {
                if let genre = Self.moods[message[i]], isRefused(i, message, polarity),
                    !reading.genres.out.contains(genre)
                {
                    reading.genres.out.append(genre)
                }
                i += 1
                continue
            }
            let span = i..<i + count
            if !found.isEmpty { take(found, span, message, polarity, &last, &reading) }
            i = span.upperBound
        }
        reading.genres.in.removeAll(where: reading.genres.out.contains)
        if isList(reading.asking, message) { reading.genres.any = true }
        return reading
    }

    /// Whether three or more genres are told off by commas: no film is expected to be of all of them.
    private func isList(_ spans: [Range<Int>], _ message: Message) -> Bool {
        spans.count > 2
            && spans.dropFirst().allSatisfy {
                message.gap(before: $0.lowerBound).contains(",") || message[$0.lowerBound - 1] == "and"
            }
    }

    private func take(
        _ found: [String],
        _ span: Range<Int>,
        _ message: Message,
        _ polarity: Polarity,
        _ last: inout Int?,
        _ reading: inout Reading
    ) {
        switch polarity.wants(span) {
        case false?:
            // `comedy, but not romantic comedy` still asks for comedy.
            let cue = polarity.scope(of: span)?.cue.lowerBound ?? span.lowerBound
            refuse(
                found.filter { !(found.count > 1 && reading.genres.in.contains($0)) },
                cue..<span.upperBound,
                &reading
            )
        case true?:
            reading.genres.in += found.filter { !reading.genres.in.contains($0) }
            if let last, message[span.lowerBound - 1] == "or" || message[last] == "or" {
                reading.genres.any = true
            }
            reading.asking.append(span)
            last = span.upperBound
        case nil: break
        }
    }

    private func refuse(_ genres: [String], _ span: Range<Int>, _ reading: inout Reading) {
        reading.genres.out += genres.filter { !reading.genres.out.contains($0) }
        reading.excluding.append(span)
    }

    /// Who wants nothing of the kind does not want the genre either; who wants it may be meant otherwise.
    private static let moods = [
        "scary": "Horror", "spooky": "Horror", "creepy": "Horror", "frightening": "Horror",
        "terrifying": "Horror",
    ]

    /// Whether nothing of the kind is wanted: `nothing scary`, but not `less scary` or `not too scary`.
    private func isRefused(_ i: Int, _ message: Message, _ polarity: Polarity) -> Bool {
        guard let cue = polarity.scope(of: i..<i + 1)?.cue, polarity.wants(i..<i + 1) == false else {
            return false
        }
        return !["less", "fewer", "too"].contains(message[cue.lowerBound])
            && !["too", "that", "so", "very", "as", "overly", "really"].contains(message[i - 1])
    }

    private func isPlace(_ message: Message, _ i: Int) -> Bool {
        message[i] == "western"
            && [
                "city", "europe", "world", "front", "culture", "society", "germany", "civilization",
                "countries",
            ]
            .contains(message[i + 1])
    }
}
