// The form of a request in JSON: every key is always there, what is absent is null or an empty list.

extension Request: Codable {
    private enum CodingKeys: String, CodingKey {
        case act, wish, unwanted, named, carried, compared, alike, corrected, ambiguous, constraints, about,
            smalltalk
        case language
        case unknownTitles = "unknown_titles"
        case allowsRepeats = "allows_repeats"
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        act = try row.decode(Act.self, forKey: .act)
        wish = try row.decodeIfPresent(String.self, forKey: .wish)
        unwanted = try row.decodeIfPresent(String.self, forKey: .unwanted)
        named = try row.decode([NamedMovie].self, forKey: .named)
        unknownTitles = try row.decode(Int.self, forKey: .unknownTitles)
        carried = try row.decode([String].self, forKey: .carried)
        constraints = try row.decode(Constraints.self, forKey: .constraints)
        allowsRepeats = try row.decode(Bool.self, forKey: .allowsRepeats)
        // Logs of earlier versions lack the keys below.
        compared = try row.decodeIfPresent([String].self, forKey: .compared) ?? []
        alike = try row.decodeIfPresent([String].self, forKey: .alike) ?? []
        corrected = try row.decodeIfPresent([String].self, forKey: .corrected) ?? []
        ambiguous = try row.decodeIfPresent([AmbiguousTitle].self, forKey: .ambiguous) ?? []
        about = try row.decodeIfPresent(Subject.self, forKey: .about)
        smalltalk = try row.decodeIfPresent(Smalltalk.self, forKey: .smalltalk)
        language = try row.decodeIfPresent(String.self, forKey: .language)
    }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(act, forKey: .act)
        try row.encode(wish, forKey: .wish)
        try row.encode(unwanted, forKey: .unwanted)
        try row.encode(named, forKey: .named)
        try row.encode(unknownTitles, forKey: .unknownTitles)
        try row.encode(carried, forKey: .carried)
        try row.encode(constraints, forKey: .constraints)
        try row.encode(allowsRepeats, forKey: .allowsRepeats)
        try row.encode(compared, forKey: .compared)
        try row.encode(alike, forKey: .alike)
        try row.encode(corrected, forKey: .corrected)
        try row.encode(ambiguous, forKey: .ambiguous)
        try row.encode(about, forKey: .about)
        try row.encode(smalltalk, forKey: .smalltalk)
        try row.encode(language, forKey: .language)
    }

    /// The request without the user's own words.
    package var withoutWords: Request {
        var copy = self
        (copy.wish, copy.unwanted, copy.utterance) = (nil, nil, nil)
        copy.about?.word = nil
        return copy
    }
}

extension Constraints.Bounds {
    private enum CodingKeys: String, CodingKey { case min, max }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(min, forKey: .min)
        try row.encode(max, forKey: .max)
    }
}

extension Constraints {
    private enum CodingKeys: String, CodingKey {
        case year, runtime, genres, languages, countries, people, certificates, audience, watchlist, excluded
    }

    /// What is ruled out of languages, countries, people, certificates and years, whose own keys hold what is wanted.
    private struct Excluded: Codable {
        var languages: [String]
        var countries: [String]
        var people: [String]
        var certificates: [String]?
        var years: [Bounds]?
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        year = try row.decode(Bounds.self, forKey: .year)
        runtime = try row.decode(Bounds.self, forKey: .runtime)
        genres = try row.decode(Selection.self, forKey: .genres)
        let out = try row.decode(Excluded.self, forKey: .excluded)
        languages = try Selection(
            in: row.decode([String].self, forKey: .languages),
            out: out.languages,
            any: true
        )
        countries = try Selection(
            in: row.decode([String].self, forKey: .countries),
            out: out.countries,
            any: true
        )
        people = try Selection(in: row.decode([String].self, forKey: .people), out: out.people)
        certificates = try Selection(
            in: row.decodeIfPresent([String].self, forKey: .certificates) ?? [],
            out: out.certificates ?? [],
            any: true
        )
        yearsOut = out.years ?? []
        audience = try row.decodeIfPresent(Audience.self, forKey: .audience)
        isOnWatchlist = try row.decodeIfPresent(Bool.self, forKey: .watchlist) ?? false
    }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(year, forKey: .year)
        try row.encode(runtime, forKey: .runtime)
        try row.encode(genres, forKey: .genres)
        try row.encode(languages.in, forKey: .languages)
        try row.encode(countries.in, forKey: .countries)
        try row.encode(people.in, forKey: .people)
        try row.encode(certificates.in, forKey: .certificates)
        try row.encode(audience, forKey: .audience)
        try row.encode(isOnWatchlist, forKey: .watchlist)
        let out = Excluded(
            languages: languages.out,
            countries: countries.out,
            people: people.out,
            certificates: certificates.out,
            years: yearsOut
        )
        try row.encode(out, forKey: .excluded)
    }
}
