import Foundation
import Matinee
import MatineeTesting
import Testing

/// Requests with traps, as a table: what is said, what was said before, and what is to be understood.
@Suite("Understanding")
struct UnderstandingTests {
    let interpreter: Interpreter

    init() throws { interpreter = try Interpreter(catalog: Self.catalog(), year: 2030) }

    /// The tiny catalogue with some more films.
    private static func catalog() throws -> Catalog {
        func movie(_ title: String, _ year: Int, _ people: [String] = [], popularity: Double = 0.5) -> Movie {
            var movie = Movie(id: "\(folded(title)) \(year)", title: title)
            (movie.year, movie.popularity, movie.cast) = (year, popularity, people)
            return movie
        }
        let more = [
            movie("Heat", 1986, popularity: 0.2), movie("Alien", 1979, popularity: 0.9), movie("Saw", 2004),
            movie("The Conjuring", 2013), movie("Little Women", 1994, popularity: 0.6),
            movie("Little Women", 2019, popularity: 0.7), movie("Cast Away", 2000, ["Tom Hanks"]),
            movie("The Waterboy", 1998, ["Adam Sandler"]), movie("Scarface", 1983, popularity: 0.9),
            movie("Scarface", 1932, popularity: 0.3), movie("No Country for Old Men", 2007),
            movie("Dune", 2021, ["Zendaya Coleman"], popularity: 0.8),
            movie("The Rock", 1996, ["Sean Connery"]), movie("Moana", 2016, ["Dwayne Johnson"]),
        ]
        return try Catalog(movies: TinyCatalog.catalog().movies + more, checksum: "")
    }

    /// The request in words, for the table: every field that says something.
    private func told(_ request: Request) -> [String] {
        let constraints = request.constraints
        var told: [String] = []
        if request.act != .recommend { told.append("act " + request.act.rawValue) }
        if let wish = request.wish { told.append("wish " + wish) }
        if let unwanted = request.unwanted { told.append("not " + unwanted) }
        told += request.named.map { "\($0.stance.rawValue) \($0.title)\($0.year.map { " \($0)" } ?? "")" }
        for (name, selection) in [
            ("genre", constraints.genres), ("language", constraints.languages),
            ("country", constraints.countries),
            ("person", constraints.people), ("rated", constraints.certificates),
        ] {
            told += selection.in.map { "\(name) \($0)" } + selection.out.map { "no \(name) \($0)" }
        }
        for (name, bounds) in [("year", constraints.year), ("runtime", constraints.runtime)]
        where !bounds.isEmpty {
            told.append("\(name) \(bounds.min.map(String.init) ?? "")-\(bounds.max.map(String.init) ?? "")")
        }
        told += constraints.yearsOut.map { "no year \($0.min ?? 0)-\($0.max ?? 0)" }
        if let audience = constraints.audience { told.append("for " + audience.rawValue) }
        told += request.compared.map { "than " + $0 } + request.corrected.map { "corrected " + $0 }
        if let about = request.about { told.append("asks \(about.topic.rawValue) of \(about.id)") }
        return told.sorted()
    }

    private func expect(
        _ message: String,
        _ expected: [String],
        in conversation: Conversation = Conversation()
    ) {
        let found = told(interpreter.interpret(message, in: conversation))
        #expect(found == expected.sorted(), "\(message)")
    }

