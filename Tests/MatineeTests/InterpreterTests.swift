import Matinee
import MatineeTesting
import Testing

@Suite("Interpreter")
struct InterpreterTests {
    let interpreter: Interpreter

    init() throws { interpreter = try Interpreter(catalog: TinyCatalog.catalog()) }

    private func named(_ message: String) -> [String: Stance] {
        Dictionary(uniqueKeysWithValues: interpreter.interpret(message).named.map { ($0.id, $0.stance) })
    }

    @Test(
        "Films are named with a stance",
        arguments: [
            (
                "loved Heat and Collateral, seen Thief",
                ["heat": Stance.liked, "collateral": .liked, "thief": .seen]
            ),
            ("something like Amélie but darker, no musicals", ["amelie": .liked]),
            ("something like amelie", ["amelie": .liked]),
            ("a comedy from the 80s under 100 minutes, I have seen Airplane!", ["airplane": .seen]),
            ("I didn't like Heat", ["heat": .disliked]),
            ("I don't really like Heat", ["heat": .disliked]),
            ("nothing like Collateral please", ["collateral": .disliked]),
            ("I hated Spaceballs but loved Ghostbusters", ["spaceballs": .disliked, "ghostbusters": .liked]),
            ("Heat was great", ["heat": .liked]),
            ("Heat was not good", ["heat": .disliked]),
            (
                "I've already seen Heat, Thief and Collateral",
                ["heat": .seen, "thief": .seen, "collateral": .seen]
            ),
            ("I haven't seen Heat", ["heat": .mentioned]),
            ("loved Solaris (1972)", ["solaris-1972": .liked]),
            ("loved Solaris 2002", ["solaris-2002": .liked]),
            ("loved solaris", ["solaris-1972": .liked]),
            ("the umbrellas of cherbourg", ["umbrellas": .mentioned]),
            ("I hate horror but loved Heat", ["heat": .liked]), ("Heat but funnier", ["heat": .liked]),
            ("I hate horror. I loved Heat", ["heat": .liked]),
            ("no musicals, loved Heat", ["heat": .liked]),
            ("no horror, something like Heat", ["heat": .liked]),
            ("loved the unknown reel", ["unknown": .liked]),
            ("films like \"It\"", ["it": .liked]),
            ("just watched It, want more horror clowns", ["it": .seen]),
            ("I was bored by Collateral", ["collateral": .disliked]),
            ("What about Thief?", ["thief": .mentioned]),
            (
                "my favourites: Heat, Thief and Collateral",
                ["heat": .liked, "thief": .liked, "collateral": .liked]
            ),
            ("Not a big fan of Heat", ["heat": .disliked]),
            ("I loved Heat, Thief not so much", ["heat": .liked, "thief": .disliked]),
            ("more like Heat, less like Thief", ["heat": .liked, "thief": .disliked]),
            ("never seen Heat, is it good?", ["heat": .mentioned]),
            ("seen heat, loved it. seen thief too, hated it", ["heat": .liked, "thief": .disliked]),
            ("loved Heat, not Thief", ["heat": .liked, "thief": .disliked]),
            ("I couldn't get through Heat", ["heat": .disliked]),
            ("Collateral wasn't for me", ["collateral": .disliked]),
            ("Seen Thief, want more like it", ["thief": .liked]),
            ("I liked Heat but not Heat 3", ["heat": .liked]),
            ("Collateral put me to sleep", ["collateral": .disliked]),
        ]
    )
    func stances(_ message: String, _ expected: [String: Stance]) {
        #expect(named(message) == expected, "\(message)")
    }

