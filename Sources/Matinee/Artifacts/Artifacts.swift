public import Foundation

/// A catalogue with the embeddings of its movies and keywords, read from an artifacts folder.
public struct Artifacts: Sendable {
    public let manifest: Manifest
    public let catalog: Catalog

    /// A row per movie, in the order of the catalogue; see ``ArtifactsBuilder``.
    public let movies: EmbeddingMatrix
    public let keywords: KeywordVectors

    /// What ratings say of movies that belong together, or `nil` where the artifacts were made without.
    public let neighbors: Neighbors?
    private let folder: URL

    /// The files that every folder has. `manifest.json` has the checksums of the others.
    package static let catalogFile = "movies.jsonl", moviesFile = "movies.npy"
    static let keywordsFile = "keywords.json", keywordVectorsFile = "keywords.npy",
        manifestFile = "manifest.json"
    static let allFiles = [catalogFile, moviesFile, keywordsFile, keywordVectorsFile, manifestFile]

    /// The files of users, which the manifest has too where there are any.
    static let usersFile = "users.jsonl", userVectorsFile = "users.npy"
    private static let userFiles = [usersFile, userVectorsFile]

    /// A FAISS index of the movies, where one was asked for, and what it was made of.
    package static let indexFile = "index.faiss", indexRecordFile = "index.json"

    /// The places of the movies on the map, where it was drawn, and what they were made of.
    package static let mapFile = "map.npy", mapRecordFile = "map.json"

    /// The films that are liked together, which the manifest has too where there are ratings.
    package static let neighborsFile = "neighbours.bin"

    /// What is trained: the weights of the signals, how people rate.
    package static let fusionFile = "fusion.json", preferenceFile = "preference.json"

    /// The files that may be there besides; the manifest does not have them. Each tells itself, or in a record beside
    /// it, what it was made of.
    static let optionalFiles =
        [indexFile, indexRecordFile, mapFile, mapRecordFile, FileVerification.file] + trainedFiles

    private static let trainedFiles = [fusionFile, preferenceFile]

    /// The trained files in a folder that stay right where it is made anew: the catalogue and the embedder are the same.
    static func trainedFiles(in folder: URL, for manifest: Manifest) -> [String] {
        guard let old = try? self.manifest(of: folder),
            (old.catalog, old.embedder, old.dimension)
                == (manifest.catalog, manifest.embedder, manifest.dimension)
        else { return [] }
        return trainedFiles.filter {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
        }
    }

    /// Whether a file in an artifacts folder was made here; a file that was being written when the program was killed
    /// leaves a draft, of a name that Foundation gives.
    static func isOurs(_ name: String) -> Bool {
        (allFiles + userFiles + [neighborsFile] + optionalFiles).contains(name)
            || name.hasPrefix(indexFile) && name.hasSuffix(".draft") || name.hasPrefix(".dat.nosync")
    }

    /// Opens a folder, its matrices memory-mapped, and compares every file with the manifest that may have changed since
    /// that was last done.
    ///
    /// - Parameter embedder: the embedder in use, whose name and dimension the artifacts must have.
    /// - Throws: ``ArtifactsError`` naming the file and what is wrong with it.
    public init(folder: URL, for embedder: any Embedder) throws {
        let (manifest, checksum) = try Self.readManifest(folder)
        let found = "\(manifest.embedder) (\(manifest.dimension) numbers)",
            used = "\(embedder.name) (\(embedder.dimension) numbers)"
        guard found == used else { throw ArtifactsError.otherEmbedder(folder, expected: used, found: found) }
        self.folder = folder
        self.manifest = manifest
        let verification = FileVerification(folder: folder, manifest: manifest, checksum: checksum)
        let url = folder.appending(path: Self.catalogFile)
        catalog =
            try verification.verify(Array(Set(manifest.files.keys).subtracting(Self.userFiles))) {
                try Catalog(contentsOf: url)
            }
            ?? Catalog(
                verified: Catalog.read(url, options: .alwaysMapped),
                count: manifest.movies,
                checksum: manifest.catalog
            )
        movies = try EmbeddingMatrix(contentsOf: folder.appending(path: Self.moviesFile))
        keywords = try KeywordVectors(folder: folder)
        let hasNeighbors = manifest.files[Self.neighborsFile] != nil
        neighbors =
            hasNeighbors
            ? try Neighbors(contentsOf: folder.appending(path: Self.neighborsFile), movies: catalog.count)
            : nil
        guard movies.count == catalog.count, manifest.movies == catalog.count,
            manifest.catalog == catalog.checksum, movies.dimension == manifest.dimension,
            keywords.vectors.dimension == manifest.dimension
        else {
            throw ArtifactsError.damaged(folder, "it has \(movies.count) vectors for \(catalog.count) movies")
        }
        guard try Self.readManifest(folder).checksum == checksum else {
            throw ArtifactsError.damaged(folder, "it was replaced while it was being read")
        }
    }

