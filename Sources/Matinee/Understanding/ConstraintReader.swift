/// Reads what must hold of the picks, each kind by a reader of its own.
struct ConstraintReader: Sendable {
    let people: PeopleReader
    let years: YearReader
    private let genres = GenreReader()
    private let places = PlaceReader()
    private let runtimes = RuntimeReader()
    private let audiences = AudienceReader()

    init(people: PeopleReader, years: YearReader) {
        self.people = people
        self.years = years
    }

    /// Reads what must hold, and returns the words that ask for genres.
    func read(
        _ message: Message,
        _ polarity: Polarity,
        _ language: MessageLanguage,
        _ constraints: inout Constraints,
        _ taken: inout TakenWords
    ) -> [Range<Int>] {
        let listed = WatchlistReader().spans(message, polarity).filter(taken.isFree)
        constraints.isOnWatchlist = !listed.isEmpty
        taken.spans += listed
        let audience = audiences.read(message, polarity, free: taken.isFree)
        (constraints.audience, constraints.certificates) = (audience.audience, audience.certificates)
        taken.spans += audience.spans
        let runtime = runtimes.read(message, polarity, free: taken.isFree)
        if !runtime.bounds.isEmpty { constraints.runtime = runtime.bounds }
        taken.spans += runtime.spans
        let year = years.read(message, polarity, free: taken.isFree)
        if !year.years.bounds.isEmpty { constraints.year = year.years.bounds }
        constraints.yearsOut = year.years.out
        taken.spans += year.spans
        let named = people.read(message, polarity, free: taken.isFree)
        constraints.people = named.people
        taken.spans += named.spans
        let genre = genres.read(message, polarity, language, free: taken.isFree)
        constraints.genres = genre.genres
        taken.spans += genre.excluding
        let place = places.read(message, polarity, free: taken.isFree)
        (constraints.languages, constraints.countries) = (place.languages, place.countries)
        taken.spans += place.spans
        return genre.asking
    }
}

extension Constraints {
    /// Takes over what the earlier constraints say and these do not.
    mutating func narrow(_ earlier: Constraints) {
        if year.isEmpty { year = earlier.year }
        yearsOut += earlier.yearsOut.filter { !yearsOut.contains($0) && !$0.includes(year) }
        if runtime.isEmpty { runtime = earlier.runtime }
        genres.narrow(earlier.genres)
        languages.narrow(earlier.languages)
        countries.narrow(earlier.countries)
        people.narrow(earlier.people)
        if certificates.isEmpty { certificates = earlier.certificates }
        audience = audience ?? earlier.audience
        isOnWatchlist = isOnWatchlist || earlier.isOnWatchlist
    }

    /// Leaves nothing that contradicts itself: what is ruled out is not wanted too, and no bound lies beyond the other.
    mutating func settle() {
        for kind in [\Constraints.genres, \.languages, \.countries, \.people, \.certificates] {
            self[keyPath: kind].in.removeAll(where: self[keyPath: kind].out.contains)
        }
        for kind in [\Constraints.year, \.runtime] {
            let bounds = self[keyPath: kind]
            if let low = bounds.min, let high = bounds.max, low > high { self[keyPath: kind].min = nil }
        }
    }
}

extension Constraints.Selection {
    fileprivate mutating func narrow(_ earlier: Self) {
        if `in`.isEmpty { (`in`, any) = (earlier.in.filter { !out.contains($0) }, earlier.any) }
        out += earlier.out.filter { !out.contains($0) && !`in`.contains($0) }
    }
}
