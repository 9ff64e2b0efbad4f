/// The words by which a message means genres, with the ways in which they are often mistyped.
struct GenreWords: Sendable {
    /// Phrases beside those of ``Genre/spoken``, folded, singular.
    private static let more: [String: [String]] = [
        "scary film": ["Horror"], "scary movie": ["Horror"], "horror flick": ["Horror"],
        "gangster film": ["Crime"], "gangster movie": ["Crime"], "crime drama": ["Crime", "Drama"],
        "period drama": ["History", "Drama"], "costume drama": ["History", "Drama"],
        "period piece": ["History"],
        "history movie": ["History"], "sword and sorcery": ["Fantasy"], "love film": ["Romance"],
        "love movie": ["Romance"], "romantic thriller": ["Romance", "Thriller"],
        "romantic drama": ["Romance", "Drama"], "romance film": ["Romance"],
        "rom com": ["Romance", "Comedy"],
        "rom coms": ["Romance", "Comedy"], "suspense film": ["Thriller"], "suspense movie": ["Thriller"],
        "murder mystery": ["Mystery"], "murder mysteries": ["Mystery"], "detective film": ["Mystery"],
        "detective movie": ["Mystery"], "whodunnit": ["Mystery"], "who dunnit": ["Mystery"],
        "who done it": ["Mystery"],
        "sy fy": ["Science Fiction"], "sifi": ["Science Fiction"], "sci fy": ["Science Fiction"],
        "syfy": ["Science Fiction"], "cartoons": ["Animation"], "bio pic": ["Biography"],
        "action adventure": ["Action", "Adventure"], "sports drama": ["Sport", "Drama"],
        "war drama": ["War", "Drama"], "docudrama": ["Drama"], "docu": ["Documentary"],
        "film noirs": ["Film Noir"], "family comedy": ["Family", "Comedy"],
        "music documentary": ["Music", "Documentary"], "music film": ["Music"], "music movie": ["Music"],
    ]

    /// Words that mean a genre only in a list with other genres: `no horror, war or sports`.
    private static let inLists: [String: [String]] = [
        "war": ["War"], "sport": ["Sport"], "sports": ["Sport"], "history": ["History"], "family": ["Family"],
        "kids": ["Family"], "music": ["Music"], "romantic": ["Romance"], "suspense": ["Thriller"],
        "gangster": ["Crime"], "wars": ["War"],
    ]

    /// What looks like one of the phrases and is none: `neo noir` is not film noir.
    private static let others: Set<String> = ["neo noir", "drama queen", "action figure", "action figures"]

    static let shared = GenreWords()

    private let phrases: [String: [String]]
    private let longest: Int

    private init() {
        var phrases: [String: [String]] = [:]
        for (phrase, genres) in Genre.spoken.merging(Self.more, uniquingKeysWith: { $1 }) {
            phrases[phrase] = genres
            phrases[Self.plural(phrase)] = genres
        }
        for phrase in Self.others { phrases[phrase] = [] }
        self.phrases = phrases
        longest = 4
    }

    private static func plural(_ phrase: String) -> String {
        phrase.hasSuffix("y") ? phrase.dropLast() + "ies" : phrase + "s"
    }

    /// Whether the folded phrase is the name of a genre.
    func names(_ phrase: String) -> Bool { phrases[phrase]?.isEmpty == false }

    /// Whether the folded word alone can mean a genre, at least in a list.
    static func isGenre(_ word: String) -> Bool {
        shared.names(word) || inLists[word] != nil || shared.mistyped(word) != nil
    }

    /// The genres that the longest phrase at word `i` means, and how many words it has.
    func genres(_ message: Message, at i: Int, _ language: MessageLanguage) -> (genres: [String], count: Int)?
    {
        for count in stride(from: min(longest, message.words.count - i), to: 0, by: -1) {
            let phrase = count == 1 ? message[i] : message.phrase(i..<i + count)
            if let genres = phrases[phrase] ?? language.genres[phrase] { return (genres, count) }
        }
        if let genres = Self.inLists[message[i]], isListed(message, i) { return (genres, 1) }
        return mistyped(message[i]).map { ($0, 1) }
    }

    /// Whether the word stands beside a genre, with nothing but a comma, `or`, `and` or `nor` between.
    private func isListed(_ message: Message, _ i: Int) -> Bool {
        let joins: Set = ["or", "and", "nor"]
        let next =
            joins.contains(message[i + 1]) ? message[i + 2] : listed(message, i + 1) ? message[i + 1] : ""
        let last = joins.contains(message[i - 1]) ? message[i - 2] : listed(message, i) ? message[i - 1] : ""
        return names(next) || names(last)
    }

    private func listed(_ message: Message, _ i: Int) -> Bool { message.gap(before: i).contains(",") }

    /// The genres of the word that this one is a slip away from, or `nil`.
    func mistyped(_ word: String) -> [String]? {
        let bytes = Array(word.utf8)
        guard bytes.count >= 5, bytes.count <= 15, let first = bytes.first, !Self.words.contains(word) else {
            return nil
        }
        for (candidate, genres) in Self.spelled[first] ?? [] {
            let allowed = candidate.count >= 10 ? 2 : 1
            guard abs(candidate.count - bytes.count) <= allowed, candidate != bytes else { continue }
            if isSlip(bytes, candidate, allowed) { return genres }
        }
        return nil
    }

    /// The words that are recognised mistyped, by their first letter.
    private static let spelled: [UInt8: [([UInt8], [String])]] = {
        let words = [
            "comedy", "comedies", "horror", "thriller", "thrillers", "documentary", "documentaries",
            "romance",
            "romantic comedy", "western", "westerns", "animation", "animated", "mystery", "mysteries",
            "fantasy",
            "musical", "musicals", "adventure", "drama", "dramas", "biopic", "action", "whodunit",
            "biography",
        ]
        let pairs = words.compactMap { word in
            (Genre.spoken[word] ?? Genre.spoken[singular(word)]).map { (Array(word.utf8), $0) }
        }
        return Dictionary(grouping: pairs) { $0.0.first ?? 0 }
    }()

    private static func singular(_ word: String) -> String {
        word.hasSuffix("ies") ? word.dropLast(3) + "y" : word.hasSuffix("s") ? String(word.dropLast()) : word
    }

    /// Words of English that are one slip away from a genre.
    private static let words = wordSet(
        """
        thrilled thrill thrills comely mastery auction actions faction fraction adventurer adventures adventurers
        romances romanced animator animate animates musically comedian historic biotic dream dramatic mysterious
        actin actor action's westerner easterns fantasia fantasies fancy horrors horrid honor dram animations
        adventured biographer topic diction
        """
    )
}

/// Whether a word is another with at most so many letters left out, put in, changed or swapped with the next
/// (optimal string alignment distance).
func isSlip(_ a: [UInt8], _ b: [UInt8], _ allowed: Int) -> Bool {
    var before: [Int] = [], last = Array(0...b.count)
    for i in 1...max(1, a.count) where !a.isEmpty {
        var row = [i]
        for j in 1...max(1, b.count) where !b.isEmpty {
            var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                cost = min(cost, before[j - 2] + 1)
            }
            row.append(cost)
        }
        (before, last) = (last, row)
    }
    return (last.last ?? 0) <= allowed
}