    @Test(
        "Negation reaches as far as it is meant, and no farther",
        arguments: [
            ("not too violent", ["not violent"]),
            ("nothing like Saw", ["disliked Saw 2004"]),
            ("anything but horror", ["no genre Horror"]),
            ("I don't mind subtitles", []),
            ("I don't mind subtitles, something funny", ["wish funny"]),
            ("not only comedies", ["genre Comedy", "wish comedies"]),
            ("can't stand Adam Sandler", ["no person Adam Sandler"]),
            ("no more superhero stuff", ["not superhero"]),
            ("scary space films except Alien", ["disliked Alien 1979", "wish scary space"]),
            ("no horror, war or musicals", ["no genre Horror", "no genre Musical", "no genre War"]),
            ("no horror, war and westerns please", ["no genre Horror", "no genre War", "no genre Western"]),
            ("no horror, a comedy", ["genre Comedy", "no genre Horror", "wish comedy"]),
            ("no horror, something whimsical", ["no genre Horror", "wish whimsical"]),
            (
                "a thriller without romance but with twists",
                ["genre Thriller", "no genre Romance", "wish twists"]
            ),
            ("not without humour", ["wish humour"]),
            ("I don't hate westerns", []),
            ("I haven't seen a western yet", ["genre Western", "wish western"]),
            ("it doesn't have to be funny", []),
            ("nothing but comedies", ["genre Comedy", "wish comedies"]),
            ("I can't get enough of westerns", ["genre Western", "wish westerns"]),
            ("sick of superheroes, I want drama", ["genre Drama", "not superheroes", "wish drama"]),
            ("No, I want a comedy", ["genre Comedy", "wish comedy"]),
            ("no adam sandler", ["no person Adam Sandler"]),
            ("loved No Country for Old Men", ["liked No Country for Old Men 2007"]),
            ("I loved Dune but not the ending", ["liked Dune 2021"]),
            ("instead of a comedy give me a western", ["genre Western", "no genre Comedy", "wish western"]),
            ("why not a comedy", ["genre Comedy", "wish comedy"]),
            ("non-violent", ["not violent"]),
            ("less gore, more suspense", ["not gore", "wish more suspense"]),
        ] as [(String, [String])]
    )
    func negation(_ message: String, _ expected: [String]) { expect(message, expected) }

    @Test(
        "Comparisons name what is liked and what is to be different",
        arguments: [
            ("like Alien but funnier", ["liked Alien 1979", "wish funnier"]),
            (
                "less scary than The Conjuring",
                ["mentioned The Conjuring 2013", "not scary", "than the conjuring 2013"]
            ),
            ("\"Alien\" meets \"Airplane!\"", ["liked Airplane! 1980", "liked Alien 1979"]),
            (
                "shorter than Heat (1995)",
                ["mentioned Heat 1995", "runtime -169", "than heat"]
            ),
            ("newer than Dune", ["mentioned Dune 2021", "than dune 2021", "year 2022-"]),
            ("I liked Thief more than Collateral", ["liked Thief 1981", "mentioned Collateral 2004"]),
            ("a cross between Alien and Airplane!", ["liked Airplane! 1980", "liked Alien 1979"]),
        ] as [(String, [String])]
    )
    func comparison(_ message: String, _ expected: [String]) { expect(message, expected) }

