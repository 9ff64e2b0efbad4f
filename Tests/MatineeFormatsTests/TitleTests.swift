import Foundation
import Matinee
import MatineeFormats
import MatineeTesting
import Testing

@Suite("Titles")
struct TitleTests {
    @Test(
        "Titles are put in reading order and taken apart",
        arguments: [
            ("Matrix, The (1999)", "The Matrix", [], 1999),
            (
                "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
                "The City of Lost Children",
                ["La Cité des enfants perdus"], 1995
            ),
            ("Seven (a.k.a. Se7en) (1995)", "Seven", ["Se7en"], 1995),
            (
                "Elevator to the Gallows (a.k.a. Frantic) (Ascenseur pour l'échafaud) (1958)",
                "Elevator to the Gallows", ["Frantic", "Ascenseur pour l'échafaud"], 1958
            ),
            ("Avventura, L' (Adventure, The) (1960)", "L'Avventura", ["The Adventure"], 1960),
            ("X (Un été, aka One Summer) (1990)", "X", ["Un été", "One Summer"], 1990),
            (
                "Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
                "Birdman: Or (The Unexpected Virtue of Ignorance)", [], 2014
            ),
            ("(500) Days of Summer (2009)", "(500) Days of Summer", [], 2009),
            ("Kill Bill (Vol. 1) (2003)", "Kill Bill (Vol. 1)", [], 2003),
            ("Project A ('A' gai waak) (1983)", "Project A", ["'A' gai waak"], 1983),
            ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", [], 2006),
            ("Doctor Who (2005– )", "Doctor Who", [], 2005), ("Babylon 5", "Babylon 5", [], nil),
            ("Assembly (Ji jie hao) (2007) ", "Assembly", ["Ji jie hao"], 2007),
            ("Land Before Time III (1995) (V)", "Land Before Time III", [], 1995),
            ("Oh, God! (1977)", "Oh, God!", [], 1977), ("2012 (2009)", "2012", [], 2009),
            ("1984", "1984", [], nil), ("(1999)", "(1999)", [], nil), (")", ")", [], nil),
            ("Host, The (Gwoemul (Monster)) (2006)", "The Host", ["Gwoemul (Monster)"], 2006),
            ("", "", [], nil), ("The", "The", [], nil), (", The", ", The", [], nil),
        ] as [(String, String, [String], Int?)]
    )
    func examples(_ text: String, _ title: String, _ aliases: [String], _ year: Int?) {
        let found = TitleParser(text)
        #expect(found.title == title && found.aliases == aliases && found.year == year, "\(found)")
    }

    @Test("An article of any language goes to the front", arguments: TitleParser.articles.sorted())
    func articles(_ article: String) {
        let space = article.hasSuffix("'") || article.hasSuffix("’") ? "" : " "
        for name in ["Ciel", "Man, the Boy and I", "400 Blows"] {
            let found = TitleParser("\(name), \(article.capitalized) (Other, \(article)) (1995)")
            #expect(found.title == article.capitalized + space + name)
            #expect(found.aliases == [article + space + "Other"] && found.year == 1995)
        }
    }

    @Test(
        "Any text gives a title, which is printable and stays as it is",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func anything() async {
        let examples = ["Host, The (Gwoemul (Monster)) (2006)", "A (a.k.a. B) (C, La) (1995–1996)"]
        let failures = await Fuzzer.failures { fuzzer in
            let text = fuzzer.oneIn(3) ? fuzzer.text(upTo: 40) : fuzzer.spoilt(fuzzer.one(of: examples))
            let found = TitleParser(text)
            if found.title.isEmpty, !printable(text).isEmpty { return "\(text) has no title" }
            let all = [found.title] + found.aliases
            if let odd = all.first(where: { $0 != printable($0) }) { return "“\(odd)” of \(text)" }
            return Set(all).count == all.count ? nil : "\(all) of \(text)"
        }
        #expect(failures == [])
    }

    @Test("A title of a hundred thousand brackets is read at once", .timeLimit(.minutes(1)))
    func brackets() {
        let text = String(repeating: "(", count: 100_000) + "a" + String(repeating: ")", count: 100_000)
        #expect(TitleParser(text).title == text)
    }
}
