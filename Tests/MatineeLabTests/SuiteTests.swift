import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("A suite of conversations")
struct SuiteTests {
    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Benchmarks/suite.json")

    /// A suite of one conversation in a file of its own.
    private func suite(_ json: String, _ catalog: Catalog) throws -> Suite {
        let folder = try TemporaryFolder(), file = folder.url.appending(path: "suite.json")
        try Data(json.utf8).write(to: file)
        return try Suite(contentsOf: file, catalog: catalog)
    }

    private func conversation(_ messages: String) -> String {
        #"{"conversations":[{"name":"a","kind":"b","messages":[\#(messages)]}]}"#
    }

    @Test(
        "The suite that ships has forty conversations of three to six messages, each of which expects something"
    )
    func shipped() throws {
        let suite = try Suite(contentsOf: Self.shipped, catalog: Catalog(contentsOf: StarterCatalog.url()))
        #expect(suite.conversations.count == 40)
        for conversation in suite.conversations {
            #expect((3...6).contains(conversation.messages.count), "\(conversation.name)")
            #expect(conversation.messages.allSatisfy { !$0.properties.isEmpty }, "\(conversation.name)")
        }
        let kinds = Set(suite.conversations.map(\.kind))
        for kind in [
            "titles misspelt", "sequels", "common-word titles", "negation", "comparisons", "corrections",
            "decades",
            "runtime", "languages", "people", "children", "more", "undo", "why", "seen", "greeting",
            "empty wish",
            "questions", "other languages", "prompt-like text",
        ] { #expect(kinds.contains(kind), "\(kind)") }
    }

    @Test(
        "A bad suite is refused with the place",
        arguments: [
            ("{", "suite.json: it is not JSON"),
            ("[]", "must be an object"),
            (#"{"conversations":[]}"#, "“conversations” must be a list of 1"),
            (#"{"talks":[]}"#, "“talks” is not known here: there are name, about, conversations"),
            (
                #"{"conversations":[{"name":"a","messages":[]}]}"#,
                "conversation 1: “name” and “kind” must be texts"
            ),
            (
                #"{"conversations":[{"name":"a","kind":"b","messages":[]}]}"#,
                "conversation 1 “a”: “messages” must be"
            ),
            (
                #"{"conversations":[{"name":"a","kind":"b","messages":[{"say":1}]}]}"#,
                "message 1: “say” must be a text"
            ),
        ]
    )
    func refused(_ json: String, _ words: String) throws {
        let catalog = try TinyCatalog.catalog()
        let error = #expect(throws: EvaluationError.self) { try suite(json, catalog) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test(
        "A bad property is refused with the place and what it must be",
        arguments: [
            (#""yeer":[1,2]"#, "message 1, expect: no property is called “yeer”"),
            (#""year":[1990,1980]"#, "expect, year: it must be the least and the most"),
            (#""year":[null,null]"#, "expect, year: it must be"),
            (#""year":[1.5,null]"#, "expect, year: it must be"),
            (#""genres":["Humour"]"#, "no genre is called “Humour”"),
            (#""act":"sing""#, "no act is called “sing”"),
            (#""asks":"yes""#, "expect, asks: it must be true or false"),
            (#""excludes":["Solaris (1999)"]"#, "no film “Solaris (1999)”; it has Solaris (1972)"),
            (#""names":{"Heat (1995)":"adored"}"#, "must be liked, disliked, seen or mentioned"),
            (#""people":[]"#, "expect, people: it must be a text or a list of texts"),
        ]
    )
    func refusedProperty(_ property: String, _ words: String) throws {
        let catalog = try TinyCatalog.catalog(), json = conversation(#"{"say":"hi","expect":{\#(property)}}"#)
        let error = #expect(throws: EvaluationError.self) { try suite(json, catalog) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("Spoilt suites are read or refused in a sentence, never more")
    func spoilt() async throws {
        let catalog = try TinyCatalog.catalog()
        let good = conversation(
            #"{"say":"hi","expect":{"year":[1980,null],"genres":["Comedy"],"names":{"Heat (1995)":"liked"}}}"#
        )
        let folder = try TemporaryFolder(), file = folder.url.appending(path: "suite.json")
        let failures = await Fuzzer.failures(oneIn: 20) { fuzzer in
            try Data(fuzzer.spoilt(Array(good.utf8))).write(to: file)
            do { _ = try Suite(contentsOf: file, catalog: catalog) } catch let error as EvaluationError {
                return error.description.hasPrefix("The suite cannot be used. suite.json")
                    ? nil : error.description
            }
            return nil
        }
        #expect(failures.isEmpty, "\(failures)")
    }

    @Test("Each property holds where it should and fails where it should")
    func properties() async throws {
        let recommender = try await TinyCatalog.recommender(), catalog = recommender.artifacts.catalog
        var comedies = try await recommender.turn("a comedy from the 80s, I liked Heat")
        // The list is filled up with a film whose year is unknown.
        comedies.picks.removeAll { $0.year == nil }
        let check = SuiteCheck(catalog)
        func fault(_ property: String, _ turn: Turn, shown: Set<String> = []) throws -> String? {
            let suite = try suite(conversation(#"{"say":"x","expect":{\#(property)}}"#), catalog)
            let property = try #require(suite.conversations.first?.messages.first?.properties.first)
            return check.fault(property, SuiteCheck.Answer(turn, before: ["airplane"], shown: shown))
        }
        for property in [
            #""genres":"Comedy""#, #""genres_any":["Comedy","War"]"#, #""genres_none":"Horror""#,
            #""year":[1980,1989]"#, #""runtime":[null,110]"#, #""languages":"en""#, #""languages_none":"fr""#,
            #""countries":"US""#, #""countries_none":"FR""#, #""people_none":"Al Pacino""#, #""picks":[3,3]"#,
            #""includes":["Airplane! (1980)","Spaceballs (1987)"]"#,
            #""includes_one_of":["Heat (1995)","Spaceballs (1987)"]"#,
            #""excludes":"Heat (1995)""#, #""names":{"Heat (1995)":"liked"}"#, #""names_none":"It (2017)""#,
            #""names_any":true"#, #""act":"recommend""#, #""asks":false"#, #""says_not_understood":false"#,
            #""reply_has":["comedy","1989"]"#, #""reply_has_one_of":["tragedy","films"]"#,
            #""most_about":["spoof"]"#,
            #""not_repeated":true"#, #""same_list":false"#,
        ] { #expect(try fault(property, comedies) == nil, "\(property)") }
        for property in [
            #""genres":["Comedy","Fantasy"]"#, #""genres_any":["War"]"#, #""genres_none":"Comedy""#,
            #""year":[1981,null]"#,
            #""runtime":[null,100]"#, #""languages":"fr""#, #""languages_none":"en""#, #""countries":"FR""#,
            #""people":"Al Pacino""#, #""certificates":"G""#, #""picks":[4,5]"#,
            #""includes":["Heat (1995)"]"#,
            #""includes_one_of":["Heat (1995)"]"#, #""excludes":"Airplane! (1980)""#,
            #""names":{"Heat (1995)":"disliked"}"#, #""names_none":"Heat (1995)""#, #""names_any":false"#,
            #""act":"question""#, #""asks":true"#, #""says_not_understood":true"#, #""says_few_fit":false"#,
            #""reply_has":["comedy","tragedy"]"#, #""most_about":["heist"]"#, #""same_list":true"#,
        ] { #expect(try fault(property, comedies) != nil, "\(property)") }
        #expect(
            try fault(#""not_repeated":true"#, comedies, shown: ["airplane"])?.contains("Airplane!") == true
        )
        var empty = comedies
        empty.picks = []
        #expect(try fault(#""genres_none":"Horror""#, empty) == "no film is shown")
        #expect(check.unsoundness(comedies, limit: 5) == nil && check.unsoundness(comedies, limit: 2) != nil)
        var twice = comedies
        twice.picks += comedies.picks.prefix(1)
        #expect(check.unsoundness(twice, limit: 5)?.contains("twice") == true)
    }

    @Test("A run counts what holds, says what does not, and is the same again")
    func run() async throws {
        let script = """
            {"say":"a comedy","expect":{"genres":"Comedy","year":[1900,1950]}},
            {"say":"more","expect":{"not_repeated":true,"genres":"Comedy"}},
            {"say":"I loved Solaris","expect":{"names":{"Solaris (1972)":"liked"}}},
            {"say":"no, I meant the 2002 one","expect":{"names":{"Solaris (2002)":"liked"}}}
            """
        func report() async throws -> SuiteReport {
            let store = InMemoryStore(), recommender = try await TinyCatalog.recommender(store: store)
            let suite = try suite(conversation(script), recommender.artifacts.catalog)
            let variants = [
                TrialVariant("one", recommender, store: store), TrialVariant("two", recommender, store: nil),
            ]
            return try await SuiteRun(recommender.artifacts, limit: 2).report(suite, variants)
        }
        let first = try await report(), one = try #require(first.variants.first)
        #expect(first.properties == 6 && first.messages == 4 && one.conversations_passed == 0)
        #expect(one.passed == 5 && one.failures.map(\.property) == ["year: 1900 to 1950"])
        #expect(one.failures[0].conversation == "a" && one.failures[0].message == 1)
        #expect(one.unsound.isEmpty && one.diversity > 0 && one.coverage > 0 && first.differences.count == 1)
        #expect(first.text.contains("1 “a comedy”") && first.text.contains("year: 1900 to 1950"))
        let second = try await report()
        #expect(second.variants.map(\.passed) == first.variants.map(\.passed))
        #expect(second.variants.map(\.diversity) == first.variants.map(\.diversity))
    }
}