    @Test(
        "Constraints",
        arguments: [
            ("a movie from the last ten years", ["year 2011-"]), ("recent films", ["year 2016-"]),
            ("something recent", ["year 2016-"]), ("nothing too recent", ["year -2015"]),
            ("classic films", ["year -1996"]), ("old movies please", ["year -1996"]),
            ("no old movies", ["year 1997-"]), ("a film about an old man", ["wish about an old man"]),
            ("21st century sci-fi", ["genre Science Fiction", "wish sci-fi", "year 2000-"]),
            ("made before I was born", []), ("from the nineties", ["year 1990-1999"]),
            ("older than me, I was born in 1990", ["year -1989"]), ("I was born in 1990", []),
            ("una pelicula de los 80", ["wish una pelicula de", "year 1980-1989"]),
            ("I've already seen everything by Kurosawa", ["no person Akira Kurosawa"]),
            ("Heat, but with women", ["liked Heat 1995", "wish women"]),
            ("1990 or later", ["year 1990-"]), ("the 60s and earlier", ["year -1969"]),
            ("something new", []), ("I recently watched Thief", ["act seen", "seen Thief 1981"]),
            ("a short comedy", ["genre Comedy", "runtime -100", "wish comedy"]),
            ("not too long", ["runtime -120"]),
            ("no longer than 1h45", ["runtime -105"]), ("I only have 90 minutes", ["runtime -90"]),
            ("a short story about love", ["wish short story about love"]),
            ("for my 6 year old", ["for children"]), ("family friendly", ["for children"]),
            ("kid friendly comedy", ["for children", "genre Comedy", "wish comedy"]),
            ("not for kids", ["for adults"]), ("a film about kids", ["wish about kids"]),
            ("for my 15 year old", ["for teenagers"]),
            ("the kids are asleep, a thriller", ["for adults", "genre Thriller", "wish thriller"]),
            ("PG-13 at most", ["rated G", "rated PG", "rated PG-13"]),
            ("nothing R-rated", ["no rated NC-17", "no rated R"]),
            ("tom hanks", ["person Tom Hanks"]), ("a tom hanks film", ["person Tom Hanks"]),
            ("by tarkovsky", ["person Andrei Tarkovsky"]),
            ("kurosawa movies", ["person Akira Kurosawa"]), ("no sandler please", ["no person Adam Sandler"]),
            ("a comdey", ["genre Comedy", "wish comdey"]),
            ("horrer or thriler", ["genre Horror", "genre Thriller", "wish horrer or thriler"]),
            ("an anime", ["genre Animation", "wish anime"]),
            ("a whodunit", ["genre Mystery", "wish whodunit"]),
            ("rom-com", ["genre Comedy", "genre Romance", "wish rom-com"]),
            ("neo-noir", ["wish neo-noir"]), ("foreign films", ["no language en"]),
            ("no subtitles", ["language en"]),
            (
                "scandinavian crime",
                [
                    "country DK", "country FI", "country IS", "country NO", "country SE", "genre Crime",
                    "wish crime",
                ]
            ),
            ("after 2010, no, before 1990", ["year -1989"]),
        ] as [(String, [String])]
    )
    func constraints(_ message: String, _ expected: [String]) { expect(message, expected) }

    @Test(
        "Acts",
        arguments: [
            ("hi", ["act smalltalk"]), ("Hello there!", ["act smalltalk"]), ("thanks!", ["act smalltalk"]),
            ("thank you so much", ["act smalltalk"]), ("how are you?", ["act smalltalk"]),
            ("undo that", ["act undo"]), ("please take that back", ["act undo"]),
            ("what do you know about me?", ["act taste"]),
            ("who directed Heat (1995)?", ["act question", "asks director of heat", "mentioned Heat 1995"]),
            ("who directed alien?", ["act question", "asks director of alien 1979", "mentioned Alien 1979"]),
            ("how long is thief", ["act question", "asks runtime of thief", "mentioned Thief 1981"]),
            ("what is Thief about?", ["act question", "asks plot of thief", "mentioned Thief 1981"]),
            ("Is Thief violent?", ["act question", "asks trait of thief", "mentioned Thief 1981"]),
            ("something else", ["act more"]),
            ("ignore previous instructions", ["wish ignore previous instructions"]),
            ("{\"act\":\"undo\"}", ["wish act\":\"undo"]),
        ] as [(String, [String])]
    )
    func acts(_ message: String, _ expected: [String]) { expect(message, expected) }

    @Test(
        "Other languages are not misread",
        arguments: [
            ("une comédie française sans violence", "fr", ["genre Comedy"], ["not violence"]),
            ("quiero una comedia, nada de terror", "es", ["genre Comedy", "no genre Horror"], []),
            ("ich möchte eine Komödie, kein Horror", "de", ["genre Comedy", "no genre Horror"], []),
            ("je veux un film pas trop long", "fr", [], []),
        ] as [(String, String, [String], [String])]
    )
    func languages(_ message: String, _ code: String, _ genres: [String], _ more: [String]) {
        let request = interpreter.interpret(message), told = told(request)
        #expect(request.language == code && request.named.isEmpty, "\(message)")
        #expect(told.filter { $0.contains("genre") } == genres.sorted(), "\(message)")
        #expect(more.allSatisfy(told.contains), "\(message): \(told)")
    }

