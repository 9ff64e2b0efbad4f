import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Synchronization
import Testing

@Suite("A judge")
struct JudgeTests {
    private let catalog: Catalog

    init() throws { catalog = try TinyCatalog.catalog() }

    /// Conversations about dragons, pirates and the like, each with films of its kind.
    private func conversations(_ count: Int = 8, better: Bool = true) -> [JudgedConversation] {
        (0..<count).map { number in
            let topic = "topic\(number)"
            return JudgedConversation(
                name: "talk \(number)",
                turns: (1...3).map { turn in
                    JudgedConversation.Turn(
                        message: "something about \(topic)",
                        reply: "Here are three films.",
                        films: (1...3).map { film in
                            let label = "Film \(number).\(turn).\(film) (1990)"
                            let facts = better || film == 1 ? "all of \(topic)" : "nothing of the kind"
                            return .init(label: label, facts: facts, reason: "\(label) is of \(topic).")
                        }
                    )
                }
            )
        }
    }

    private func judged(
        _ judge: ScriptedJudge,
        _ conversations: [JudgedConversation],
        against others: [JudgedConversation] = [],
        in folder: TemporaryFolder,
        _ change: (inout JudgeRun.Settings) -> Void = { _ in }
    ) async throws -> JudgeReport {
        var settings = JudgeRun.Settings()
        change(&settings)
        let record = try JudgeRecord(folder: folder.url)
        return try await JudgeRun(judge, catalog, settings).report(
            conversations,
            against: others,
            record: record
        )
    }

