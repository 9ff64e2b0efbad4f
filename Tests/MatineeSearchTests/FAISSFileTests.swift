import Foundation
import Matinee
import MatineeSearch
import MatineeTesting
import Testing

@Suite("FAISS files")
struct FAISSFileTests {
    static let specifications =
        Kind.all.map(\.specification) + [
            "PQ4", "SQ4", "SQ6", "SQfp16", "IVF4,PQ4", "IVF4,SQfp16", "IVF12_HNSW8,Flat", "PCA6,SQ8",
            "OPQ4_8,IVF4,PQ4", "IVF4,SQ8,RFlat", "PCA6,HNSW8,RFlat", "PCAWR6,Flat", "RR8,HNSW8",
            "IVF300,Flat",
        ]

    @Test("An index that was written and read gives the same answers", arguments: specifications)
    func roundTrip(_ specification: String) throws {
        let scratch = try Scratch()
        let rows = Rows(count: 1000, dimension: 16)
        let made = try rows.index(specification)
        try made.write(to: scratch.file)
        let read = try rows.index(specification, of: scratch.file)
        #expect(read.name == made.name && read.count == 1000 && read.dimension == 16)
        for query in rows.queries {
            #expect(
                try read.search(query, limit: 10, allowed: nil) == made.search(query, limit: 10, allowed: nil)
            )
        }
        #expect(try scratch.names == ["movies.faiss"])
    }

    @Test("The same rows give the same file", arguments: specifications)
    func determinism(_ specification: String) throws {
        let scratch = try Scratch()
        let rows = Rows(count: 1000, dimension: 16)
        try rows.index(specification).write(to: scratch.file)
        let first = try Data(contentsOf: scratch.file)
        try rows.index(specification).write(to: scratch.file)
        #expect(try Data(contentsOf: scratch.file) == first)
    }

    @Test("An index of no rows can be written and read", arguments: ["Flat", "HNSW8", "IVF4,PQ2"])
    func noRows(_ specification: String) throws {
        let scratch = try Scratch()
        let rows = Rows(count: 0, dimension: 16)
        try rows.index(specification).write(to: scratch.file)
        let index = try rows.index(specification, of: scratch.file)
        #expect(try index.search(rows.queries[0], limit: 3, allowed: nil).isEmpty)
    }

    @Test("A file that does not fit says why")
    func misfits() throws {
        let scratch = try Scratch()
        let rows = Rows(count: 300, dimension: 16)
        try rows.index("Flat").write(to: scratch.file)
        for (other, specification, reason) in [
            (Rows(count: 300, dimension: 8), "Flat", "it is of another dimension"),
            (Rows(count: 600, dimension: 16), "Flat", "it is of another number of rows"),
            (Rows(count: 0, dimension: 16), "Flat", "it is of another number of rows"),
            (rows, "SQ8", "it is of another kind"),
            (rows, "HNSW8", "it is of another kind"),
        ] {
            #expect(throws: VectorIndexError.unreadableFile(path: scratch.file.path, reason: reason)) {
                try other.index(specification, of: scratch.file)
            }
        }
        try rows.index("HNSW8").write(to: scratch.file)
        #expect(throws: VectorIndexError.self) { try rows.index("HNSW9", of: scratch.file) }
        try FileManager.default.removeItem(at: scratch.file)
        #expect(throws: VectorIndexError.self) { try rows.index("Flat", of: scratch.file) }
    }

    @Test("What cannot be written is an error and leaves what was there")
    func writing() throws {
        let scratch = try Scratch()
        let index = try Rows(count: 10, dimension: 16).index("Flat")
        let nowhere = scratch.folder.appending(path: "none/movies.faiss")
        #expect(
            throws: VectorIndexError.writingFailed(path: nowhere.path, reason: "there is no such file")
        ) {
            try index.write(to: nowhere)
        }
        try FileManager.default.createDirectory(at: scratch.file, withIntermediateDirectories: false)
        #expect(throws: VectorIndexError.writingFailed(path: scratch.file.path, reason: "is a directory")) {
            try index.write(to: scratch.file)
        }
        #expect(try scratch.names == ["movies.faiss"])
    }

    @Test("A file cut short anywhere, or longer than it was, is refused", arguments: specifications)
    func cut(_ specification: String) throws {
        let scratch = try Scratch()
        let rows = Rows(count: 301, dimension: 16)
        try rows.index(specification).write(to: scratch.file)
        let whole = try Data(contentsOf: scratch.file)
        // All cuts where the first counts are, and ever fewer of the others.
        let lengths = Set(0..<48).union(stride(from: 48, to: 250, by: 7))
            .union(stride(from: 0, to: whole.count, by: 2_999)).filter { $0 < whole.count }
        for data in lengths.map({ whole.prefix($0) }) + [whole.dropLast(), whole + [0]] {
            try data.write(to: scratch.file)
            #expect(throws: VectorIndexError.self, "\(data.count) of \(whole.count) bytes") {
                try rows.index(specification, of: scratch.file)
            }
        }
    }

    @Test("A file with a wrong byte is refused or searched, but never a crash", arguments: specifications)
    func damage(_ specification: String) throws {
        let scratch = try Scratch()
        let rows = Rows(count: 400, dimension: 16)  // so many that FAISS is asked
        try rows.index(specification).write(to: scratch.file)
        let whole = try Data(contentsOf: scratch.file)
        var random = SeededGenerator(seed: 41)
        for round in 0..<40 {
            var data = whole
            let place = Int.random(
                in: 0..<(round % 2 == 0 ? data.count : min(data.count, 400)),
                using: &random
            )
            data[place] =
                [0, 0xff, 0x7f, .random(in: 0...255, using: &random)].randomElement(using: &random) ?? 1
            try data.write(to: scratch.file)
            guard let index = try? rows.index(specification, of: scratch.file) else { continue }
            for query in rows.queries.prefix(3) {
                let found = try index.search(query, limit: 10, allowed: nil)
                #expect(found.count == 10, "byte \(place)")
            }
        }
    }

    @Test("Random bytes are refused")
    func noise() throws {
        let scratch = try Scratch()
        let rows = Rows(count: 300, dimension: 16)
        var random = SeededGenerator(seed: 43)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            try Data(bytes).write(to: scratch.file)
            #expect(throws: VectorIndexError.self) { try rows.index("HNSW8", of: scratch.file) }
        }
    }
}

