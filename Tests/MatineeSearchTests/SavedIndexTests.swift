import Foundation
import Matinee
import MatineeSearch
import MatineeTesting
import Testing

@Suite("Saved index")
struct SavedIndexTests {
    private let scratch: Scratch
    private let movies: EmbeddingMatrix

    init() throws {
        scratch = try Scratch()
        movies = EmbeddingMatrix(Rows(count: 400, dimension: 16).vectors, dimension: 16)
    }

    private var file: URL { scratch.folder.appending(path: "index.faiss") }

    private func index(_ specification: String, checksum: String = "a") throws -> [Neighbor] {
        try SavedIndex(folder: scratch.folder)
            .index(specification, of: movies, checksum: checksum) { Issue.record("not kept: \($0)") }
            .search(movies[3], limit: 5, allowed: nil)
    }

    /// When the file was last written.
    private func written() throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
    }

    @Test("It is made once, then read, and gives the same answers", arguments: ["HNSW16", "SQ8,RFlat"])
    func kept(_ specification: String) throws {
        let first = try index(specification), date = try written()
        #expect(try index(specification) == first)
        #expect(try written() == date)
    }

    @Test("It is made anew for another kind, other vectors, or where somebody changed it")
    func madeAnew() throws {
        let first = try index("Flat")
        let flat = try Data(contentsOf: file)
        #expect(try index("SQ8").first == first.first)
        #expect(try Data(contentsOf: file) != flat)
        for spoil in [{ (data: inout Data) in data[data.count / 2] ^= 1 }, { $0 = $0.prefix(100) }] {
            _ = try index("Flat")
            var data = flat
            spoil(&data)
            try data.write(to: file)
            #expect(try index("Flat") == first)
            #expect(try Data(contentsOf: file) == flat)
        }
        let date = try written()
        _ = try index("Flat", checksum: "b")
        #expect(try written() != date)
    }

    @Test("Where it cannot be kept, it works all the same and says so")
    func unkept() throws {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        var trouble: (any Error)?
        let index = try SavedIndex(folder: scratch.folder).index("Flat", of: movies, checksum: "a") {
            trouble = $0
        }
        #expect(try index.search(movies[3], limit: 1, allowed: nil).first?.row == 3)
        #expect("\(try #require(trouble))".contains("index.faiss"))
    }
}
