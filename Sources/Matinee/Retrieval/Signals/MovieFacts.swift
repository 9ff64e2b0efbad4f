import Foundation

/// What the signals need of the catalogue beside vectors, made once.
struct MovieFacts: Sendable {
    /// For each movie the numbers of its genres, actors and directors, and of the telling words of its title.
    let genres: [[Int32]]
    let cast: [[Int32]]
    let directors: [[Int32]]
    let titleWords: [[Int32]]

    /// The numbers of genres by the hashes of their names.
    let genreNumbers: [UInt64: Int32]
    let castMovies: [[Int32]]
    let directorMovies: [[Int32]]
    let titleMovies: [[Int32]]
    /// The numbers of people, by the hashes of their folded names of two words or more.
    private let peopleNamed: [UInt64: [(isDirector: Bool, number: Int32)]]
    private let longestName: Int

    init(_ catalog: Catalog) {
        let movies = catalog.movies
        func numbering(_ names: (Movie) -> [String]) -> Numbering {
            Numbering(movies.map { names($0).map(textHash) })
        }
        let genres = numbering(\.genres), cast = numbering(\.cast), directors = numbering(\.directors)
        let titles = Numbering(movies.map { Self.titleWords($0.title) })
        (self.genres, genreNumbers) = (genres.numbers, genres.known)
        (self.cast, castMovies) = (cast.numbers, cast.rows)
        (self.directors, directorMovies) = (directors.numbers, directors.rows)
        (titleWords, titleMovies) = (titles.numbers, titles.rows)
        var people: [UInt64: [(isDirector: Bool, number: Int32)]] = [:], longest = 0
        for (isDirector, numbering) in [(false, cast), (true, directors)] {
            for (number, first) in numbering.firsts.enumerated() {
                let movie = movies[first.row],
                    name = folded((isDirector ? movie.directors : movie.cast)[first.place])
                let words = name.utf8.count { $0 == UInt8(ascii: " ") } + 1
                if words > 1 { people[textHash(name), default: []].append((isDirector, Int32(number))) }
                longest = max(longest, words)
            }
        }
        (peopleNamed, longestName) = (people, min(5, longest))
    }

    /// The words of a title that tell films apart, by their hashes.
    private static func titleWords(_ title: String) -> [UInt64] {
        wordHashes(in: folded(title)).filter { !smallWords.contains($0) }
    }

    private static let smallWords = Set(wordHashes(in: "the a an of and in to"))

    /// How many of its people each movie has among those that the words name; empty where none is named.
    func named(in words: [Substring]) -> [Int32: Float] {
        var counts: [Int32: Float] = [:], seen: Set<String> = []
        for start in words.indices where longestName > 1 {
            for length in 2...longestName where start + length <= words.count {
                let phrase = words[start..<start + length].joined(separator: " ")
                guard let people = peopleNamed[textHash(phrase)], seen.insert(phrase).inserted else {
                    continue
                }
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
                    if let number = genreNumbers[textHash(genre)] { found.insert(number) }
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
    var rows: [[Int32]] = []
    /// The number of each name, by its hash.
    var known: [UInt64: Int32] = [:]
    /// Where each name stands first: the row, and the place in its list.
    var firsts: [(row: Int, place: Int)] = []

    /// - Parameter lists: the names of each row, by their hashes; a name that a row has twice counts once.
    init(_ lists: [[UInt64]]) {
        for (row, list) in lists.enumerated() {
            var found: [Int32] = []
            for (place, name) in list.enumerated() {
                let number = number(of: name, at: (row, place))
                guard rows[Int(number)].last != Int32(row) else { continue }
                rows[Int(number)].append(Int32(row))
                found.append(number)
            }
            numbers.append(found)
        }
    }

    private mutating func number(of name: UInt64, at place: (Int, Int)) -> Int32 {
        if let number = known[name] { return number }
        let number = Int32(firsts.count)
        known[name] = number
        firsts.append(place)
        rows.append([])
        return number
    }
}
