import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Titles in messages")
struct TitleLinkerTests {
    private static let catalog = Result { try Catalog(contentsOf: StarterCatalog.url()) }
    private static let starter = Result { try TitleLinker(catalog.get()) }

    private let catalog: Catalog
    private let linker: TitleLinker

    init() throws {
        catalog = try Self.catalog.get()
        linker = try Self.starter.get()
    }

    private func labels(_ message: String) -> [String] {
        linker.links(in: message).map { catalog[$0.row].label }
    }

    @Test("Every title with its year names its film, in any case")
    func everyTitle() {
        var wrong: [String] = []
        for (row, movie) in catalog.movies.enumerated() where movie.year != nil {
            for text in [movie.label, movie.label.lowercased(), movie.label.uppercased()] {
                if linker.links(in: text).map(\.row) != [row] { wrong.append(text) }
            }
        }
        #expect(wrong == [])
    }

    @Test("Every title inside a sentence names its film or offers it")
    func everyTitleInside() {
        let missed = catalog.movies.enumerated().filter { row, movie in
            let links = linker.links(in: "have you watched \(movie.title), it is said to be good")
            return !links.contains { $0.row == row || $0.alternatives.contains(row) }
        }
        #expect(missed.count <= catalog.count / 100, "\(missed.map(\.element.title))")
    }

    @Test("One slip in a long word of a title is read over")
    func slips() {
        var random = SeededGenerator(seed: 5), right = 0
        let long = catalog.movies.indices.filter {
            catalog[$0].title.wholeMatch(of: /[A-Za-z ]{12,30}/) != nil
        }
        let sample = (0..<300).compactMap { _ in long.randomElement(using: &random) }
        for row in sample {
            var letters = Array(catalog[row].title)
            let words = catalog[row].title.split(separator: " "),
                word = words.max { $0.count < $1.count } ?? ""
            let start = catalog[row].title.distance(from: catalog[row].title.startIndex, to: word.startIndex)
            letters.remove(at: start + Int.random(in: 1..<max(2, word.count), using: &random))
            let links = linker.links(in: "loved \(String(letters))")
            right += links.contains { $0.row == row || $0.alternatives.contains(row) } ? 1 : 0
        }
        #expect(sample.count == 300 && right >= 270, "\(right) of \(sample.count)")
    }

    @Test("Links are in order, share no words, and end in bounded time, whatever is typed")
    func anything() async throws {
        let titles = catalog.movies.map(\.title), count = catalog.count, linker = linker
        let failures = await Fuzzer.failures { fuzzer in
            let parts = (0...fuzzer.number(upTo: 6)).map { _ in
                fuzzer.oneIn(3) ? fuzzer.text(upTo: 40) : fuzzer.one(of: titles)
            }
            let joined = parts.joined(separator: fuzzer.one(of: [" ", ", ", " and ", "", " (1999) "]))
            let text = fuzzer.oneIn(2) ? fuzzer.spoilt(joined) : joined
            let links = linker.links(in: text)
            let inOrder = zip(links, links.dropFirst()).allSatisfy {
                $0.place.upperBound <= $1.place.lowerBound
            }
            let rows = links.flatMap { [$0.row] + $0.alternatives }
            let isSound = inOrder && rows.allSatisfy { (0..<count).contains($0) }
            return isSound ? nil : "\(text.debugDescription) gives \(links)"
        }
        #expect(failures == [])
    }

    @Test("The worst messages of the longest length are read in a moment")
    func hostile() {
        var random = SeededGenerator(seed: 2)
        let unknown = (0..<500).map { _ in
            String((0..<9).map { _ in "abcdefghijklmnopqrst".randomElement(using: &random) ?? "a" })
        }
        let worst = [
            "a ", "the ", "and ", "star wars ", "harry potter and the ", "alien ", "2 ", "part ", "'s ",
            "interstelar ",
        ]
        for text in worst.map({ String(repeating: $0, count: 4_000 / $0.count) }) + [
            unknown.joined(separator: " ")
        ] {
            let start = Fuzzer.threadTime()
            _ = linker.links(in: text)
            #expect(Fuzzer.threadTime() - start < .milliseconds(500), "\(text.prefix(20))")
        }
    }

