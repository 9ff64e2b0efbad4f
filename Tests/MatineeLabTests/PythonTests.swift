import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Artifacts in Python")
struct PythonTests {
    // Needs numpy in the Python that MATINEE_PYTHON names, or in python3; skipped without it.
    @Test(
        "NumPy opens films and users, and finds the films that we find",
        .enabled(if: Python.has("numpy"), "Python has no numpy: pip install numpy")
    )
    func artifacts() async throws {
        let folder = try TemporaryFolder()
        let catalog = folder.url.appending(path: "catalog.jsonl"), made = folder.url.appending(path: "made")
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        let taste = try await HashEmbedder().embed("a heist at night")
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(
            catalog: catalog,
            into: made,
            users: { _, movies in
                UserVectorsBuilder().build(
                    ratings: nil,
                    name: { _ in "" },
                    texts: ["ana": taste],
                    messages: ["ana": 1],
                    movies: movies
                )
            }
        )
        let artifacts = try Artifacts(folder: made, for: HashEmbedder())
        #expect(try artifacts.users()?.users == [.init(id: "ana", messages: 1)])
        let output = try Python.run([Python.example("read_artifacts.py"), made.path])
        let told = try #require(JSONSerialization.jsonObject(with: output) as? [String: Any])
        #expect(told["movies"] as? [Int] == [14, 64] && told["users"] as? [Int] == [1, 64])
        let nearest = best((0..<14).map { innerProduct(artifacts.movies[$0], taste) }, limit: 1)
        #expect((told["first"] as? [String: String])?["nearest"] == artifacts.catalog[nearest[0]].id)
    }

    @Test("Users' files that are spoilt are named, and artifacts open without them all the same")
    func damage() async throws {
        let folder = try TemporaryFolder()
        let catalog = folder.url.appending(path: "catalog.jsonl"), made = folder.url.appending(path: "made")
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        let users = UserVectors(
            users: [.init(id: "ana")],
            vectors: EmbeddingMatrix([[Float](repeating: 0.125, count: 64)], dimension: 64)
        )
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(
            catalog: catalog,
            into: made,
            users: { _, _ in users }
        )
        for name in ["users.jsonl", "users.npy"] {
            let url = made.appending(path: name), whole = try Data(contentsOf: url)
            try whole.dropLast().write(to: url)
            let artifacts = try Artifacts(folder: made, for: HashEmbedder())
            #expect { try artifacts.users() } throws: { "\($0)".contains(name) }
            try whole.write(to: url)
        }
        #expect(try Artifacts(folder: made, for: HashEmbedder()).users()?.vectors[0] == users.vectors[0])
    }
}
