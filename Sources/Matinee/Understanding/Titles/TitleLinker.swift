/// Links the titles in a message to movies of the catalogue.
///
/// Every phrase that is a title is found, whole, shortened or misspelt; then those that are meant as titles are kept
/// (see ``TitleEvidence``), the longest where they overlap; then the film is chosen where several have the title.
package struct TitleLinker: Sendable {
    /// A film that a message names, and the words that name it (the year included).
    struct Mention {
        var row: Int
        var span: Range<Int>
        /// Other films that the words may mean, the likeliest first.
        var alternatives: [Int] = []
        /// Whether hardly another film is meant; else it may be worth asking back.
        var isCertain = true
    }

    /// A film that a text names, and where: offsets into its UTF-8.
    package struct Link: Sendable {
        package var row: Int
        package var place: Range<Int>
        /// Other films that the words may mean, the likeliest first.
        package var alternatives: [Int]
        /// Whether hardly another film is meant.
        package var isCertain: Bool
    }

    private let catalog: Catalog
    let index: TitleIndex
    private let genres = GenreReader()
    private let renown: [Float]

    package init(_ catalog: Catalog) {
        self.catalog = catalog
        index = TitleIndex(catalog)
        renown = Matinee.renown(of: catalog)
    }

    /// The films that a text names, in its order, with their places in it.
    package func links(in text: String) -> [Link] {
        let message = Message(text)
        return mentions(in: message).map { mention in
            let words = message.words[mention.span], start = message.text.startIndex
            let low = words.first?.range.lowerBound ?? start, high = words.last?.range.upperBound ?? start
            let place = [low, high].map { message.text.utf8.distance(from: start, to: $0) }
            return Link(
                row: mention.row,
                place: place[0]..<place[1],
                alternatives: mention.alternatives,
                isCertain: mention.isCertain
            )
        }
    }

    /// The films named, in the order of the message; no two share a word.
    func mentions(in message: Message) -> [Mention] {
        var evidence = TitleEvidence(message, index, genres)
        let choice = TitleChoice(catalog, renown, message)
        var readings = TitleMatcher(index, message).matches().compactMap { reading($0, message, choice) }
        readings.sort { ($0.strength, $1.span.lowerBound) > ($1.strength, $0.span.lowerBound) }
        var taken: [Reading] = []
        for isSecond in [false, true] {
            for reading in readings where !reading.span.contains(where: evidence.isTaken) {
                let listed = isSecond && isListed(reading.span, taken, message)
                guard isMeant(reading, evidence, isListed: listed) else { continue }
                taken.append(reading)
                evidence.take(reading.span)
            }
        }
        return taken.sorted { $0.span.lowerBound < $1.span.lowerBound }.map(\.mention)
    }

    /// The movie that a text is the title of, with or without its year; the best known of several.
    func movie(titled text: String) -> Int? {
        let message = Message(text), choice = TitleChoice(catalog, renown, message)
        let readings = TitleMatcher(index, message).matches().compactMap { reading($0, message, choice) }
        return readings.filter { $0.span == message.words.indices }.min { $0.changes < $1.changes }?.mention
            .row
    }

    /// A phrase with the film that it would mean.
    private struct Reading {
        var mention: Mention
        var phrase: TitleEvidence.Phrase
        var changes: Int
        var hasYear: Bool

        var span: Range<Int> { mention.span }
        var strength: Int { span.count * 10 - changes * 4 + (hasYear ? 10 : 0) }
    }

    private func reading(_ match: TitleMatcher.Match, _ message: Message, _ choice: TitleChoice) -> Reading? {
        var names = Array(index.names(at: match.node))
        let year = YearHint(message, match.span)
        if let year {
            let dated = names.filter { year.fits(catalog[Int($0.row)].year) }
            if dated.isEmpty, year.isCertain { return nil }
            if !dated.isEmpty { names = dated }
        }
        let hasYear = year.map { year in names.allSatisfy { year.fits(catalog[Int($0.row)].year) } } ?? false
        if !hasYear { names.removeAll { $0.form == .series } }
        guard let best = names.map(\.form).min() else { return nil }
        let low = match.span.lowerBound
        let article = message.clauseEnds(before: low) ? .none : TitleForms.Article(word: message[low - 1])
        let (rows, lead) = choice.ranked(names, article: article)
        guard let row = rows.first, let chosen = names.first(where: { Int($0.row) == row }) else {
            return nil
        }
        let start = article != .none && chosen.article == article ? low - 1 : low
        guard isPlausible(match, message, best) else { return nil }
        let end = hasYear ? year?.end ?? match.span.upperBound : match.span.upperBound
        let begin = hasYear ? min(start, year?.start ?? start) : start
        let words = match.span.map { message[$0] }
        var commonness = index.commonness(of: words, node: match.node, genres: genres)
        if best >= .short { commonness = commonness.raised }
        if match.changes > 0 { commonness = commonness.raised }
        if match.changes > 0, words.joined().count < 5 { commonness = commonness.raised }
        let mention = Mention(
            row: row,
            span: begin..<end,
            alternatives: Array(rows.dropFirst()),
            isCertain: hasYear || match.changes == 0 && lead > 0.2
        )
        return Reading(
            mention: mention,
            phrase: TitleEvidence.Phrase(
                words: match.span,
                start: start,
                commonness: commonness,
                article: chosen.article,
                isWithPeople: commonness > .distinctive && choice.isWithPeople(row: row)
            ),
            changes: match.changes,
            hasYear: hasYear
        )
    }

    /// Whether so much may have been misspelt: in a word that nothing else explains; in several words, one letter of
    /// each five.
    private func isPlausible(_ match: TitleMatcher.Match, _ message: Message, _ form: TitleForm) -> Bool {
        let words = match.span.map { message[$0] }, letters = words.map(\.count).reduce(0, +)
        if match.changes == 0 {
            return words.count > 1 || TitleForms.digits(words[0]) == nil || index.isTitle(words[0])
        }
        guard form < .initials else { return false }
        if words.count > 1 { return letters >= 6 && letters >= 5 * (match.changes - 1) }
        return letters >= 4 && letters >= 5 * (match.changes - 1) && index.lexicon.id(of: words[0]) == nil
    }

    private func isMeant(_ reading: Reading, _ evidence: TitleEvidence, isListed: Bool) -> Bool {
        reading.hasYear || evidence.isMeant(reading.phrase, isListed: isListed)
    }

    /// Whether the words stand in a list with a film: `Heat, Thief and Ronin`.
    private func isListed(_ span: Range<Int>, _ taken: [Reading], _ message: Message) -> Bool {
        taken.contains { other in
            let between =
                other.span.upperBound <= span.lowerBound
                ? other.span.upperBound..<span.lowerBound
                : span.upperBound..<max(span.upperBound, other.span.lowerBound)
            let isSplit =
                between.contains { ["and", "or"].contains(message[$0]) }
                || (between.lowerBound...between.upperBound).contains {
                    message.gap(before: $0).contains { ",/&".contains($0) }
                }
            return isSplit && between.count <= 3
                && between.allSatisfy { ["and", "or", "the", "then", "also"].contains(message[$0]) }
                && (between.lowerBound...between.upperBound).allSatisfy { i in
                    !message.gap(before: i).contains { ".!?;".contains($0) }
                }
        }
    }
}
