package import Foundation
package import Matinee

/// The map in an artifacts folder: `map.npy`, float32 of shape (movies, 2), and beside it in `map.json` what it was
/// made of.
///
/// It is made on first use and read afterwards. One that was made of other vectors, by another version of the layout,
/// or that was changed since, is made anew.
package struct SavedMap: Sendable {
    private struct Record: Codable, Equatable {
        var version: Int
        /// SHA-256 of the vectors' file and of the map.
        var vectors: String
        var map: String
    }

    private let folder: URL
    private var file: URL { folder.appending(path: Artifacts.mapFile) }
    private var recordFile: URL { folder.appending(path: Artifacts.mapRecordFile) }

    package init(folder: URL) { self.folder = folder }

    /// The map of the movies.
    ///
    /// - Parameters:
    ///   - movies: the vectors.
    ///   - checksum: the SHA-256 of their file, from the manifest.
    ///   - index: an exact index of them.
    ///   - progress: called while the map is made.
    ///   - onUnsaved: called where the map could be made but not written; the next time makes it again.
    /// - Throws: ``VectorIndexError``, `CancellationError`.
    package func map(
        of movies: EmbeddingMatrix,
        checksum: String,
        index: any VectorIndex,
        progress: @Sendable (MapLayout.Stage, _ done: Int, _ total: Int) -> Void = { _, _, _ in },
        onUnsaved: (any Error) -> Void
    ) async throws -> MovieMap {
        if let kept = kept(checksum, count: movies.count) { return kept }
        let places = try await MapLayout().places(of: movies, index: index, progress: progress)
        do { try save(places, checksum) } catch { onUnsaved(error) }
        return MovieMap(places: places)
    }

    private func kept(_ checksum: String, count: Int) -> MovieMap? {
        guard let bytes = try? Data(contentsOf: file),
            let found = try? JSONDecoder().decode(Record.self, from: Data(contentsOf: recordFile)),
            found == record(checksum, bytes), let matrix = try? EmbeddingMatrix(contentsOf: file),
            matrix.count == count, matrix.dimension == 2, matrix.numbers.allSatisfy({ abs($0) <= 1 })
        else { return nil }
        return MovieMap(places: (0..<count).map { SIMD2(matrix[$0]) })
    }

    private func record(_ checksum: String, _ map: Data) -> Record {
        Record(version: MapLayout.version, vectors: checksum, map: sha256(map))
    }

    private func save(_ places: [SIMD2<Float>], _ checksum: String) throws {
        let bytes = EmbeddingMatrix.file(places.map { [$0.x, $0.y] }, dimension: 2)
        try bytes.write(to: file, options: .atomic)
        try JSONEncoder().encode(record(checksum, bytes)).write(to: recordFile, options: .atomic)
    }
}
