import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Alignment in Python")
struct AlignmentPythonTests {
    // Needs numpy in the Python that MATINEE_PYTHON names, or in python3; skipped without it.
    @Test(
        "NumPy computes the same measures from the exported log",
        .enabled(if: Python.has("numpy"), "Python has no numpy: pip install numpy")
    )
    func same() async throws {
        let folder = try TemporaryFolder()
        let log = folder.url.appending(path: "log.jsonl"), made = folder.url.appending(path: "made")
        let catalog = folder.url.appending(path: "catalog.jsonl")
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(catalog: catalog, into: made)
        try await write(to: log)
        let output = try Python.run([Python.example("alignment.py"), made.path, log.path])
        let told = try #require(JSONSerialization.jsonObject(with: output) as? [String: Any])
        let artifacts = try Artifacts(folder: made, for: HashEmbedder())
        let report = try AlignmentEvaluation(FilmSpace(artifacts), embedder: "hash")
            .report(LogFile(contentsOf: log.path))
        let ours = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
        )
        try compare(ours, told)
    }

    /// Turns of three users, one of them taken back.
    private func write(to file: URL) async throws {
        let store = InMemoryStore()
        let recommender = try await TinyCatalog.recommender(store: store)
        for (user, messages) in [
            ("ana", ["a heist at night", "not so dark, from the 80s", "a spoof in space"]),
            ("ben", ["loved Heat, something whimsical", "hated It", "more"]), ("cyd", ["hello", "a clown"]),
        ] {
            for message in messages { _ = try await recommender.turn(message, user: user) }
        }
        _ = try store.undo("ben")
        try Data(store.log(of: nil).map { try JSONEncoder().encode($0) }.joined(separator: [10])).write(
            to: file
        )
    }

    private func compare(_ ours: [String: Any], _ told: [String: Any]) throws {
        let turns = try #require(ours["turns"] as? [[String: Any]])
        let others = try #require(told["turns"] as? [[String: Any]])
        #expect(turns.count == others.count && turns.count >= 6)
        for (turn, other) in zip(turns, others) { expectEqual(turn, other, without: ["line"]) }
        for part in ["summaries", "differences"] {
            let mine = try #require(ours[part] as? [[String: Any]])
            let theirs = try #require(told[part] as? [String: [String: Any]])
            #expect(mine.count == theirs.count && mine.count >= 4)
            for summary in mine {
                let name = try #require(summary["name"] as? String)
                expectEqual(theirs[name] ?? [:], summary, without: [])
            }
        }
        for part in ["variance", "coverage"] {
            let theirs = try #require(told[part] as? [String: Any]),
                mine = try #require(ours[part] as? [String: Any])
            expectEqual(theirs, mine, without: [])
        }
    }

    /// Every value of `some` that is not null is in `all`, numbers to nine digits.
    private func expectEqual(_ some: [String: Any], _ all: [String: Any], without: Set<String>) {
        #expect(!some.isEmpty)
        for (key, value) in some where !without.contains(key) && !(value is NSNull) {
            if let part = value as? [String: Any] {
                expectEqual(part, all[key] as? [String: Any] ?? [:], without: without)
            } else if let text = value as? String {
                #expect(all[key] as? String == text, "\(key)")
            } else if let number = value as? Double, let other = all[key] as? Double {
                #expect(abs(number - other) < 1e-9, "\(key): \(number) and \(other)")
            } else {
                Issue.record("\(key): \(value) and \(all[key] ?? "nothing")")
            }
        }
    }
}
