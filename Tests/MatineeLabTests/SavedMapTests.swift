import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Saved map")
struct SavedMapTests {
    private let scratch: TemporaryFolder
    private let rows: Rows
    private var file: URL { scratch.url.appending(path: "map.npy") }

    init() throws {
        scratch = try TemporaryFolder()
        rows = try Rows(clustered: 60)
    }

    private func map(checksum: String = "a") async throws -> MovieMap {
        try await SavedMap(folder: scratch.url).map(of: rows.matrix, checksum: checksum, index: rows.index) {
            Issue.record("not kept: \($0)")
        }
    }

    private func written() throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
    }

    @Test("It is made once, then read, and is a matrix of two columns")
    func kept() async throws {
        let first = try await map(), date = try written()
        #expect(try await map() == first)
        #expect(try written() == date)
        let matrix = try EmbeddingMatrix(contentsOf: file)
        #expect(matrix.count == 60 && matrix.dimension == 2)
        #expect((0..<60).map { SIMD2(matrix[$0]) } == first.places)
    }

    @Test("It is made anew of other vectors, or where somebody changed it")
    func madeAnew() async throws {
        let first = try await map(), bytes = try Data(contentsOf: file)
        for spoil in [{ (data: inout Data) in data[data.count / 2] ^= 1 }, { $0 = $0.prefix(100) }] {
            var data = bytes
            spoil(&data)
            try data.write(to: file)
            #expect(try await map() == first)
            #expect(try Data(contentsOf: file) == bytes)
        }
        try Data("{}".utf8).write(to: scratch.url.appending(path: "map.json"))
        #expect(try await map() == first)
        let date = try written()
        _ = try await map(checksum: "b")
        #expect(try written() != date)
    }

    @Test("Where it cannot be kept, it works all the same and says so")
    func unkept() async throws {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        var trouble: (any Error)?
        let map = try await SavedMap(folder: scratch.url).map(
            of: rows.matrix,
            checksum: "a",
            index: rows.index
        ) {
            trouble = $0
        }
        #expect(map.places.count == 60 && trouble != nil)
    }

    @Test("A rebuild of the artifacts replaces it")
    func rebuilt() async throws {
        let folder = scratch.url.appending(path: "artifacts"),
            catalog = scratch.url.appending(path: "c.jsonl")
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        let builder = ArtifactsBuilder(embedder: HashEmbedder())
        try await builder.build(catalog: catalog, into: folder)
        let movies = try Artifacts(folder: folder, for: HashEmbedder()).movies
        _ = try await SavedMap(folder: folder).map(of: movies, checksum: "a", index: ScanIndex(movies)) { _ in
        }
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: "map.npy").path))
        try await builder.build(catalog: catalog, into: folder)
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "map.npy").path))
    }
}
