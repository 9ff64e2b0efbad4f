import Foundation
import Matinee
import MatineeSearch
import MatineeTesting
import Testing

@Suite("FAISS in Python")
struct FAISSPythonTests {
    // Needs faiss-cpu and numpy (pip) in the Python that MATINEE_PYTHON names, or in python3; skipped without them.
    @Test(
        "Python's FAISS opens the file and finds the same rows",
        .enabled(
            if: Python.has("faiss", "numpy"),
            "Python has no faiss and numpy: pip install faiss-cpu numpy"
        ),
        arguments: FAISSFileTests.specifications
    )
    func sameRows(_ specification: String) throws {
        let scratch = try Scratch()
        let rows = Rows(count: 1000, dimension: 16)
        let index = try rows.index(specification)
        try index.write(to: scratch.file)
        try EmbeddingMatrix.file(rows.vectors, dimension: 16).write(
            to: scratch.folder.appending(path: "movies.npy")
        )
        let asked = [0, 7, 500, 999]
        let output = try Python.run(
            [Python.example("search_faiss.py"), scratch.folder.path, scratch.file.path]
                + asked.map(String.init)
        )
        let found = try JSONDecoder().decode([String: [Int]].self, from: output)
        #expect(found.count == asked.count)
        for row in asked {
            let query = Array(rows.numbers[row * 16..<row * 16 + 16])
            let nearest = try index.search(query, limit: 10, allowed: nil).map(\.row)
            #expect(found[String(row)] == nearest, "row \(row)")
        }
    }
}
