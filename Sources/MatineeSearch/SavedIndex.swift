public import Foundation
public import Matinee

/// The FAISS index in an artifacts folder: `index.faiss`, and beside it in `index.json` what it was made of.
///
/// It is made on first use and read afterwards. One that was made of other vectors, of another specification, that
/// was changed since or is not sound, is made anew.
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
        if let index = saved(specification, of: movies, checksum) { return index }
        let index = try FAISSIndex(
            specification: specification,
            rows: movies.numbers,
            dimension: movies.dimension,
            owner: movies
        )
        do { try save(index, specification, checksum) } catch { onUnsaved(error) }
        return index
    }

    /// The index that is there, where it is sound and was made of the vectors; the bytes that are read are those that
    /// were checked, whatever happens to the file meanwhile.
    private func saved(_ specification: String, of movies: EmbeddingMatrix, _ checksum: String) -> FAISSIndex?
    {
        guard let bytes = try? Data(contentsOf: file, options: .mappedIfSafe),
            record() == Record(specification: specification, vectors: checksum, index: sha256(bytes))
        else { return nil }
        return try? FAISSIndex(
            bytes,
            of: file,
            specification: specification,
            rows: movies.numbers,
            dimension: movies.dimension,
            owner: movies
        )
    }

    private func record() -> Record? {
        (try? Data(contentsOf: recordFile)).flatMap { try? JSONDecoder().decode(Record.self, from: $0) }
    }

    private func save(_ index: FAISSIndex, _ specification: String, _ checksum: String) throws {
        let written = try index.write(to: file)
        let record = Record(specification: specification, vectors: checksum, index: written)
        try JSONEncoder().encode(record).write(to: recordFile)
    }
}
