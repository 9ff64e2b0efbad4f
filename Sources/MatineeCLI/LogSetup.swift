import Foundation
import Matinee
import MatineeLab

/// Logs with the catalogue and the vectors that they are measured by.
struct LogSetup {
    let logs: [LogFile]
    let artifacts: Artifacts
    let folder: URL
    var space: FilmSpace { FilmSpace(artifacts) }

    init(_ assembly: Assembly, logs paths: [String]) async throws {
        logs = try paths.map { try LogFile(contentsOf: $0) }
        let embedder = try assembly.embedder()
        artifacts = try await assembly.artifacts(for: embedder)
        folder = try assembly.artifactsFolder(for: embedder)
    }

    /// What was run.
    func facts(_ command: String) -> [ReportFact] {
        [.program, ReportFact("command", "matinee \(command)")]
            + logs.map { .file("log", $0.name, sha256: $0.checksum) } + Self.facts(of: artifacts)
            + [.machine, .now]
    }

    /// The catalogue and the embedder.
    static func facts(of artifacts: Artifacts) -> [ReportFact] {
        let manifest = artifacts.manifest
        return [
            ReportFact("catalogue", "\(manifest.movies) films, SHA-256 \(manifest.catalog.prefix(16))…"),
            ReportFact("embedding model", "\(manifest.embedder), \(manifest.dimension) numbers"),
        ]
    }

    /// The map with the way of the taste that moves most; `nil` where no taste moves.
    func trail() async throws -> MapPicture? {
        guard let conversation = logs.lazy.compactMap({ $0.longest() }).first else { return nil }
        let films = try await FilmMap(of: artifacts, in: folder)
        var picture = MapPicture(films.map, catalog: artifacts.catalog)
        try picture.follow(conversation, on: films.map, index: films.index)
        return picture
    }
}
