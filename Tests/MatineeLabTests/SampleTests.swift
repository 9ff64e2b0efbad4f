import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Samples")
struct SampleTests {
    private func space() async throws -> FilmSpace { try await FilmSpace(TinyCatalog.artifacts()) }

    private func log(words: Bool = false) async throws -> LogFile {
        let store = InMemoryStore(), recommender = try await TinyCatalog.recommender(store: store)
        for user in ["ana", "ben", "cyd", "dan"] {
            for message in ["a heist at night", "loved Heat, a comedy from the 80s"] {
                _ = try await recommender.turn(message, user: user)
            }
        }
        var lines = try store.log(of: nil).map { try JSONEncoder().encode($0) }
        if words {
            lines = try lines.map { line in
                var row = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
                row["message"] = "<script>alert(1)</script> *bold* [x](javascript:y)"
                return try JSONSerialization.data(withJSONObject: row)
            }
        }
        return try LogFile(Data(lines.joined(separator: [10])), name: "log")
    }

    private func read(_ log: LogFile, _ order: SampleChooser.Order, limit: Int = 2) async throws -> SampleSet
    {
        let space = try await space(), turns = try AlignmentEvaluation(space).report(log).turns
        return try SampleReader(space).read(
            log,
            turns: turns,
            chooser: SampleChooser(order: order, limit: limit)
        )
    }

    @Test("A log without words shows what was understood, films with facts, and the taste's way, and says so")
    func wordless() async throws {
        let set = try await read(log(), .random(seed: 1))
        #expect(set.samples.count == 2 && set.notes.joined().contains("holds no words"))
        let turn = set.samples[0].turns[1]
        #expect(turn.message == nil && turn.understood?.contains("liked Heat (1995)") == true)
        #expect(turn.reply?.contains("comedy") == true && turn.movement?.contains("moved by") == true)
        let film = turn.films[0], row = try TinyCatalog.catalog().search(film.label, limit: 1)
        #expect(film.facts.contains { $0.name == "genres" } && film.cosine != nil && row.count <= 1)
        #expect(turn.films.flatMap(\.evidence).contains { $0.holds == true })
        #expect(!turn.films.flatMap(\.evidence).contains { $0.holds == false })
        for text in [set.markdown, String(decoding: set.html, as: UTF8.self)] {
            #expect(text.contains(film.label) && text.contains("moved by") && text.contains("keywords"))
        }
    }

    @Test("The same seed draws the same, and the worst come first by any measure")
    func order() async throws {
        let log = try await log()
        let (first, second) = try await (read(log, .random(seed: 5)), read(log, .random(seed: 5)))
        #expect(first == second)
        let space = try await space(), turns = try AlignmentEvaluation(space).report(log).turns
        for measure in TurnMeasure.allCases where turns.contains(where: { measure.value($0) != nil }) {
            let chosen = try SampleChooser(order: .worst(measure), limit: 4).choose(log, turns: turns)
            let values = chosen.map { chosen -> Double in
                let own = turns.filter { $0.user == chosen.conversation.name }.compactMap(measure.value)
                return own.reduce(0, +) / Double(own.count) * (measure.isBetterLow ? -1 : 1)
            }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 }, "\(measure)")
        }
    }

    @Test("Words of users and films of any kind are no markup, on the page or in Markdown")
    func escaping() async throws {
        let set = try await read(log(words: true), .random(seed: 1))
        #expect(!set.notes.joined().contains("holds no words"))
        let page = String(decoding: set.html, as: UTF8.self)
        #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
        #expect(set.markdown.contains(#"\<script\>alert(1)\</script\> \*bold\* \[x\](javascript:y)"#))
    }

    @Test("Evidence that the catalogue does not bear out is marked")
    func evidence() throws {
        let heat = EvidenceCheck(try TinyCatalog.catalog().movies.first { $0.id == "heat" })
        #expect(heat.finding(.year(1995)).holds == true && heat.finding(.year(1996)).holds == false)
        #expect(
            heat.finding(.keywords(["heist"])).holds == true
                && heat.finding(.genres(["Western"])).holds == false
        )
        let shared = Evidence.shared(with: "Thief", people: ["Michael Mann"], keywords: ["heist"], genres: [])
        #expect(heat.finding(shared).holds == true && heat.finding(.taste).holds == nil)
        #expect(
            heat.finding(.people(["Nobody"])).holds == false
                && EvidenceCheck(nil).finding(.year(1)).holds == nil
        )
    }
}
