import Foundation
import Matinee
import MatineeLab
import MatineeNetwork
import MatineeSearch
import MatineeServer

extension Assembly {
    /// What the server answers with; `report` is told what is missing while it is made.
    func engine(
        _ store: any Store,
        _ settings: Settings,
        _ limit: Int,
        _ report: @escaping @Sendable (String) -> Void
    ) async throws -> Engine {
        var assembly = self
        assembly.onProgress = { done, total in
            report("The films are being read, which is done once: \(done) of \(total) texts.")
        }
        let recommender = try await assembly.recommender(store: store, settings: settings)
        let folder = try artifactsFolder(for: embedder())
        return try Engine(recommender: recommender, store: store, limit: limit, poster: poster()) {
            try await filmMap(of: recommender.artifacts, in: folder)
        }
    }

    /// Real posters, where there is a key for them.
    private func poster() throws -> (@Sendable (Movie) async -> Engine.Poster?)? {
        guard let key = try settings.tmdbKey() else { return nil }
        let posters = try TMDBPosters(key: key, base: settings.tmdbAddress(), cache: Folders.tmdb)
        return { movie in
            guard let data = await posters.poster(of: movie), let type = TMDBPosters.type(of: data) else {
                return nil
            }
            return Engine.Poster(data: data, type: type)
        }
    }

    private func filmMap(of artifacts: Artifacts, in folder: URL) async throws -> Engine.FilmMap {
        let films = try await FilmMap(of: artifacts, in: folder)
        let picture = MapPicture(films.map, catalog: artifacts.catalog)
        return Engine.FilmMap(
            places: picture.films.map { Engine.Place(x: $0.x, y: $0.y) },
            region: picture.films.map(\.region),
            regions: picture.regions.map { .init(keywords: $0.keywords, x: $0.x, y: $0.y, films: $0.films) },
            place: { taste in
                guard taste.count == films.index.dimension,
                    let place = try? films.map.place(of: taste, index: films.index)
                else { return nil }
                return Engine.Place(x: place.x, y: place.y)
            }
        )
    }
}
