public import Foundation

/// Makes an artifacts folder out of a catalogue file.
public struct ArtifactsBuilder: Sendable {
    private let embedder: any Embedder

    /// Makes users' vectors of the catalogue and the movies' vectors.
    public typealias Users = (Catalog, EmbeddingMatrix) async throws -> UserVectors

    /// How many texts are embedded between two reports of progress.
    private static let chunk = 256

    public init(embedder: any Embedder) { self.embedder = embedder }

    /// Embeds every movie and keyword and writes the folder; it appears whole or not at all.
    ///
    /// - Parameters:
    ///   - catalog: a JSON Lines file of catalogue rows.
    ///   - folder: where the artifacts go; older artifacts there are replaced, a folder with other files is refused.
    ///   - users: makes the users' vectors of the catalogue and the movies' vectors; `nil` for artifacts without.
    ///   - neighbors: makes the movies' neighbours of the catalogue; `nil` for artifacts without.
    ///   - onWait: called where another process is building the same artifacts, whose end is waited for.
    ///   - progress: called with how many of how many texts are embedded.
    /// - Throws: ``CatalogError``, ``ArtifactsError``, or what the embedder throws.
    public func build(
        catalog url: URL,
        into folder: URL,
        users: Users? = nil,
        neighbors: ((Catalog) throws -> Neighbors)? = nil,
        onWait: @Sendable () -> Void = {},
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        try checkIsOurs(folder)
        let draft = try await draft(of: folder, onWait)
        // A copy, since the file may be changed while the texts are embedded.
        let data = try Catalog.read(url, options: []), catalog = try Catalog(data, of: url)
        let keywords = Set(catalog.movies.flatMap(\.keywords)).sorted()
        let texts = catalog.movies.map(\.text) + keywords
        let vectors = try await embed(texts, progress)
        let byKeyword = Dictionary(
            zip(keywords, vectors.dropFirst(catalog.count)),
            uniquingKeysWith: { first, _ in first }
        )
        let rows = zip(catalog.movies, vectors).map { movie, text in
            Self.vector(text: text, keywords: movie.keywords.compactMap { byKeyword[$0] })
        }
        let movies = EmbeddingMatrix(rows, dimension: embedder.dimension)
        let users = try await users?(catalog, movies)
        let neighbors = try neighbors?(catalog)
        let files = try [
            Artifacts.catalogFile: data,
            Artifacts.moviesFile: movies.file,
            Artifacts.keywordsFile: JSONEncoder().encode(keywords),
            Artifacts.keywordVectorsFile: EmbeddingMatrix.file(
                Array(vectors.dropFirst(catalog.count)),
                dimension: embedder.dimension
            ),
        ].merging(users?.files() ?? [:]) { $1 }
            .merging(neighbors.map { [Artifacts.neighborsFile: $0.file] } ?? [:]) { $1 }
        let manifest = manifest(files, catalog, keywords.count, users?.users.count)
        try write(files, manifest, to: draft, folder)
    }

    /// The vector of a movie: `normalise(text + normalise(mean(keywords)))`.
    ///
    /// A wish is often a word or two of mood, which a whole text dilutes and a keyword says outright. The sum keeps one
    /// vector a movie, so that any inner-product index serves.
    package static func vector(text: [Float], keywords: [[Float]]) -> [Float] {
        guard let moods = mean(keywords).flatMap(normalised) else { return text }
        return weightedSum([(1, text), (1, moods)]).flatMap(normalised) ?? text
    }

    private func embed(_ texts: [String], _ progress: @Sendable (Int, Int) -> Void) async throws -> [[Float]]
    {
        var vectors = [[Float]](repeating: [], count: texts.count), done = 0
        progress(0, texts.count)
        for chunk in chunks(of: texts) {
            try Task.checkCancellation()
            for (i, vector) in zip(chunk, try await embedder.embed(chunk.map { texts[$0] })) {
                vectors[i] = vector
            }
            done += chunk.count
            progress(done, texts.count)
        }
        return vectors
    }

    /// The places of the texts in chunks that take about the same time: each has long texts and short ones.
    private func chunks(of texts: [String]) -> [[Int]] {
        let sizes = texts.map(\.utf8.count), count = (texts.count + Self.chunk - 1) / Self.chunk
        let order = texts.indices.sorted { (sizes[$0], $0) > (sizes[$1], $1) }
        return (0..<count).map { first in stride(from: first, to: texts.count, by: count).map { order[$0] } }
    }

    /// Nothing is ever deleted that was not made here.
    private func checkIsOurs(_ folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw ArtifactsError.unwritable(folder, "it is not a folder that can be read")
        }
        if let other = files.first(where: { !Artifacts.isOurs($0) }) {
            throw ArtifactsError.unwritable(folder, "it holds other files, such as \(printable(other))")
        }
    }

    /// The draft of the folder, once no other build has it.
    private func draft(of folder: URL, _ onWait: @Sendable () -> Void) async throws -> FolderReplacement {
        var isTold = false
        while true {
            do { return try FolderReplacement(of: folder) } catch is FolderReplacement.Busy {
                if !isTold { onWait() }
                isTold = true
                try await Task.sleep(for: .milliseconds(100))
            } catch { throw ArtifactsError.unwritable(folder, reason(error)) }
        }
    }

    private func manifest(_ files: [String: Data], _ catalog: Catalog, _ keywords: Int, _ users: Int?)
        -> Manifest
    {
        Manifest(
            version: Manifest.currentVersion,
            catalog: catalog.checksum,
            embedder: embedder.name,
            dimension: embedder.dimension,
            movies: catalog.count,
            keywords: keywords,
            users: users,
            files: files.mapValues(sha256),
            created: Date.now.formatted(.iso8601)
        )
    }

    /// Writes all files, and takes over what was trained for the same catalogue and embedder.
    private func write(
        _ files: [String: Data],
        _ manifest: Manifest,
        to draft: FolderReplacement,
        _ folder: URL
    )
        throws
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try checkIsOurs(folder)
        do {
            for (name, data) in files { try draft.write(data, as: name) }
            for name in Artifacts.trainedFiles(in: folder, for: manifest) {
                try draft.write(Data(contentsOf: folder.appending(path: name)), as: name)
            }
            try draft.write(encoder.encode(manifest), as: Artifacts.manifestFile)
            try draft.publish()
        } catch { throw ArtifactsError.unwritable(folder, reason(error)) }
    }
}
