public import Foundation
public import Matinee

/// The FAISS index in an artifacts folder: `index.faiss`, and beside it in `index.json` what it was made of.
///
/// It is made on first use and read afterwards. One that was made of other vectors, of another specification, or
/// that was changed since, is made anew.
public struct SavedIndex: Sendable {
    private struct Record: Codable, Equatable {
        var specification: String
        /// SHA-256 of the vectors' file and of the index.
        var vectors: String
        var index: String
    }

    private let folder: URL
    private var file: URL { folder.appending(path: Artifacts.indexFile) }
    private var recordFile: URL { folder.appending(path: Artifacts.indexRecordFile) }

    public init(folder: URL) { self.folder = folder }

    /// The index of a specification; see ``FAISSIndex``.
    ///
    /// - Parameters:
    ///   - movies: the vectors.
    ///   - checksum: the SHA-256 of their file, from the manifest.
    ///   - onUnsaved: called where the index could be made but not written; the next start makes it again.
    /// - Throws: ``VectorIndexError``.
    public func index(
        _ specification: String,
        of movies: EmbeddingMatrix,
        checksum: String,
        onUnsaved: (any Error) -> Void
    ) throws -> FAISSIndex {
        if let bytes = try? Data(contentsOf: file, options: .alwaysMapped),
            record() == Record(specification: specification, vectors: checksum, index: sha256(bytes))
        {
            return try FAISSIndex(
                contentsOf: file,
                isTrusted: true,
                specification: specification,
                rows: movies.numbers,
                dimension: movies.dimension,
                owner: movies
            )
        }
        let index = try FAISSIndex(
            specification: specification,
            rows: movies.numbers,
            dimension: movies.dimension,
            owner: movies
        )
        do { try save(index, specification, checksum) } catch { onUnsaved(error) }
        return index
    }

    private func record() -> Record? {
        (try? Data(contentsOf: recordFile)).flatMap { try? JSONDecoder().decode(Record.self, from: $0) }
    }

    private func save(_ index: FAISSIndex, _ specification: String, _ checksum: String) throws {
        try index.write(to: file)
        let bytes = try Data(contentsOf: file, options: .alwaysMapped)
        let record = Record(specification: specification, vectors: checksum, index: sha256(bytes))
        try JSONEncoder().encode(record).write(to: recordFile, options: .atomic)
    }
}
