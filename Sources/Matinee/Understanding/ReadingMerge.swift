/// Joins a model's reading of a message with that by rules.
struct ReadingMerge {
    let interpreter: Interpreter
    /// The message.
    let said: KnownText
    private(set) var request: Request
    private(set) var use = LanguageModelUse.Reading()

    init(interpreter: Interpreter, said: KnownText, request: Request) {
        (self.interpreter, self.said, self.request) = (interpreter, said, request)
    }

    mutating func take(_ reading: ModelReading) {
        takeFilms(reading)
        takeGenres(reading)
        takeBounds(reading.year, \.year, "year")
        takeBounds(reading.runtime, \.runtime, "runtime")
        takePeople(reading)
        takePlaces(reading.languages, \.languages, "languages") { Place.languageName($0) }
        takePlaces(reading.countries, \.countries, "countries") { Place.countryName($0) }
        takeWish(reading)
        request.constraints.settle()
    }

    private mutating func disagree(on field: String) {
        if !use.disagreements.contains(field) { use.disagreements.append(field) }
    }

    /// Films that the catalogue has and of whose title the message says something; a stance only where the rules saw none.
    private mutating func takeFilms(_ reading: ModelReading) {
        for film in reading.films {
            let label = film.year.map { "\(film.title) (\($0))" } ?? film.title
            guard let movie = interpreter.movie(titled: label) ?? interpreter.movie(titled: film.title),
                isNamed(movie)
            else {
                use.unsupported += 1
                continue
            }
            let known = request.named.first { $0.id == movie.id }
            if known?.stance != film.stance { disagree(on: "films") }
            if known == nil || known?.stance == .mentioned { request.name(movie, film.stance) }
        }
        let read = Set(reading.films.map { folded($0.title) })
        let own = request.named.filter { !request.carried.contains($0.id) }
        if own.contains(where: { !read.contains(folded($0.title)) }) { disagree(on: "films") }
    }

    /// Whether the message has a telling word of the title, or all of it.
    private func isNamed(_ movie: Movie) -> Bool {
        ([movie.title] + movie.aliases).contains { title in
            let words = words(in: title).map(\.folded)
            let telling = words.filter { !ClaimWords.neutral.contains($0) && $0.count > 2 }
            return telling.contains(where: said.supports) || said.says(words)
        }
    }

    private mutating func takeGenres(_ reading: ModelReading) {
        var genres = request.constraints.genres
        let before = genres
        if genres.in.isEmpty { genres.in = unique(reading.genres).filter { !genres.out.contains($0) } }
        genres.out += unique(reading.genresOut).filter { !genres.in.contains($0) && !genres.out.contains($0) }
        if Set(reading.genres) != Set(before.in) || !Set(reading.genresOut).isSubset(of: before.out) {
            disagree(on: "genres")
        }
        // Genres that the model reads between the lines widen each other: any of them will do.
        if before.in.isEmpty, genres.in.count > 1 { genres.any = true }
        request.constraints.genres = genres
    }

    /// Bounds where the rules read none and the message has a number, or a word that stands for one.
    private mutating func takeBounds(
        _ bounds: Constraints.Bounds,
        _ field: WritableKeyPath<Constraints, Constraints.Bounds>,
        _ name: String
    ) {
        guard bounds != request.constraints[keyPath: field] else { return }
        disagree(on: name)
        guard request.constraints[keyPath: field].isEmpty else { return }
        let isTold = said.words.contains { word in
            word.contains(where: \.isNumber) || Self.numbers.contains(word)
        }
        if isTold { request.constraints[keyPath: field] = bounds } else { use.unsupported += 1 }
    }

    private static let numbers = wordSet(
        """
        hour hours minutes ninety eighty hundred decade century fifties sixties seventies eighties nineties twenties
        thirties forties new recent modern old older classic silent millennium short long
        """
    )

    private mutating func takePeople(_ reading: ModelReading) {
        let known = request.constraints.people
        for (names, isOut) in [(reading.people, false), (reading.peopleOut, true)] {
            for name in names {
                let found = interpreter.person(named: name)
                guard let found, words(in: found).contains(where: { said.words.contains($0.folded) }) else {
                    use.unsupported += 1
                    continue
                }
                guard !known.in.contains(found), !known.out.contains(found) else { continue }
                disagree(on: "people")
                if isOut {
                    request.constraints.people.out.append(found)
                } else {
                    request.constraints.people.in.append(found)
                }
            }
        }
    }

    private mutating func takePlaces(
        _ codes: [String],
        _ field: WritableKeyPath<Constraints, Constraints.Selection>,
        _ name: String,
        _ word: (String) -> String
    ) {
        let known = request.constraints[keyPath: field]
        guard !codes.isEmpty, Set(codes) != Set(known.in) else { return }
        disagree(on: name)
        guard known.isEmpty else { return }
        let named = codes.filter { code in
            let place = Place.countries.first { $0.code == code && name == "countries" }
            return (place.map { $0.adjectives + $0.names } ?? [folded(word(code))]).contains(
                where: said.words.contains
            )
        }
        use.unsupported += codes.count - named.count
        request.constraints[keyPath: field].in = unique(named)
    }

    /// The model's wish where the message is not in English, or where it only leaves out words of the message.
    private mutating func takeWish(_ reading: ModelReading) {
        if let unwanted = reading.unwanted, request.unwanted == nil, isSaid(unwanted) {
            request.unwanted = unwanted
        }
        guard let wish = reading.wish, folded(wish) != folded(request.wish ?? "") else { return }
        disagree(on: "wish")
        if request.language != nil || isSaid(wish) { request.wish = wish }
    }

    private func isSaid(_ text: String) -> Bool { words(in: text).allSatisfy { said.supports($0.folded) } }
}
