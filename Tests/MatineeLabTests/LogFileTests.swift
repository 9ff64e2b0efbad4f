import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Log file")
struct LogFileTests {
    /// Two users' turns as the log has them.
    private func turns() async throws -> [LoggedTurn] {
        let store = InMemoryStore(), recommender = try await TinyCatalog.recommender(store: store)
        for wish in ["a heist at night", "not so dark, from the 80s", "a spoof"] {
            _ = try await recommender.turn(wish, user: "ana")
        }
        _ = try await recommender.turn("loved Heat, something whimsical", user: "ben")
        return try store.log(of: nil)
    }

    private func lines(_ turns: [LoggedTurn]) throws -> [Data] {
        try turns.map { try JSONEncoder().encode($0) }
    }

    private func file(_ lines: [Data], limits: LogFile.Limits = .init()) throws -> LogFile {
        try LogFile(Data(lines.joined(separator: [10])), name: "log.jsonl", limits: limits)
    }

    @Test("What the log export writes is read in full")
    func export() async throws {
        let turns = try await turns(), log = try file(lines(turns))
        #expect(log.rows.map(\.line) == [1, 2, 3, 4] && log.dimension == 64)
        for (row, turn) in zip(log.rows, turns) {
            let record = turn.record
            #expect(row.user == record.user && row.turn == record.turn && row.taste == turn.taste)
            #expect(row.present == turn.present && row.request.act == record.request.act.rawValue)
            #expect(row.request.constraints == record.request.constraints)
            #expect(row.request.named.map(\.id) == record.request.named.map(\.id))
            #expect(row.picks.map(\.id) == record.picks.map(\.id))
            #expect(row.picks.map(\.evidence) == record.picks.map(\.evidence))
            #expect(row.picks.map(\.reason) == record.picks.map(\.reason))
            #expect(row.candidates.map(\.id) == record.candidates.map(\.id))
            #expect(row.candidates.map { $0.scores["final"] } == record.candidates.map(\.scores.final))
            #expect(row.timings["total"] == record.timings.total && row.models["embedder"] == "hash")
            #expect(row.fallbacks.map(\.kind) == record.fallbacks.map(\.kind.rawValue))
            #expect(!row.hasWords && row.reply == record.reply && !row.undone)
        }
        #expect(log.conversations.map(\.name) == ["ana", "ben"])
        #expect(log.conversations.map { $0.rows.map(\.turn) } == [[1, 2, 3], [1]])
    }

    @Test("Another system's row needs picks alone, ordered by their ranks where all have one")
    func other() throws {
        let rows = """
            {"picks":[{"id":"b","rank":2},{"id":"a","rank":1}]}

            {"picks":[{"id":"b"},{"id":"a","rank":1}],"evidence":7,"request":{"wish":"x","constraints":3}}
            {"picks":[],"user":"u","turn":2}
            {"picks":[{"id":"a","evidence":[{"later":{}},{"year":{"_0":1999}}]}],"user":"u","turn":1}
            {"picks":[],"user":"u","turn":3,"undone":true}
            """
        let log = try LogFile(Data(rows.utf8), name: "other")
        #expect(log.rows.map { $0.picks.map(\.id) } == [["a", "b"], ["b", "a"], [], ["a"], []])
        #expect(log.rows.map(\.line) == [1, 3, 4, 5, 6] && log.dimension == nil)
        #expect(log.rows[1].hasWords && log.rows[3].picks[0].evidence == [.year(1999)])
        #expect(log.conversations.map(\.name) == ["line 1", "line 3", "u"])
        #expect(log.conversations[2].rows.map(\.turn) == [1, 2])
    }

    @Test(
        "A line that is no turn is refused by its number, with what it lacks",
        arguments: [
            (#"{"user":"a"}"#, "picks is missing"),
            (#"{"picks":[{"id":"a"},{"title":"b"}]}"#, "picks.2.id is missing"),
            (#"{"picks":[{"id":1}]}"#, "picks.1.id has the wrong type"),
            (#"{"picks":[],"u_t":[1,"x"]}"#, "u_t.2 has the wrong type"),
            (#"{"picks":[],"u_t":[0,0]}"#, "u_t has no direction"),
            (#"{"picks":[],"e_t":[]}"#, "e_t has no direction"),
            (#"{"picks":[],"u_t":[1e39,0]}"#, "is no turn"),
            (#"{"picks":[{"id":"a"},{"id":"a"}]}"#, "picks has “a” twice"),
            (#"{"picks":[],"candidates":[{"id":"a"},{"id":"a"}]}"#, "candidates has “a” twice"),
            (#"{"picks":[]"#, "not valid JSON"), ("[1]", "wrong type"), ("garbage", "not valid JSON"),
            (#"{"picks":[],"u_t":[1,2,3]}"#, "different embedding models"),
        ]
    )
    func faults(_ line: String, _ fault: String) {
        let text = "{\"picks\":[],\"u_t\":[1,0]}\n\n\(line)\n"
        #expect {
            try LogFile(Data(text.utf8), name: "log.jsonl")
        } throws: { error in
            let text = "\(error)"
            return error is EvaluationError && text.contains("Line 3 of the log log.jsonl")
                && text.contains(fault)
        }
    }

    @Test("Too much of anything is refused with a limit, and an empty log with advice")
    func limits() throws {
        var limits = LogFile.Limits()
        (limits.turns, limits.lineBytes, limits.candidates, limits.picks, limits.dimension) = (
            2, 120, 1, 1, 2
        )
        let ids = #"[{"id":"a"},{"id":"b"}]"#
        for line in [
            "{\"picks\":\(ids)}", "{\"picks\":[],\"candidates\":\(ids)}", "{\"picks\":[],\"u_t\":[1,2,3]}",
            "{\"picks\":[]\(String(repeating: " ", count: 120))}",
            "{\"picks\":[]}\n{\"picks\":[]}\n{\"picks\":[]}",
        ] {
            #expect(throws: EvaluationError.self) { try file([Data(line.utf8)], limits: limits) }
        }
        #expect { try file([]) } throws: { "\($0)".contains("matinee log export") }
        #expect { try LogFile(contentsOf: "/nowhere/log") } throws: {
            "\($0)".contains("there is no such file")
        }
    }

    @Test("Any spoilt log is read or refused in a sentence", .timeLimit(.minutes(Fuzzer.minutes)))
    func fuzz() async throws {
        let lines = try await lines(turns())
        let failures = await Fuzzer.failures(oneIn: 10) { fuzzer in
            let spoilt = lines.map { fuzzer.oneIn(2) ? Data(fuzzer.spoilt($0)) : $0 }
            do {
                let log = try file(spoilt)
                let kept = log.conversations.flatMap(\.rows).count
                return kept == log.rows.count { !$0.undone }
                    ? nil : "\(kept) of \(log.rows.count) rows are kept"
            } catch let error as EvaluationError {
                return error.description.hasPrefix("Line ") ? nil : error.description
            }
        }
        #expect(failures == [])
    }
}