    @Test(
        "Words of everyday talk are not taken for titles",
        arguments: [
            "I love it", "is it any good", "a film with a lot of heat in it", "a thief who regrets",
            "I want it dark and slow",
            "Something with thieves", "the heat of the night", "I love heat waves and summer",
            "Heat Wave Summer",
        ]
    )
    func noTitles(_ message: String) { #expect(named(message).isEmpty, "\(message)") }

    private func years(_ message: String) -> [Int?] {
        let year = interpreter.interpret(message).constraints.year
        return [year.min, year.max]
    }

    @Test(
        "Years and decades become bounds",
        arguments: [
            ("a comedy from the 80s", [1980, 1989]), ("1980s horror", [1980, 1989]),
            ("from the '80s", [1980, 1989]),
            ("the 80's", [1980, 1989]), ("eighties action", [1980, 1989]),
            ("late 90s thriller", [1996, 1999]),
            ("early seventies", [1970, 1973]), ("before 1960", [nil, 1959]), ("after 2010", [2011, nil]),
            ("since 2010", [2010, nil]), ("between 1990 and 1995", [1990, 1995]),
            ("1990-1995", [1990, 1995]),
            ("from 1994", [1994, 1994]), ("older than 1950", [nil, 1949]), ("the 2010s", [2010, 2019]),
            ("90s or 2000s", [1990, 2009]), ("no movies before 2000", [2000, nil]),
            ("nothing older than 2010", [2010, nil]),
            ("nothing after 1990", [nil, 1990]), ("don't show me anything before 1990", [1990, nil]),
            ("not before 1980", [1980, nil]),
            ("before the 60s", [nil, 1959]), ("up to 1950", [nil, 1950]), ("not from the 80s", [nil, nil]),
            ("a heist film", [nil, nil]), ("in the year 3000", [nil, nil]),
        ] as [(String, [Int?])]
    )
    func years(_ message: String, _ expected: [Int?]) { #expect(years(message) == expected, "\(message)") }

    @Test(
        "Lengths become bounds",
        arguments: [
            ("under two hours", [nil, 119]), ("under 100 minutes", [nil, 99]),
            ("less than 2 hours", [nil, 119]),
            ("at most 90 min", [nil, 90]), ("1h30 max", [nil, 90]), ("1h30 or less", [nil, 90]),
            ("90 minutes or less", [nil, 90]),
            ("no longer than 2h", [nil, 120]), ("over two and a half hours", [151, nil]),
            ("at least 2.5 hours", [150, nil]),
            ("longer than an hour and a half", [91, nil]), ("between friends for 2 hours", [nil, nil]),
            ("under 1 hour 40 minutes", [nil, 99]), ("not more than 95min", [nil, 95]),
            ("nothing longer than 100 minutes", [nil, 100]),
            ("no films longer than 2 hours", [nil, 120]), ("nothing over 2 hours", [nil, 120]),
            ("nothing under 90 minutes", [90, nil]),
            ("between 90 and 120 minutes", [90, 120]), ("from 5 to 100 minutes", [5, 100]),
            ("between 1 and 2 hours", [60, 120]), ("around 0 minutes", [0, 15]),
            ("around 2 hours", [105, 135]),
            ("shorter please", [nil, 100]),
        ] as [(String, [Int?])]
    )
    func runtimes(_ message: String, _ expected: [Int?]) {
        let runtime = interpreter.interpret(message).constraints.runtime
        #expect([runtime.min, runtime.max] == expected, "\(message)")
    }

    @Test(
        "Genres are asked for or ruled out",
        arguments: [
            ("slow atmospheric sci-fi", ["Science Fiction"], []),
            ("no horror or musicals", [], ["Horror", "Musical"]),
            ("anything but westerns", [], ["Western"]), ("a romantic comedy", ["Romance", "Comedy"], []),
            ("a comedy without romance", ["Comedy"], ["Romance"]), ("I hate horror", [], ["Horror"]),
            ("not a comedy but a thriller", ["Thriller"], ["Comedy"]),
            ("I don't want a drama", [], ["Drama"]),
            ("not just comedies", ["Comedy"], []), ("funny", [], []),
            ("not more than 2 hours, comedy", ["Comedy"], []),
            ("comedy but not romantic comedy", ["Comedy"], ["Romance"]),
            ("non-English thriller", ["Thriller"], []),
            ("not before 1980, war movie", ["War"], []), ("in a western city", [], []),
            ("no slashers", [], []), ("science fiction", ["Science Fiction"], []),
        ]
    )
    func genres(_ message: String, _ wanted: [String], _ out: [String]) {
        let genres = interpreter.interpret(message).constraints.genres
        #expect(Set(genres.in) == Set(wanted) && Set(genres.out) == Set(out), "\(message): \(genres)")
    }

    @Test("One of several genres is enough where the message says or")
    func either() {
        #expect(interpreter.interpret("a comedy or a western").constraints.genres.any)
        #expect(!interpreter.interpret("a romantic comedy").constraints.genres.any)
    }

    @Test("Languages, countries and people become constraints")
    func names() {
        #expect(interpreter.interpret("a French comedy").constraints.countries.in == ["FR"])
        #expect(interpreter.interpret("films from South Korea").constraints.countries.in == ["KR"])
        #expect(interpreter.interpret("something in Japanese").constraints.languages.in == ["ja"])
        #expect(interpreter.interpret("no American films").constraints.countries.out == ["US"])
        #expect(interpreter.interpret("by Akira Kurosawa").constraints.people.in == ["Akira Kurosawa"])
        #expect(interpreter.interpret("a Kurosawa film").constraints.people.in == ["Akira Kurosawa"])
        #expect(interpreter.interpret("directed by michael mann").constraints.people.in == ["Michael Mann"])
        #expect(interpreter.interpret("in French or German").constraints.languages.in == ["fr", "de"])
        #expect(interpreter.interpret("a thriller but not from the US").constraints.countries.out == ["US"])
        #expect(interpreter.interpret("non-English thriller").constraints.languages.out == ["en"])
        #expect(interpreter.interpret("no more Kurosawa please").constraints.people.out == ["Akira Kurosawa"])
        #expect(interpreter.interpret("let us watch it").constraints.isEmpty)
        #expect(interpreter.interpret("anything without Tom Cruise").constraints.people.out == ["Tom Cruise"])
    }

    @Test(
        "The wish keeps what no constraint says",
        arguments: [
            ("I like slow atmospheric sci-fi", "slow atmospheric"),
            ("a comedy under 100 minutes, I have seen Airplane!", "comedy"),
            ("a comedy from the 80s under 100 minutes", "comedy"),
            ("something like Amélie but darker, no musicals", "darker"),
            ("loved Heat and Collateral, seen Thief", nil),
            ("", nil), ("   ", nil), ("hi", nil), ("recommend me a good movie please", nil),
            ("feel-good film for a rainy sunday", "feel-good for a rainy sunday"),
            ("a twist ending, nothing before 1990", "twist ending"),
            ("Heat put me to sleep, need something faster", "faster"), ("my favorites: Heat, Thief", nil),
            ("a film about a robot who falls in love", "about a robot who falls in love"),
        ] as [(String, String?)]
    )
    func wishes(_ message: String, _ expected: String?) {
        #expect(interpreter.interpret(message).wish == expected, "\(message)")
    }

    @Test(
        "Titles that the catalogue does not have are counted, and stay out of the wish",
        arguments: [
            ("loved Heat, hated Zardoz", 1, nil), ("something like Blade Kitten but darker", 1, "darker"),
            ("loved Heat and seen Thief", 0, nil), ("I loved the music", 0, "music"),
            ("I have watched French films", 0, nil),
            ("something like a Western", 0, "Western"), ("seen Zardoz. A heist film", 1, "heist"),
        ] as [(String, Int, String?)]
    )
    func unknownTitles(_ message: String, _ count: Int, _ wish: String?) {
        let request = interpreter.interpret(message)
        #expect(request.unknownTitles == count && request.wish == wish, "\(message): \(request)")
    }

    @Test("What is not wanted stays out of the wish")
    func unwanted() {
        let request = interpreter.interpret("a tense story, not too violent")
        #expect(request.unwanted == "violent" && request.wish == "tense story")
        #expect(
            interpreter.interpret("I loved Heat but it was too violent, something calmer").unwanted
                == "violent"
        )
        #expect(interpreter.interpret("like Heat but less violent").unwanted == "violent")
        #expect(interpreter.interpret("less than two hours").unwanted == nil)
        #expect(
            interpreter.interpret("without ghosts or haunted houses").unwanted == "ghosts, haunted houses"
        )
        #expect(interpreter.interpret("no time travel please").unwanted == "time travel")
        #expect(interpreter.interpret("not a story about dogs").unwanted == "dogs")
    }