    /// The users, or `nil` where the artifacts were made without; read when they are asked for, being large.
    ///
    /// - Throws: ``ArtifactsError`` naming the file and what is wrong with it.
    public func users() throws -> UserVectors? {
        guard manifest.users != nil else { return nil }
        let checksum = try Self.readManifest(folder).checksum
        let verification = FileVerification(folder: folder, manifest: manifest, checksum: checksum)
        _ = try verification.verify(Self.userFiles) {}
        return try UserVectors(folder: folder)
    }

    /// Makes sure that the embedder is the one that made the vectors, not another of the same name: embeds a keyword
    /// anew and compares.
    /// - Throws: ``ArtifactsError`` where it is another, or what the embedder throws.
    public func verify(_ embedder: any Embedder, folder: URL) async throws {
        guard let (word, row) = keywords.rows.min(by: { $0.value < $1.value }) else { return }
        guard try await innerProduct(embedder.embed(word), keywords.vectors[row]) > 0.999 else {
            throw ArtifactsError.otherEmbedder(
                folder,
                expected: embedder.name,
                found: "another model of that name"
            )
        }
    }

    /// What a folder says of itself; no other file is looked at.
    /// - Throws: ``ArtifactsError``.
    package static func manifest(of folder: URL) throws -> Manifest { try readManifest(folder).manifest }

    private static func readManifest(_ folder: URL) throws -> (manifest: Manifest, checksum: String) {
        let url = folder.appending(path: manifestFile)
        guard FileManager.default.fileExists(atPath: url.path) else { throw ArtifactsError.missing(url) }
        guard let data = try? Data(contentsOf: url),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else {
            throw ArtifactsError.damaged(url, "it is not a manifest")
        }
        guard manifest.version == Manifest.currentVersion else {
            throw ArtifactsError.damaged(
                url,
                "it has version \(manifest.version) where \(Manifest.currentVersion) is needed"
            )
        }
        let files = allFiles + (manifest.users == nil ? [] : userFiles)
        guard
            Set(files) == Set(manifest.files.keys).union([manifestFile]).subtracting([neighborsFile])
        else {
            throw ArtifactsError.damaged(url, "it lists other files")
        }
        return (manifest, sha256(data))
    }
}

/// The embeddings of the keywords that the catalogue's movies have; reasons are found by them.
public struct KeywordVectors: Sendable {
    let rows: [String: Int]
    let vectors: EmbeddingMatrix

    /// The number of keywords.
    public var count: Int { vectors.count }

    package init(_ keywords: [String], _ vectors: EmbeddingMatrix) {
        rows = Dictionary(zip(keywords, 0...), uniquingKeysWith: { first, _ in first })
        self.vectors = vectors
    }

    init(folder: URL) throws {
        let url = folder.appending(path: Artifacts.keywordsFile)
        guard let data = try? Data(contentsOf: url),
            let names = try? JSONDecoder().decode([String].self, from: data)
        else {
            throw ArtifactsError.damaged(url, "it is not a list of keywords")
        }
        let vectors = try EmbeddingMatrix(contentsOf: folder.appending(path: Artifacts.keywordVectorsFile))
        guard vectors.count == names.count else {
            throw ArtifactsError.damaged(url, "it has \(names.count) keywords for \(vectors.count) vectors")
        }
        self.init(names, vectors)
    }
}
