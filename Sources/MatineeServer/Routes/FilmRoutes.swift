import Foundation
import HTTPTypes
import Hummingbird
import Matinee

// The films, and the map of them.
extension Routes {
    private struct Similar: Encodable {
        var film: Movie
        /// -1...1.
        var cosine: Double
    }

    private struct MapFilm: Encodable {
        var id: String
        var title: String
        var year: Int?
        var popularity: Double
        var x: Float
        var y: Float
        var region: Int
    }

    private struct MapSheet: Encodable {
        var films: [MapFilm]
        var regions: [Engine.Region]
        /// How many films there are in all.
        var count: Int
    }

    var films: [Route] {
        [
            route(.get, "/v1/films") { request, _, engine in
                let text = request.uri.queryParameters["query"].map(String.init) ?? ""
                guard text.utf8.count <= 1_000 else { throw Problem.bad("“query” may have 1000 bytes.") }
                let limit = try request.number("limit", in: 1...100, default: 20)
                return try .json(engine.recommender.artifacts.catalog.search(text, limit: limit))
            },
            route(.get, "/v1/films/{id}") { _, context, engine in
                try .json(movie(context.id, engine))
            },
            route(.get, "/v1/films/{id}/similar") { request, context, engine in
                let film = try movie(context.id, engine)
                let limit = try request.number("limit", in: 1...100, default: 10)
                return try .json(similar(to: film, limit, engine))
            },
            route(.get, "/v1/films/{id}/poster") { _, context, engine in
                guard let poster = try await engine.poster?(movie(context.id, engine)) else {
                    throw Problem(.notFound, "no-poster", "There is no poster of this film.")
                }
                var response = Response.data(poster.data, poster.type)
                response.headers[.cacheControl] = "private, max-age=86400"
                return response
            },
            route(.get, "/v1/map") { request, _, engine in
                let limit = try request.number("limit", in: 1...10_000, default: 2_500)
                return try await .json(map(parts.atlas.map(of: engine), limit, engine))
            },
        ]
    }

    /// The films nearest to a film by their vectors.
    private func similar(to film: Movie, _ limit: Int, _ engine: Engine) -> [Similar] {
        let (catalog, movies) = (engine.recommender.artifacts.catalog, engine.recommender.artifacts.movies)
        guard let row = catalog.row(of: film.id) else { return [] }
        let scores = (0..<movies.count).map { innerProduct(movies.view(row), movies.view($0)) }
        return best(scores, limit: limit + 1).filter { $0 != row }.prefix(limit)
            .map { Similar(film: catalog[$0], cosine: Double(scores[$0])) }
    }

    /// The best known films at their places.
    private func map(_ map: Engine.FilmMap, _ limit: Int, _ engine: Engine) -> MapSheet {
        let movies = engine.recommender.artifacts.catalog.movies
        let films = best(movies.map { $0.popularity ?? 0 }, limit: limit).map { row in
            MapFilm(
                id: movies[row].id,
                title: movies[row].title,
                year: movies[row].year,
                popularity: movies[row].popularity ?? 0,
                x: map.places[row].x,
                y: map.places[row].y,
                region: map.region[row]
            )
        }
        return MapSheet(films: films, regions: map.regions, count: movies.count)
    }
}
