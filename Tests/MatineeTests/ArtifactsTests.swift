import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Artifacts")
struct ArtifactsTests {
    private func built() async throws -> (TemporaryFolder, URL) {
        let folder = try TemporaryFolder()
        let catalog = folder.url.appending(path: "catalog.jsonl"),
            made = folder.url.appending(path: "artifacts")
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(catalog: catalog, into: made)
        return (folder, made)
    }

    @Test("A row per movie comes back, bit for bit what the embedder gave")
    func roundTrip() async throws {
        let (folder, made) = try await built()
        let artifacts = try Artifacts(folder: made, for: HashEmbedder())
        for (row, movie) in artifacts.catalog.movies.enumerated() {
            let text = try await HashEmbedder().embed(movie.text)
            let keywords = try await HashEmbedder().embed(movie.keywords)
            #expect(artifacts.movies[row] == ArtifactsBuilder.vector(text: text, keywords: keywords))
        }
        #expect(artifacts.manifest.movies == 14 && artifacts.manifest.keywords == artifacts.keywords.count)
        withExtendedLifetime(folder) {}
    }

    @Test(
        "A file that is missing, cut short or changed is named",
        arguments: [
            "manifest.json", "movies.jsonl", "movies.npy", "keywords.json", "keywords.npy",
        ]
    )
    func damage(_ file: String) async throws {
        let (folder, made) = try await built()
        let url = made.appending(path: file), whole = try Data(contentsOf: url)
        var flipped = whole
        flipped[whole.count / 2] ^= 0x40
        for bytes in [
            whole.prefix(0), whole.prefix(whole.count / 2), whole.dropLast(),
            file == "manifest.json" ? Data() : flipped,
        ] {
            try bytes.write(to: url)
            #expect { try Artifacts(folder: made, for: HashEmbedder()) } throws: { "\($0)".contains(file) }
        }
        try FileManager.default.removeItem(at: url)
        #expect { try Artifacts(folder: made, for: HashEmbedder()) } throws: { "\($0)".contains(file) }
        withExtendedLifetime(folder) {}
    }