    @Test("An honest judge scores what was made worse lower, and nothing speaks against it")
    func honest() async throws {
        let report = try await judged(.fair, conversations(), in: TemporaryFolder()) { $0.repeats = 2 }
        #expect(report.isTrustworthy, "\(report.doubts)")
        #expect(report.controls.count == 3 && report.controls.allSatisfy(\.holds))
        #expect(
            report.criteria.map(\.mean) == [5, 5, 5, 5, 5] && report.broken == 0 && report.stopped == nil
        )
        let comparison = try #require(report.comparisons.first)
        #expect(comparison.with == "random films" && comparison.wins == 8 && comparison.disagreements == 0)
        #expect(comparison.first_share == 0.5)
    }

    @Test(
        "A judge that throws dice is exposed by what was made worse, and by not agreeing with itself",
        arguments: 1...5
    )
    func random(seed: Int) async throws {
        let dice = Dice(seed)
        let judge = ScriptedJudge(
            score: { _, _ in dice.draw(5) + 1 },
            better: { _, _ in ["A", "B", "tie"][dice.draw(3)] }
        )
        let report = try await judged(judge, conversations(12), in: TemporaryFolder()) { $0.repeats = 3 }
        #expect(!report.isTrustworthy)
        #expect(report.doubts.contains { $0.contains("does not agree with itself") })
        #expect(report.text.hasPrefix("This judge cannot be trusted"))
        #expect(report.section([]).headlines.isEmpty)
    }

    @Test("A judge that prefers what stands first is exposed, whatever it scores")
    func positionBiased() async throws {
        let judge = ScriptedJudge(score: ScriptedJudge.honest, better: { _, _ in "A" })
        let report = try await judged(judge, conversations(), in: TemporaryFolder())
        let comparison = try #require(report.comparisons.first)
        #expect(comparison.disagreements == 8 && comparison.ties == 8 && comparison.first_share == 1)
        #expect(
            report.doubts.count == 1 && report.doubts[0].contains("changes with the order in 8 of 8 pairs")
        )
        #expect(report.preferences.allSatisfy { $0.first_share == 1 } && report.preferences.count == 2)
    }

    @Test("A judge that gives everything the same score is exposed")
    func flat() async throws {
        let judge = ScriptedJudge(score: { _, _ in 4 }, better: ScriptedJudge.honestly)
        let report = try await judged(judge, conversations(), in: TemporaryFolder())
        #expect(report.doubts.count == 3 && report.controls.allSatisfy { $0.difference == 0 && !$0.holds })
    }

    @Test("Too few conversations say nothing of a judge")
    func few() async throws {
        let report = try await judged(.fair, conversations(3), in: TemporaryFolder())
        #expect(report.doubts.contains { $0.contains("too few to know it") })
    }

    @Test(
        "The better of two systems wins in both orders, by scores and in pairs; only what both have is compared"
    )
    func against() async throws {
        let worse = conversations(6, better: false)
        let report = try await judged(.fair, conversations(), against: worse, in: TemporaryFolder())
        let comparison = try #require(report.comparisons.first { $0.with == "the other system" })
        #expect(comparison.pairs == 6 && comparison.wins == 6 && comparison.win_rate == 1)
        #expect(report.criteria[0].difference == 3 && report.criteria[0].difference_ci95 == [3, 3])
        await #expect(throws: EvaluationError.self) {
            let strangers = [JudgedConversation(name: "x", turns: [])]
            try await judged(.fair, conversations(), against: strangers, in: TemporaryFolder())
        }
    }

    @Test("Broken replies are counted, and no score is made of them")
    func broken() async throws {
        let replies = [
            "", "four stars", "{}", "[5,5,5,5,5]",
            "{\"relevance\":5,\"personalisation\":5,\"diversity\":5,\"clarity\":5,\"overall\":5}",
            "{\"relevance\":{\"reason\":\"a\",\"score\":6}}", "{\"reason\":\"\",\"better\":\"A\"}",
            "{\"better\":\"A\"",
        ]
        let judge = ScriptedJudge(
            score: { _, _ in 3 },
            better: { _, _ in "A" },
            spoil: { number, _ in replies[number % replies.count] }
        )
        let report = try await judged(judge, conversations(), in: TemporaryFolder())
        #expect(report.broken == report.questions && report.criteria.isEmpty && report.comparisons.isEmpty)
        #expect(report.doubts.contains { $0.contains("nothing is known of it") })
        let half = ScriptedJudge(score: ScriptedJudge.honest, better: ScriptedJudge.honestly) {
            number,
            text in
            number.isMultiple(of: 2) ? String(text.dropLast(1)) : "Sure!\n```json\n\(text)\n```"
        }
        let rest = try await judged(half, conversations(), in: TemporaryFolder())
        #expect(rest.broken == rest.questions / 2 && rest.criteria.allSatisfy { $0.mean == 5 })
    }

    @Test("What was asked is not asked again, though the run was killed between any two replies")
    func resumes() async throws {
        let folder = try TemporaryFolder()
        let whole = try await judged(.fair, conversations(), in: TemporaryFolder())
        var asked = 0
        for _ in 0..<40 {
            let judge = ScriptedJudge(score: ScriptedJudge.honest, better: ScriptedJudge.honestly) {
                number,
                text in
                if number > 5 { throw LanguageModelError.unreachable("the plug was pulled") }
                return text
            }
            let report = try await judged(judge, conversations(), in: folder)
            asked += min(5, judge.chats.count)
            // A line that was half written when the program was killed.
            let file = try FileHandle(forWritingTo: folder.url.appending(path: JudgeRecord.name))
            try file.seekToEnd()
            try file.write(contentsOf: Data("{\"key\":\"abc".utf8))
            guard report.stopped == nil else {
                #expect(report.stopped?.contains("goes on from here") == true)
                continue
            }
            #expect(report.known == report.questions - judge.chats.count && asked == whole.questions)
            #expect(
                report.criteria.map(\.mean) == whole.criteria.map(\.mean) && report.doubts == whole.doubts
            )
            let idle = ScriptedJudge.fair
            let again = try await judged(idle, conversations(), in: folder)
            #expect(idle.chats.isEmpty && again.known == whole.questions)
            return
        }
        Issue.record("It never came to an end.")
    }

    @Test("The cost cap is never passed, counts earlier runs, and a higher one goes on")
    func cap() async throws {
        let folder = try TemporaryFolder()
        func judge() -> ScriptedJudge {
            ScriptedJudge(score: ScriptedJudge.honest, better: ScriptedJudge.honestly, price: 1e-6)
        }
        let first = judge()
        let report = try await judged(first, conversations(), in: folder) { $0.maxCost = 0.03 }
        #expect(report.stopped?.contains("higher --max-cost") == true && !first.chats.isEmpty)
        #expect((report.cost_usd ?? 1) <= 0.03 && report.criteria.isEmpty == false)
        let second = judge()
        #expect(try await judged(second, conversations(), in: folder, { $0.maxCost = 0.0001 }).stopped != nil)
        #expect(second.chats.isEmpty)
        let third = judge()
        let whole = try await judged(third, conversations(), in: folder) { $0.maxCost = 10 }
        #expect(whole.stopped == nil && whole.known == first.chats.count)
        #expect(first.chats.count + third.chats.count == whole.questions)
    }

    @Test("Two runs cannot write one record, and a damaged one is refused with the line")
    func record() throws {
        let folder = try TemporaryFolder()
        let record = try JudgeRecord(folder: folder.url)
        #expect(throws: EvaluationError.self) { try JudgeRecord(folder: folder.url) }
        withExtendedLifetime(record) {}
        let other = try TemporaryFolder()
        try Data("{\"key\":1}\n".utf8).write(to: other.url.appending(path: JudgeRecord.name))
        let error = #expect(throws: EvaluationError.self) { try JudgeRecord(folder: other.url) }
        #expect(error?.description.contains("line 1 is damaged") == true)
    }

    @Test("Every prompt and reply is kept in words")
    func keeps() async throws {
        let folder = try TemporaryFolder(), judge = ScriptedJudge.fair
        let report = try await judged(judge, conversations(), in: folder)
        let lines = try String(contentsOf: folder.url.appending(path: JudgeRecord.name), encoding: .utf8)
            .split(separator: "\n")
        #expect(lines.count == report.questions)
        for line in lines {
            let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(
                (row["messages"] as? [Any])?.count == 2 && row["reply"] is String && row["about"] is String
            )
        }
    }
}

/// Draws one number after the other from a seed.
private final class Dice: Sendable {
    private let random: Mutex<SeededGenerator>

    init(_ seed: Int) { random = Mutex(SeededGenerator(seed: UInt64(seed))) }

    func draw(_ limit: Int) -> Int { random.withLock { Int.random(in: 0..<limit, using: &$0) } }
}
