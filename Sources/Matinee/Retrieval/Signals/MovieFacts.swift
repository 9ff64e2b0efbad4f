import Foundation

/// What the signals need of the catalogue beside vectors, made once.
struct MovieFacts: Sendable {
    /// For each movie the numbers of its genres, actors and directors, and of the telling words of its title.
    let genres: [[Int32]]
    let cast: [[Int32]]
    let directors: [[Int32]]
    let titleWords: [[Int32]]

    let genreNames: [String: Int32]
    let castMovies: [[Int32]]
    let directorMovies: [[Int32]]
    let titleMovies: [[Int32]]
    /// The numbers of people, by their folded names of two words or more.
    let peopleNamed: [String: [(isDirector: Bool, number: Int32)]]
    private let longestName: Int

    init(_ catalog: Catalog) {
        let movies = catalog.movies
        let genres = Numbering(movies.map(\.genres)), cast = Numbering(movies.map(\.cast))
        let directors = Numbering(movies.map(\.directors))
        let titles = Numbering(movies.map { Self.titleWords($0.title) })
        (self.genres, genreNames) = (genres.numbers, genres.names)
        (self.cast, castMovies) = (cast.numbers, cast.rows)
        (self.directors, directorMovies) = (directors.numbers, directors.rows)
        (titleWords, titleMovies) = (titles.numbers, titles.rows)
        var people: [String: [(isDirector: Bool, number: Int32)]] = [:]
        for (isDirector, numbering) in [(false, cast), (true, directors)] {
            for (name, number) in numbering.names {
                let name = folded(name)
                if name.contains(" ") { people[name, default: []].append((isDirector, number)) }
            }
        }
        peopleNamed = people
        longestName = min(5, people.keys.map { $0.split(separator: " ").count }.max() ?? 0)
    }

    /// The words of a title that tell films apart, each once.
    private static func titleWords(_ title: String) -> [String] {
        let small: Set<Substring> = ["the", "a", "an", "of", "and", "in", "to"]
        return unique(folded(title).split(separator: " ").filter { !small.contains($0) }.map(String.init))
    }

    /// How many of its people each movie has among those that the words name; empty where none is named.
    func named(in words: [Substring]) -> [Int32: Float] {
        var counts: [Int32: Float] = [:], seen: Set<String> = []
        for start in words.indices where longestName > 1 {
            for length in 2...longestName where start + length <= words.count {
                let phrase = words[start..<start + length].joined(separator: " ")
                guard let people = peopleNamed[phrase], seen.insert(phrase).inserted else { continue }
                for person in people {
                    let movies = person.isDirector ? directorMovies : castMovies
                    for row in movies[Int(person.number)] { counts[row, default: 0] += 1 }
                }
            }
        }
        return counts
    }

    /// The numbers of the genres that the words name, as people say them (`scary` is horror).
    func genresNamed(in words: [Substring]) -> Set<Int32> {
        var found: Set<Int32> = []
        for start in words.indices {
            for length in 1...3 where start + length <= words.count {
                let phrase = words[start..<start + length].joined(separator: " ")
                for genre in genres(of: phrase) {
                    if let number = genreNames[genre] { found.insert(number) }
                }
            }
        }
        return found
    }

    private func genres(of phrase: String) -> [String] {
        if let genres = Genre.spoken[phrase] ?? Self.moods[phrase].map({ [$0] }) { return genres }
        if phrase.hasSuffix("ies") { return Genre.spoken[phrase.dropLast(3) + "y"] ?? [] }
        return phrase.hasSuffix("s") ? Genre.spoken[String(phrase.dropLast())] ?? [] : []
    }

    /// Words of everyday that point to a genre without asking for it.
    private static let moods = [
        "scary": "Horror", "creepy": "Horror", "funny": "Comedy", "hilarious": "Comedy", "laugh": "Comedy",
        "romantic": "Romance", "suspense": "Thriller", "suspenseful": "Thriller", "superhero": "Action",
        "superheroes": "Action", "kids": "Family", "kid": "Family", "children": "Family", "family": "Family",
        "disney": "Animation", "pixar": "Animation", "war": "War", "music": "Music", "detective": "Mystery",
        "crime": "Crime", "space": "Science Fiction", "aliens": "Science Fiction", "magic": "Fantasy",
    ]
}

/// Names numbered from 0 in the order of their first use, and which rows have each.
private struct Numbering {
    var numbers: [[Int32]] = []
    var names: [String: Int32] = [:]
    var rows: [[Int32]] = []

    init(_ lists: [[String]]) {
        for (row, list) in lists.enumerated() {
            numbers.append(
                unique(list).map { name in
                    let number = names[name] ?? Int32(names.count)
                    names[name] = number
                    if rows.count == Int(number) { rows.append([]) }
                    rows[Int(number)].append(Int32(row))
                    return number
                }
            )
        }
    }
}