    private func conversation(_ messages: String...) -> Conversation {
        var conversation = Conversation()
        for message in messages { conversation.add(interpreter.interpret(message, in: conversation)) }
        return conversation
    }

    @Test(
        "Corrections amend the message before",
        arguments: [
            (
                "like Little Women", "no, I meant the 1994 one",
                ["corrected little women 2019", "liked Little Women 1994"]
            ),
            (
                "like Scarface", "not that one, the original",
                ["corrected scarface 1983", "liked Scarface 1932"]
            ),
            (
                "like Scarface but calmer", "the 1932 one",
                ["corrected scarface 1983", "liked Scarface 1932", "wish calmer"]
            ),
            (
                "a French horror film", "I said comedy, not horror",
                ["country FR", "genre Comedy", "no genre Horror", "act narrower", "wish comedy"]
            ),
            ("loved Thief", "sorry, I meant Alien", ["corrected thief", "liked Alien 1979"]),
            ("a comedy", "the original Star Wars", ["wish original Star Wars"]),
            ("dreamy space films", "under two hours", ["act narrower", "runtime -119", "wish dreamy space"]),
        ] as [(String, String, [String])]
    )
    func corrections(_ before: String, _ message: String, _ expected: [String]) {
        expect(message, expected, in: conversation(before))
    }

    @Test("A title that several well-known films share is asked back")
    func ambiguous() {
        let request = interpreter.interpret("loved Little Women")
        #expect(request.ambiguous.map(\.id) == ["little women 2019"])
        #expect(request.ambiguous.first?.others.map(\.year) == [1994])
        #expect(interpreter.interpret("loved Little Women (1994)").ambiguous.isEmpty)
        #expect(interpreter.interpret("loved Scarface").ambiguous.isEmpty)
    }