    @Test("Files that were verified once are verified again as soon as anything of them changes")
    func verifiedOnce() async throws {
        let (folder, made) = try await built(), note = made.appending(path: "verified.json")
        _ = try Artifacts(folder: made, for: HashEmbedder())
        // What changed a moment ago may change again at the same time of the clock.
        #expect(!FileManager.default.fileExists(atPath: note.path))
        try await Task.sleep(for: .milliseconds(3_300))
        let first = try Artifacts(folder: made, for: HashEmbedder())
        #expect(FileManager.default.fileExists(atPath: note.path))
        let second = try Artifacts(folder: made, for: HashEmbedder())
        #expect(second.catalog[3] == first.catalog[3] && second.catalog.count == first.catalog.count)
        #expect(second.catalog.row(of: first.catalog[5].id) == 5)
        #expect(
            second.catalog.movies == first.catalog.movies && second.catalog.checksum == first.catalog.checksum
        )
        for name in ["movies.jsonl", "movies.npy", "keywords.json", "keywords.npy"] {
            let url = made.appending(path: name), whole = try Data(contentsOf: url)
            let times = try FileManager.default.attributesOfItem(atPath: url.path)
            var flipped = whole
            flipped[whole.count / 2] ^= 0x40
            let file = try FileHandle(forWritingTo: url)
            try file.write(contentsOf: flipped)
            try FileManager.default.setAttributes(
                [.modificationDate: times[.modificationDate] as Any],
                ofItemAtPath: url.path
            )
            #expect { try Artifacts(folder: made, for: HashEmbedder()) } throws: { "\($0)".contains(name) }
            try whole.write(to: url)
            _ = try Artifacts(folder: made, for: HashEmbedder())
        }
        for spoilt in ["", "{", #"{"manifest":"","files":{}}"#] {
            try Data(spoilt.utf8).write(to: note)
            #expect(try Artifacts(folder: made, for: HashEmbedder()).catalog.movies == first.catalog.movies)
        }
        withExtendedLifetime(folder) {}
    }

    @Test("What was trained outlives a new build of the same catalogue, and no other")
    func trained() async throws {
        let (folder, made) = try await built(), trained = made.appending(path: "fusion.json")
        let catalog = folder.url.appending(path: "catalog.jsonl")
        try Data("weights".utf8).write(to: trained)
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(catalog: catalog, into: made)
        #expect(try String(contentsOf: trained, encoding: .utf8) == "weights")
        try Data(TinyCatalog.rows.utf8.dropLast(1) + Data("\n{\"id\":\"x\",\"title\":\"X\"}".utf8)).write(
            to: catalog
        )
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(catalog: catalog, into: made)
        #expect(!FileManager.default.fileExists(atPath: trained.path))
    }

    @Test("A movie's vector is the normalised sum of its text's and of its keywords' mean")
    func movieVector() throws {
        let found = ArtifactsBuilder.vector(text: [1, 0, 0], keywords: [[0, 1, 0], [0, 0, 1]])
        let expected = try #require(normalised([1, Float(0.5).squareRoot(), Float(0.5).squareRoot()]))
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(ArtifactsBuilder.vector(text: [0, 1], keywords: []) == [0, 1])
    }

    @Test("Artifacts of another embedder are refused")
    func otherEmbedder() async throws {
        let (folder, made) = try await built()
        for other in [HashEmbedder(name: "other"), HashEmbedder(dimension: 32)] {
            #expect(
                throws: ArtifactsError.otherEmbedder(
                    made,
                    expected: "\(other.name) (\(other.dimension) numbers)",
                    found: "hash (64 numbers)"
                )
            ) {
                try Artifacts(folder: made, for: other)
            }
        }
        withExtendedLifetime(folder) {}
    }

    @Test("A build that cannot be written says where, and leaves nothing half done")
    func unwritable() async throws {
        let folder = try TemporaryFolder()
        let catalog = folder.url.appending(path: "catalog.jsonl")
        try Data(TinyCatalog.rows.utf8).write(to: catalog)
        await #expect {
            try await ArtifactsBuilder(embedder: HashEmbedder()).build(
                catalog: catalog,
                into: catalog.appending(path: "a")
            )
        } throws: {
            "\($0)".contains("cannot be written")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["catalog.jsonl"])
    }

    @Test("An embedder of the same name that makes other vectors is found out")
    func impostor() async throws {
        struct Impostor: Embedder {
            let name = "hash", dimension = 64
            func embed(_ texts: [String]) async throws -> [[Float]] {
                try await HashEmbedder().embed(texts.map { $0 + " but not quite" })
            }
        }
        let (folder, made) = try await built()
        let artifacts = try Artifacts(folder: made, for: Impostor())
        try await artifacts.verify(HashEmbedder(), folder: made)
        await #expect(throws: ArtifactsError.self) { try await artifacts.verify(Impostor(), folder: made) }
        withExtendedLifetime(folder) {}
    }

    @Test("A folder with files of another kind is refused, and nothing in it is touched")
    func foreignFolder() async throws {
        let (folder, made) = try await built()
        let letter = made.appending(path: "letter.txt"), catalog = folder.url.appending(path: "catalog.jsonl")
        try await ArtifactsBuilder(embedder: HashEmbedder()).build(catalog: catalog, into: made)
        try Data("dear".utf8).write(to: letter)
        for place in [made, letter] {
            await #expect {
                try await ArtifactsBuilder(embedder: HashEmbedder()).build(catalog: catalog, into: place)
            } throws: {
                "\($0)".contains("cannot be written")
            }
        }
        #expect(try String(contentsOf: letter, encoding: .utf8) == "dear")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
                "artifacts", "catalog.jsonl",
            ]
        )
    }

    @Test("NumPy's header is read as NumPy writes it")
    func numpyHeader() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.npy")
        // numpy.save of array([[1, 2, 3], [4, 5, 6]], dtype=float32), NumPy 2.4
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0])
        data.append(Data((header + String(repeating: " ", count: 117 - header.count) + "\n").utf8))
        for number in [1, 2, 3, 4, 5, 6] as [Float] {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        try data.write(to: file)
        let matrix = try EmbeddingMatrix(contentsOf: file)
        #expect(matrix.count == 2 && matrix.dimension == 3 && matrix[1] == [4, 5, 6])
        #expect(EmbeddingMatrix.file([[1, 2, 3], [4, 5, 6]], dimension: 3) == data)
        for bad in ["<f8", "fortran_order': True"] {
            let change = bad == "<f8" ? "<f4" : "fortran_order': False"
            var broken = data
            if let range = data.range(of: Data(change.utf8)) {
                broken.replaceSubrange(range, with: Data(bad.utf8))
            }
            try broken.write(to: file)
            #expect { try EmbeddingMatrix(contentsOf: file) } throws: { "\($0)".contains("a.npy") }
        }
    }
}
