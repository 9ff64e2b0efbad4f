import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Measuring")
struct BenchTests {
    private let program: Program

    init() throws { program = try Program.tiny() }

    @Test("Every figure has its key, and exact search and FAISS agree")
    func keys() throws {
        let report = try program.json(["bench", "--json", "--rows", "500", "--dimension", "24"])
        func part(_ name: String) throws -> [String: Any] { try #require(report[name] as? [String: Any]) }
        let expected = [
            "embed": ["tokens", "p50_ms", "p95_ms", "threads"],
            "embed_batch": ["texts", "movies_per_s", "movies_per_cpu_s"],
            "search": ["vectors", "rows", "dimension", "exact_p50_ms", "faiss_flat_p50_ms", "identical"],
            "turn": ["p50_ms", "p95_ms"],
        ]
        for (name, keys) in expected {
            let found = try part(name)
            #expect(Set(found.keys) == Set(keys))
            for case let number as Double in found.values { #expect(number > 0) }
        }
        #expect(Set(report.keys) == Set(expected.keys).union(["startup_ms", "rss_mb"]))
        #expect(try part("search")["identical"] as? Bool == true)
        #expect(try part("search")["rows"] as? Int == 500)
    }

    @Test("Nobody's memory is touched, though a user is set")
    func memory() throws {
        let outcome = try program.run(
            ["bench", "--only", "startup", "--only", "turn"],
            environment: ["MATINEE_USER": "ana"]
        )
        #expect(outcome.code == 0 && outcome.output.contains("start to answer"))
        #expect(!FileManager.default.fileExists(atPath: program.data.path))
    }

    @Test("Texts and vectors of one's own are measured, and what was found is told")
    func files() throws {
        let folder = program.folder.url
        func path(_ name: String) -> String { folder.appending(path: name).path }
        try Data("a heist\na quiet film about rain\n".utf8).write(to: URL(filePath: path("texts")))
        _ = try program.json([
            "bench", "--json", "--only", "embed_batch", "--texts", path("texts"), "--embeddings",
            path("two.npy"),
        ])
        let matrix = try EmbeddingMatrix(contentsOf: URL(filePath: path("two.npy")))
        #expect(matrix.count == 2 && abs(innerProduct(matrix[1], matrix[1]) - 1) < 1e-5)
        let report = try program.json([
            "bench", "--json", "--only", "search", "--vectors", path("two.npy"), "--queries", path("two.npy"),
        ])
        #expect((report["search"] as? [String: Any])?["found"] as? [[Int]] == [[0, 1], [1, 0]])
    }

    @Test(
        "What cannot be measured is refused",
        arguments: [
            ["--rows", "0"], ["--vectors", "x.npy"], ["--embeddings", "x.npy"], ["--only", "nothing"],
            ["--only", "embed", "--texts", "/nowhere"], ["--rows", "100000000", "--dimension", "100000"],
            ["--dimension", "4611686018427387904"],
            ["--vectors", "/nowhere", "--queries", "/nowhere", "--only", "search"],
            ["--only", "embed", "--texts", "x", "--embeddings", "y"],
            ["--texts", "x", "--embeddings", "/dev/null"],
        ]
    )
    func refusals(_ arguments: [String]) throws {
        let outcome = try program.run(["bench"] + arguments)
        #expect(outcome.code == 64 && outcome.errors.contains("Error: "), "\(outcome)")
    }
}