/// A folder for one test, removed with it.
final class Scratch: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID())")

    var file: URL { folder.appending(path: "movies.faiss") }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
    }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

/// Rows that stay in place.
// Sendable unchecked: nobody writes the numbers after init.
final class Rows: @unchecked Sendable {
    let numbers: UnsafeMutableBufferPointer<Float>  // (count, dimension)
    let dimension: Int
    let queries: [[Float]]

    init(count: Int, dimension: Int) {
        var random = SeededGenerator(seed: 37)
        numbers = .allocate(capacity: count * dimension)
        _ = numbers.initialize(from: random.normals(count * dimension))
        self.dimension = dimension
        queries = (0..<10).map { _ in random.normals(dimension) }
    }

    deinit { numbers.deallocate() }

    var vectors: [[Float]] {
        stride(from: 0, to: numbers.count, by: dimension).map { Array(numbers[$0..<$0 + dimension]) }
    }

    func index(_ specification: String, of file: URL? = nil) throws -> FAISSIndex {
        let rows = UnsafeBufferPointer(numbers)
        guard let file else {
            return try FAISSIndex(specification: specification, rows: rows, dimension: dimension, owner: self)
        }
        return try FAISSIndex(
            contentsOf: file,
            specification: specification,
            rows: rows,
            dimension: dimension,
            owner: self
        )
    }
}