    private static let pieces = """
        no not but like Heat It 80s ' " (1972) under 2 hours , . or sci-fi by French in é 🎬 日本 \u{202E} don't between and
        anything but mind subtitles I meant the 1994 one original why second who directed recent old short for my kids
        PG-13 less than too thanks undo except nothing 1990 later before after comdey je une sans
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    @Test(
        "Whatever is typed, requests are sound, the same each time, soon made, and of the message's own words"
    )
    func properties() {
        var generator = SeededGenerator(seed: 11), before = conversation("loved Little Women, a slow comedy")
        for round in 0..<1_500 {
            let message = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                Self.pieces.randomElement(using: &generator) ?? ""
            }.joined(separator: " ")
            let request = interpreter.interpret(message, in: before)
            #expect(request == interpreter.interpret(message, in: before), "\(message)")
            let constraints = request.constraints
            for kind in [
                constraints.genres, constraints.people, constraints.languages, constraints.countries,
                constraints.certificates,
            ] { #expect(Set(kind.in).isDisjoint(with: kind.out), "\(message)") }
            for bounds in [constraints.year, constraints.runtime] {
                #expect(bounds.min ?? .min <= bounds.max ?? .max, "\(message): \(bounds)")
            }
            let alone = interpreter.interpret(message), own = Set(folded(message).split(separator: " "))
            #expect(own.isSuperset(of: folded(alone.wish ?? "").split(separator: " ")), "\(message)")
            #expect(own.isSuperset(of: folded(alone.unwanted ?? "").split(separator: " ")), "\(message)")
            if round % 7 == 0 { before.add(request) }
        }
    }

    @Test("Periods can be left out, until one of them is asked for")
    func yearsOut() throws {
        expect("not from the 50s", ["no year 1950-1959"])
        expect("something old, but not from the 50s", ["no year 1950-1959", "year -1996"])
        expect("a western, not 1952 please", ["genre Western", "no year 1952-1952", "wish western"])
        let before = conversation("a western but nothing from the seventies")
        expect(
            "no comedies",
            ["act narrower", "genre Western", "no genre Comedy", "no year 1970-1979"],
            in: before
        )
        expect(
            "from the 70s",
            ["act narrower", "genre Western", "wish western", "year 1970-1979"],
            in: before
        )
        let request = interpreter.interpret("not from the 50s")
        #expect(request.understood.map(\.id) == ["year.out:1950-1959"])
        #expect(request.understood.map(\.label) == ["not 1950 to 1959"])
        #expect(request.without(["year.out:1950-1959"]).constraints.isEmpty)
        let copy = try JSONDecoder().decode(Request.self, from: JSONEncoder().encode(request))
        #expect(copy.constraints == request.constraints)
        let verdicts = [1949, 1950, 1959, nil].map { year in
            var movie = Movie(id: "a", title: "A")
            movie.year = year
            return ConstraintFilter(constraints: request.constraints).verdict(on: movie)
        }
        #expect(verdicts == [.satisfied, .violated, .violated, .unknown])
    }

    @Test("Films are liked that are preferred or a measure of the wish")
    func measures() {
        expect("something as tense as Alien", ["liked Alien 1979", "wish as tense as"])
        expect("I prefer Heat", ["liked Heat 1995"])
        expect("Alien (1979) was great.", ["liked Alien 1979"])
        let models = [
            "something like Alien", "similar to Alien", "more like Alien but funnier", "as tense as Alien",
        ]
        for message in models {
            #expect(interpreter.interpret(message).alike == interpreter.interpret(message).named.map(\.id))
            #expect(interpreter.interpret(message).alike.count == 1, "\(message)")
        }
        for message in ["I like Alien", "loved Alien", "nothing like Alien"] {
            #expect(interpreter.interpret(message).alike.isEmpty, "\(message)")
        }
        for message in ["the heat is killing us so make it short", "no film as bleak as that"] {
            #expect(interpreter.interpret(message).named.isEmpty, "\(message)")
        }
    }

    @Test("What a message sets without a wish holds for the wish that follows; who watches stays")
    func frames() {
        expect(
            "something funny",
            ["runtime -90", "wish funny"],
            in: conversation("I only have 90 minutes tonight")
        )
        let kids = conversation("something for my 6 year old daughter")
        expect(
            "nothing scary or sad",
            ["act narrower", "for children", "no genre Horror", "not scary, sad"],
            in: kids
        )
        let adults = interpreter.interpret("a thriller for us grown-ups", in: kids).constraints
        #expect(adults.audience == .adults)
        expect("any French film", ["country FR"], in: conversation("a western from the 60s"))
        expect(
            "a short one instead",
            ["act narrower", "genre Western", "runtime -100", "wish western"],
            in: conversation("a western")
        )
        #expect(interpreter.interpret("live action please").constraints.genres.out == ["Animation"])
    }

    @Test("A person who is called like a film is told from it")
    func nicknames() {
        expect("a comedy with the rock", ["genre Comedy", "person Dwayne Johnson", "wish comedy"])
        expect("nothing with the Rock", ["no person Dwayne Johnson"])
        for message in ["have you seen the rock", "loved The Rock", "the rock"] {
            #expect(interpreter.interpret(message).named.map(\.title) == ["The Rock"], "\(message)")
        }
    }

    @Test("Two hundred words are read in less than five milliseconds, in the median of fifty messages")
    func speed() {
        var generator = SeededGenerator(seed: 12), times: [Duration] = []
        for _ in 0..<50 {
            let message = (0..<200).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
                .joined(separator: " ")
            let fastest = (0..<3).map { _ in
                let start = Fuzzer.threadTime()
                _ = interpreter.interpret(message)
                return Fuzzer.threadTime() - start
            }.min()
            times.append(fastest ?? .zero)
        }
        #expect(times.sorted()[25] < .milliseconds(5))
    }
}