    @Test(
        "Titles are found as people write them",
        arguments: [
            ("something like Interstelar but shorter", ["Interstellar (2014)"]),
            ("goodfelas", ["Goodfellas (1990)"]),
            ("shawshank redemtion", ["The Shawshank Redemption (1994)"]),
            ("pulp ficton was great", ["Pulp Fiction (1994)"]), ("amelie", ["Amélie (2001)"]),
            ("what about The Godfather part II", ["The Godfather Part II (1974)"]),
            ("godfather 2", ["The Godfather Part II (1974)"]), ("rocky 4 please", ["Rocky IV (1985)"]),
            ("toy story three", ["Toy Story 3 (2010)"]), ("schindlers list", ["Schindler's List (1993)"]),
            ("spiderman", ["Spider-Man (2002)"]), ("Dr. Strangelove", ["Dr. Strangelove (1964)"]),
            ("mad max fury road", ["Mad Max: Fury Road (2015)"]),
            ("crouching tiger", ["Crouching Tiger, Hidden Dragon (2000)"]),
            ("the 1982 thing", ["The Thing (1982)"]), ("solaris from 1972", ["Solaris (1972)"]),
            ("Solaris, 1972", ["Solaris (1972)"]), ("I loved Up", ["Up (2009)"]),
            ("I loved \"her\"", ["Her (2013)"]),
            ("loved Heat and Collateral, seen Thief", ["Heat (1995)", "Collateral (2004)", "Thief (1981)"]),
            ("I LIKED ALIEN AND THE SHINING", ["Alien (1979)", "The Shining (1980)"]),
            ("like In the Mood for Love but happier", ["In the Mood for Love (2000)"]),
            ("lotr", ["The Lord of the Rings: The Fellowship of the Ring (2001)"]),
            ("Heat (1971)", []), ("liked Heat 3", []),
        ]
    )
    func written(_ message: String, _ expected: [String]) {
        #expect(labels(message) == expected, "\(message)")
    }

    @Test("A series stands for its first or best-known film and offers the others, uncertainly")
    func series() throws {
        let link = try #require(linker.links(in: "the Harry Potter movies").first)
        #expect(catalog[link.row].title.hasPrefix("Harry Potter and the"))
        #expect(!link.isCertain && link.alternatives.count >= 2)
        #expect(link.alternatives.allSatisfy { catalog[$0].title.hasPrefix("Harry Potter") })
    }

    @Test("Of films of one title the year, then what else is said, decides; the others are offered")
    func ambiguity() throws {
        let catalog = try TinyCatalog.catalog(), linker = TitleLinker(catalog)
        let films = catalog.movies.indices.filter { catalog[$0].title == "Solaris" }
        try #require(films.count == 2)
        for row in films {
            let dated = try #require(linker.links(in: "loved \(catalog[row].label)").first)
            #expect(dated.row == row && dated.isCertain)
            let made = try #require(linker.links(in: "loved Solaris by \(catalog[row].directors[0])").first)
            #expect(made.row == row && made.alternatives == films.filter { $0 != row })
        }
    }

    @Test("Words of everyday wishes name no film", arguments: wishes)
    func noTitles(_ wish: String) {
        #expect(labels(wish) == [], "\(wish)")
        #expect(labels(wish.prefix(1).uppercased() + wish.dropFirst() + ".") == [], "\(wish)")
    }

    private static let wishes = [
        "a slow ghost story", "it was a good year for films", "have you seen it", "something with heat in it",
        "a funny movie for kids", "something scary tonight", "a thriller with a twist",
        "a film about the end of the world",
        "I want to laugh and cry", "something dark and slow", "a love story that ends badly",
        "my wife wants a drama",
        "we are up for anything", "tell her what to watch", "a quiet film about a father and his daughter",
        "a big city at night", "a summer film with friends", "an easy comedy for a rainy sunday",
        "no war please", "not too violent", "anything but horror", "a heist gone wrong",
        "a road trip across america",
        "a fight to the death", "funny and warm, for the whole family", "a space adventure with aliens in it",
        "a film with a strong woman", "a true story about a king", "something about the sea and a storm",
        "a mystery in a small town", "a spy thriller from the cold war", "a film that makes me think",
        "short, under ninety minutes", "a western with a lone gunman", "black and white, please",
        "a French film about love", "an old classic that I have not seen", "I need a hug",
        "give me something fast and loud", "a robot who wants to be loved", "a monster in the house",
        "cooking and friendship", "a journalist who uncovers a crime", "what is good on a date night",
        "I am tired and want to sleep soon", "a coming of age story", "we watched that one last week",
        "more like the second one", "less blood than that", "who directed it", "why did you pick this",
        "a lonely man in the snow", "music and dance", "a train, a murder and a detective",
        "kids who go on an adventure", "a sad clown", "revenge, but with humour", "a game that turns deadly",
        "time travel without headaches", "a happy end", "oh god!", "sure thing",
        "is it about the Manhattan project", "more of a thriller than anything else",
        "something with the Rock", "the one with the Rock in it",
    ]
}
