/// Reads directors and actors of the catalogue: full names and nicknames anywhere, surnames after `by` or before `films`.
struct PeopleReader {
    private let names: [String: String]
    private let surnames: [String: [String: Int]]
    private let longest: Int

    init(_ catalog: Catalog) {
        var names: [String: String] = [:], surnames: [String: [String: Int]] = [:], longest = 1
        for (person, credits) in Self.credits(catalog) {
            let words = folded(person).split(separator: " ")
            guard words.count >= 2, let last = words.last else { continue }
            names[words.joined(separator: " ")] = person
            surnames[String(last), default: [:]][person] = credits
            longest = max(longest, words.count)
        }
        for (nickname, name) in nicknames { names[nickname] = names[folded(name)] }
        self.names = names
        self.surnames = surnames
        self.longest = min(longest, 5)
    }

    /// The person of that full name, as the catalogue writes it.
    func person(named name: String) -> String? { names[folded(name)] }

    /// Everybody in the order of the catalogue, and in how many films; those they directed count twice.
    private static func credits(_ catalog: Catalog) -> [(person: String, credits: Int)] {
        var numbers: [String: Int] = [:], credits: [(person: String, credits: Int)] = []
        for movie in catalog.movies {
            for person in unique(movie.people) {
                let number = numbers[person] ?? credits.count
                if number == credits.count {
                    numbers[person] = number
                    credits.append((person, 0))
                }
                credits[number].credits += movie.directors.contains(person) ? 2 : 1
            }
        }
        return credits
    }

    func read(_ message: Message, _ polarity: Polarity, free: (Range<Int>) -> Bool) -> (
        people: Constraints.Selection, spans: [Range<Int>]
    ) {
        var selection = Constraints.Selection(), spans: [Range<Int>] = [], i = 0
        while i < message.words.count {
            guard let (person, span) = person(message, at: i, polarity), free(span) else {
                i += 1
                continue
            }
            let start = lead(message, span), seen = seen(message, before: start)
            switch seen == nil ? polarity.wants(span) : false {
            case false?: if !selection.out.contains(person) { selection.out.append(person) }
            case true?:
                if message[span.lowerBound - 1] == "or" { selection.any = true }
                if !selection.in.contains(person) { selection.in.append(person) }
            case nil: break
            }
            spans.append((seen ?? start)..<span.upperBound)
            i = span.upperBound
        }
        selection.in.removeAll(where: selection.out.contains)
        return (selection, spans)
    }

    /// The words behind a title that only say who made or plays in the film: `Contact (with Jodie Foster)`.
    func credit(_ message: Message, of movie: Movie, after end: Int) -> Range<Int>? {
        let start = (end..<end + 3).first { !Self.leading.contains(message[$0]) } ?? end
        guard start > end else { return nil }
        return (2...max(2, longest)).reversed().lazy.map { start..<start + $0 }.first { span in
            span.upperBound <= message.words.count
                && names[message.phrase(span)].map(movie.people.contains) == true
        }.map { end..<$0.upperBound }
    }

    private static let leading: Set = [
        "by", "directed", "starring", "director", "with", "featuring", "the", "stars",
    ]

    private func person(_ message: Message, at i: Int, _ polarity: Polarity) -> (String, Range<Int>)? {
        for count in stride(from: min(longest, message.words.count - i), through: 1, by: -1) {
            if let name = names[message.phrase(i..<i + count)] { return (name, i..<i + count) }
        }
        let end = ["brothers", "sisters"].contains(message[i + 1]) ? i + 2 : i + 1
        return surname(message, at: i, polarity).map { ($0, i..<end) }
    }

    private static let before: Set = ["by", "directed", "starring", "director", "featuring", "stars"]
    private static let after: Set = [
        "film", "films", "movie", "movies", "flick", "flicks", "brothers", "sisters",
    ]

    /// The person of that surname with most films, where the words around it say that a person is meant.
    private func surname(_ message: Message, at i: Int, _ polarity: Polarity) -> String? {
        guard let people = surnames[message[i]], message[i].count > 2 else { return nil }
        let capital = message.isCapitalised(i), lead = message[i - 1] == "the" ? i - 2 : i - 1
        let isName = capital || !Self.words.contains(message[i])
        let led = Self.before.contains(message[lead]) && isName && (capital || goesNoFurther(message, i))
        let negated = polarity.scope(of: i..<i + 1).map {
            $0.effect == .rejects && $0.words.lowerBound == i && isName
                && (capital || goesNoFurther(message, i))
        }
        let isPlain = isEverydayWord(message[i]) && (!capital || message.clauseEnds(before: i))
        let follows = isName && !isPlain && Self.after.contains(message[i + 1])
        guard led || negated == true || follows else { return nil }
        return people.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Whether a name in lower case is followed by nothing that could belong to it (`by anderson cooper`).
    private func goesNoFurther(_ message: Message, _ i: Int) -> Bool {
        message.clauseEnds(before: i + 1) || message.gap(before: i + 1).contains(",")
            || [
                "film", "films", "movie", "movies", "or", "and", "please", "from", "but", "in", "with",
                "this", "stuff",
            ]
            .contains(message[i + 1])
    }

    private func lead(_ message: Message, _ span: Range<Int>) -> Int {
        var start = span.lowerBound
        while start > 0, Self.leading.contains(message[start - 1]) { start -= 1 }
        return start
    }

    /// Where it begins that everything by somebody was seen already: `seen everything by`, `watched all the films of`.
    private func seen(_ message: Message, before start: Int) -> Int? {
        var i = start - 1
        while ["of", "the", "films", "movies", "that", "his", "her"].contains(message[i]) { i -= 1 }
        let all: Set = ["everything", "all", "every"], seen: Set = ["seen", "watched", "saw"]
        return all.contains(message[i]) && seen.contains(message[i - 1]) ? i - 1 : nil
    }

    /// Surnames that are words: in lower case they are not taken for people.
    private static let words = wordSet(
        """
        day love price stone hill black lee young west rush wood woods bridges fields field snow king kings queen
        white brown green gray grey rose rice cook hunter baker carpenter mason smith cross walker page hart fox wolf
        bell ball banks bush church court cash cage gold silver diamond hall house knight law long short small little
        low rich good best west north south hope joy grace faith day night may june august winter summer spring moon
        star stars sun rain storm frost flowers forest lake rivers river waters brooks marsh moss berry apple cherry
        ford lane street park mann man child childs children parent father mother brothers power powers strong sharp
        swift wise wild bright dark sweet lively blunt bean pitt dean dick chase cruise craft farmer fisher gardener
        sailor shepherd singer taylor turner weaver ward bishop pope prince duke lord major marshall france england
        holland german french english london paris berlin washington jackson lincoln madison jordan israel love war
        peace christmas money murder death life light lamb hogg bird birds fish crow hawk finch drake partridge action
        horror comedy gay adams law rock roll dance song music bond fame savage battle sight stiller stern sterling
        early late page reed read head hand foot shaw mills miles mile field post rust steel iron noble gore core
        """
    )
}