    @Test(
        "People are asked for, unless the words only say who is in a film that is named",
        arguments: [
            ("loved Heat (with Al Pacino)", []), ("Heat with Al Pacino was good", []),
            ("loved Heat (1995) starring Robert De Niro, what else?", []),
            ("something like Heat with Tom Cruise", ["Tom Cruise"]), ("Al Pacino films", ["Al Pacino"]),
            ("great movie", []), ("Great movie!", []), ("it was a great movie", []),
            ("some Mann films", ["Michael Mann"]),
        ]
    )
    func people(_ message: String, _ expected: [String]) {
        #expect(interpreter.interpret(message).constraints.people.in == expected, "\(message)")
    }

    @Test("Of three genres or more that are told off, one is enough")
    func listedGenres() {
        for (message, any) in [
            ("action, comedy, horror", true), ("I like action, comedy and horror", true),
            ("an action comedy", false), ("comedy and horror", false), ("comedy, horror", false),
        ] {
            #expect(interpreter.interpret(message).constraints.genres.any == any, "\(message)")
        }
    }

    @Test("A message that only constrains narrows the one before; exclusions stay")
    func narrowing() {
        var conversation = Conversation()
        conversation.add(interpreter.interpret("slow space films, no horror"))
        let narrowed = interpreter.interpret("under two hours", in: conversation)
        #expect(narrowed.wish == "slow space" && narrowed.constraints.runtime.max == 119)
        #expect(narrowed.constraints.genres.out == ["Horror"])
        let other = interpreter.interpret("whimsical stories in paris", in: conversation)
        #expect(other.wish == "whimsical stories in paris" && other.constraints.genres.out == ["Horror"])
        #expect(interpreter.interpret("a horror after all", in: conversation).constraints.genres.out.isEmpty)
        #expect(interpreter.interpret("but scarier", in: conversation).wish == "slow space, scarier")
        conversation.add(interpreter.interpret("a 90s comedy under 100 minutes, funny", in: conversation))
        let drama = interpreter.interpret("make it a drama instead", in: conversation).constraints
        #expect(drama.genres.in == ["Drama"] && drama.year.min == 1990 && drama.runtime.max == 99)
        #expect(interpreter.interpret("shorter please", in: conversation).wish == "funny")
        #expect(!interpreter.interpret("don't show me Heat again").allowsRepeats)
        #expect(interpreter.interpret("show me those again", in: conversation).allowsRepeats)
        conversation.add(interpreter.interpret("slow space films", in: conversation))
        let more = interpreter.interpret("more please", in: conversation)
        #expect(more.act == .more && more.wish == "slow space")
    }

    @Test("Whatever is typed, reading ends and never crashes")
    func anything() {
        var generator = SeededGenerator(seed: 3)
        let pieces = [
            "no", "not", "but", "like", "Heat", "It", "80s", "'", "\"", "(1972)", "under", "2", "hours", ",",
            ".", "or",
            "sci-fi", "by", "French", "in", "\u{0}", "é", "e\u{301}", "🎬", "日本", "\u{202E}", "t", "between",
            "and",
        ]
        for _ in 0..<3_000 {
            let words = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }
            let request = interpreter.interpret(
                words.joined(separator: Bool.random(using: &generator) ? " " : "")
            )
            #expect(Set(request.constraints.genres.in).isDisjoint(with: request.constraints.genres.out))
        }
        _ = interpreter.interpret(String(repeating: "loved Heat and ", count: 10_000))
    }
}
