/// How wide a range of films a catalogue has.
public struct CatalogSpread: Sendable, Equatable, CustomStringConvertible {
    /// How many films each decade has, by its first year.
    public private(set) var decades: [Int: Int] = [:]
    /// How many films each country took part in.
    public private(set) var countries: [String: Int] = [:]
    public private(set) var animated = 0
    public private(set) var documentaries = 0
    /// Films in which English is none of the languages.
    public private(set) var notInEnglish = 0
    /// Films without keywords and overview: their vectors know nothing but titles and names.
    public private(set) var withoutText = 0

    public init(of movies: [Movie]) {
        for movie in movies {
            if let year = movie.year { decades[year / 10 * 10, default: 0] += 1 }
            for country in Set(movie.countries) { countries[country, default: 0] += 1 }
            if movie.genres.contains("Animation") { animated += 1 }
            if movie.genres.contains("Documentary") { documentaries += 1 }
            if !movie.languages.isEmpty, !movie.languages.contains("en") { notInEnglish += 1 }
            if movie.keywords.isEmpty, movie.overview == nil { withoutText += 1 }
        }
    }

    public var description: String {
        let years = decades.sorted { $0.key < $1.key }.map { "\($0.key)s \($0.value)" }.joined(
            separator: ", "
        )
        let most = countries.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
            .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return """
            Decades: \(years.isEmpty ? "unknown" : years).
            Countries: \(countries.count)\(most.isEmpty ? "" : ", most of all \(most)").
            Animated: \(animated). Documentaries: \(documentaries). Not in English: \(notInEnglish). Without text: \(withoutText).
            """
    }
}
