import Foundation
import HTTPTypes
import Hummingbird
import Matinee
import MatineeFormats

// Histories from other services.
extension Routes {
    private struct TakenBack: Encodable {
        var service: String?
        var films: Int
    }

    /// How many bytes an export may have.
    private static let longestExport = 64 << 20

    /// The services whose exports are taken, and the endings of their files by media type.
    private static let services: [HistoryService] = [.letterboxd, .imdb, .trakt]
    private static let endings = ["application/zip": "zip", "text/csv": "csv", "application/json": "json"]

    var imports: [Route] {
        [
            route(.post, "/v1/imports", body: .upload, isTurn: true) { request, context, engine in
                try await takeIn(request, context, engine)
            },
            route(.delete, "/v1/imports") { _, context, engine in
                guard case .history(let service, let films)? = try undoHistory(context.user.user, engine)
                else { return try .json(TakenBack(films: 0)) }
                return try .json(TakenBack(service: service, films: films))
            },
        ]
    }

    private func takeIn(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws
        -> Response
    {
        let name = request.uri.queryParameters["service"].map(String.init) ?? "letterboxd"
        guard let service = Self.services.first(where: { $0.rawValue == name }) else {
            throw Problem.bad("“service” must be letterboxd, imdb or trakt.")
        }
        let user = try context.user.user, type = request.mediaType ?? ""
        let bytes = try await request.bytes(upTo: Self.longestExport, within: .seconds(120))
        return try await context.channel.watching {
            try await parts.desk.working {
                let history = try history(bytes, service, ending: Self.endings[type] ?? "zip")
                let linking = HistoryLinking(history, engine.recommender.artifacts.catalog)
                var report = linking.report
                report.changed = try engine.recommender.take(
                    linking.films,
                    from: service.rawValue,
                    hasWatchlist: history.hasWatchlist,
                    of: user
                )
                return try .json(report)
            }
        }
    }

    /// What an export holds.
    /// - Throws: ``Problem`` 422 where it cannot be read.
    private func history(_ bytes: Data, _ service: HistoryService, ending: String) throws -> History {
        let folder = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "export.\(ending)")
        try bytes.write(to: file)
        do { return try HistoryReader().read(file, from: service) } catch {
            guard error is HistoryError || error is FormatError else { throw error }
            let words = "\(error)".replacing(folder.path + "/", with: "")
            throw Problem(.unprocessableContent, "unreadable-history", words)
        }
    }

    private func undoHistory(_ user: String, _ engine: Engine) throws -> Undone? {
        do { return try engine.store.undoHistory(user) } catch StoreError.unknownUser { return nil }
    }
}
