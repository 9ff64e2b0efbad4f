import Foundation
import Matinee
import MatineeStore
import MatineeTesting
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A killed process")
struct KillTests {
    private static func setting(_ name: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    private let rounds = setting("MATINEE_KILL_ROUNDS", 20)
    private let seed = setting("MATINEE_KILL_SEED", 1)

    /// Talks until some answers have been shown in full, then ends the process in the midst of another.
    /// - Returns: how many answers were shown, and how long the process took to end.
    private func talk(_ program: Program, _ signal: Int32, _ random: inout SeededGenerator) async throws -> (
        shown: Int, time: Duration
    ) {
        let talk = try Talk(program), turns = Int.random(in: 1...3, using: &random)
        for turn in 1...turns { try await talk.ask("tense heist number \(turn)") }
        try talk.say("and another", "/undo", "and one more", "more")
        try await Task.sleep(for: .microseconds(Int.random(in: 0...40_000, using: &random)))
        let time = try talk.end(signal)
        return (turns, time)
    }

    @Test("Loses no turn that was shown, and leaves the data whole", arguments: [SIGKILL, SIGTERM])
    func killed(by signal: Int32) async throws {
        let program = try Program.tiny()
        var random = SeededGenerator(seed: UInt64(seed)), known = 0
        for round in 1...(signal == SIGKILL ? rounds : max(1, rounds / 5)) {
            let comment = Comment(rawValue: "round \(round) of seed \(seed)")
            let (shown, time) = try await talk(program, signal, &random)
            #expect(time < .seconds(5), comment)
            let store = try SQLiteStore(folder: program.data), log = try store.log(of: "ana")
            #expect(log.count >= known + shown, comment)
            #expect(log.map(\.record.turn) == Array(1...log.count), comment)
            let memory = try store.memory(of: "ana", embedder: "tiny-bge")
            #expect(memory.taste == log.last { !$0.undone }?.taste, comment)
            #expect(memory.version == log.count + log.count(where: \.undone), comment)
            known = log.count
        }
    }

    @Test(
        "A build that is killed leaves the old artifacts or the new ones, whole, and nothing that blocks the next"
    )
    func killedBuild() async throws {
        let program = try Program.tiny()
        var random = SeededGenerator(seed: UInt64(seed)), known = [14]
        for round in 1...(rounds / 2) {
            let films = 100 + round
            let rows = (0..<films).map {
                #"{"id":"\#($0)","title":"T","overview":"Film \#($0) of \#(round)."}"#
            }
            try Data(rows.joined(separator: "\n").utf8).write(to: program.catalog)
            let process = try program.process(["build"])
            (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
            try process.run()
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...150, using: &random)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            known.append(films)
            let artifacts = try Artifacts(
                folder: program.artifacts,
                for: HashEmbedder(name: "tiny-bge", dimension: 30)
            )
            #expect(known.contains(artifacts.catalog.count), "round \(round) of seed \(seed)")
            known = [artifacts.catalog.count]
        }
        #expect(try program.run(["build"]).code == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
        #expect(!left.contains { $0.hasPrefix(".artifacts") }, "\(left)")
    }
}
