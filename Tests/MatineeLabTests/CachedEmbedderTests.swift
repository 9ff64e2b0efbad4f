import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Synchronization
import Testing

@Suite("Embedding cache")
struct CachedEmbedderTests {
    /// Counts what it embeds.
    private final class Counting: Embedder {
        let name = "counting", dimension = 16, salt: String
        private let texts = Mutex<[String]>([])
        var embedded: [String] { texts.withLock { $0 }.filter { !$0.hasPrefix("A probe") } }

        init(salt: String = "") { self.salt = salt }

        func embed(_ texts: [String]) async throws -> [[Float]] {
            self.texts.withLock { $0 += texts }
            return try await HashEmbedder(dimension: 16).embed(texts.map { $0 + salt })
        }
    }

    private let folder: TemporaryFolder
    private var file: URL { folder.url.appending(path: "counting-16.vectors") }

    init() throws { folder = try TemporaryFolder() }

    private func embed(_ texts: [String], by base: Counting) async throws -> [[Float]] {
        try await CachedEmbedder(base, folder: folder.url) { Issue.record("not kept: \($0)") }.embed(texts)
    }

    @Test("No text is embedded twice, and all come back as they were, in order")
    func once() async throws {
        let first = Counting(), second = Counting()
        let made = try await embed(["a", "b"], by: first)
        let more = try await embed(["c", "b", "d", "a"], by: second)
        #expect(second.embedded == ["c", "d"] && more[1] == made[1] && more[3] == made[0])
        #expect(try await more == HashEmbedder(dimension: 16).embed(["c", "b", "d", "a"]))
    }

    @Test("Of a file that was cut short or spoilt anywhere, what is whole is used and the rest made again")
    func damage() async throws {
        let texts = (0..<12).map { "text \($0)" }, made = try await embed(texts, by: Counting())
        let whole = try Data(contentsOf: file)
        var random = SeededGenerator(seed: 9)
        for round in 0..<60 {
            var data = whole
            if round % 2 == 0 {
                data = data.prefix(Int.random(in: 0..<data.count, using: &random))
            } else {
                data[Int.random(in: 0..<data.count, using: &random)] ^= 0x10
            }
            try data.write(to: file)
            let base = Counting()
            #expect(try await embed(texts, by: base) == made)
            if round % 2 == 1 { #expect(base.embedded.count <= 1) }
            #expect(try await embed(texts, by: Counting()) == made)
        }
    }

    @Test("Another model of the same name finds nothing")
    func impostor() async throws {
        _ = try await embed(["a"], by: Counting())
        let other = Counting(salt: " with a difference")
        _ = try await embed(["a"], by: other)
        #expect(other.embedded == ["a"])
        for base in [Counting(), Counting(salt: " with a difference")] {
            _ = try await embed(["a", "a"], by: base)
            #expect(base.embedded.isEmpty, "each model keeps its own vectors")
        }
        let third = Counting()
        _ = try await embed(["b", "a", "b"], by: third)
        #expect(third.embedded == ["b"])
    }

    @Test("Where vectors cannot be kept, they are made all the same, and it is said")
    func unkept() async throws {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        let said = Mutex(0)
        let embedder = try await CachedEmbedder(Counting(), folder: folder.url) { _ in
            said.withLock { $0 += 1 }
        }
        #expect(try await embedder.embed(["a"]) == HashEmbedder(dimension: 16).embed(["a"]))
        #expect(said.withLock { $0 } >= 1)
    }

    @Test("Two processes may add to one file at once")
    func concurrent() async throws {
        let texts = (0..<200).map { "text \($0)" }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<8 {
                group.addTask {
                    for start in stride(from: part * 20, to: part * 20 + 40, by: 5) {
                        _ = try await embed(Array(texts[start..<start + 5]), by: Counting())
                    }
                }
            }
            try await group.waitForAll()
        }
        let last = Counting()
        _ = try await embed(Array(texts[0..<180]), by: last)
        #expect(last.embedded.isEmpty)
    }

    @Test("Two builds of the same artifacts at once embed no text twice; the second says that it waits")
    func atOnce() async throws {
        let base = Counting(), catalog = folder.url.appending(path: "catalog.jsonl"), waits = Mutex(0)
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        let made = folder.url.appending(path: "artifacts"), cache = folder.url
        // Both read the empty cache before either writes to it.
        let one = try await CachedEmbedder(base, folder: cache) { _ in }
        let other = try await CachedEmbedder(base, folder: cache) { _ in }
        let build = { @Sendable (embedder: CachedEmbedder) async throws -> Void in
            try await ArtifactsBuilder(embedder: embedder)
                .build(
                    catalog: catalog,
                    into: made,
                    users: { _, movies in
                        try await Task.sleep(for: .milliseconds(300))
                        return UserVectors(
                            users: [],
                            vectors: EmbeddingMatrix([], dimension: movies.dimension)
                        )
                    },
                    onWait: { waits.withLock { $0 += 1 } }
                )
        }
        try await withThrowingTaskGroup { group in
            for embedder in [one, other] { group.addTask { try await build(embedder) } }
            try await group.waitForAll()
        }
        #expect(Set(base.embedded).count == base.embedded.count && !base.embedded.isEmpty)
        #expect(waits.withLock { $0 } == 1)
        #expect(try Artifacts(folder: made, for: base).catalog.count == 14)
    }
}
