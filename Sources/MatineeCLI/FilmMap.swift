import Foundation
import Matinee
import MatineeLab
import MatineeSearch

/// The map of a catalogue's films, with the index by which it places tastes.
struct FilmMap {
    let map: MovieMap
    let index: ExactIndex

    /// - Parameters:
    ///   - folder: of the artifacts, where the map is kept.
    ///   - progress: as that of ``SavedMap``.
    init(
        of artifacts: Artifacts,
        in folder: URL,
        progress: @Sendable (MapLayout.Stage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws {
        let movies = artifacts.movies
        index = try ExactIndex(rows: movies.numbers, dimension: movies.dimension, owner: movies)
        map = try await SavedMap(folder: folder).map(
            of: movies,
            checksum: artifacts.manifest.files[Artifacts.moviesFile] ?? "",
            index: index,
            progress: progress,
            onUnsaved: { note("Warning: the map is not kept and will be made again: \(reason($0)).") }
        )
    }
}
