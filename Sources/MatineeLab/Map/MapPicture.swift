package import Matinee

/// What a map shows: films, regions and, of one user, the way of the taste. Its JSON is `matinee catalog map --json`.
package struct MapPicture: Sendable, Encodable {
    package struct Film: Sendable, Encodable {
        package var id: String
        package var title: String
        package var year: Int?
        package var keywords: [String]
        /// 0...1.
        package var popularity: Double
        /// -1...1, from left to right and from bottom to top.
        package var x: Float
        package var y: Float
        /// A place in ``MapPicture/regions``.
        package var region: Int

        var place: SIMD2<Float> { [x, y] }
    }

    /// Films that lie together.
    package struct Region: Sendable, Encodable {
        /// The keywords that are typical of them, most typical first; of no other region.
        package var keywords: [String]
        /// Where they lie thickest.
        package var x: Float
        package var y: Float
        /// How many they are.
        package var films: Int

        var place: SIMD2<Float> { [x, y] }
    }

    /// The taste of a user after a turn, u_t.
    package struct Step: Sendable, Encodable {
        package var turn: Int
        package var created: String
        /// The labels of the films that were recommended.
        package var picks: [String]
        package var x: Float
        package var y: Float

        var place: SIMD2<Float> { [x, y] }
    }

    package var films: [Film]
    package var regions: [Region]
    package var user: String?
    package var trail: [Step] = []
    /// See ``MapQuality``.
    package var neighbors_kept: Double?

    package init(_ map: MovieMap, catalog: Catalog) {
        let found = MapRegions(of: map.places)
        films = zip(catalog.movies, zip(map.places, found.regions)).map { movie, spot in
            Film(
                id: movie.id,
                title: movie.title,
                year: movie.year,
                keywords: movie.keywords,
                popularity: movie.popularity ?? 0,
                x: spot.0.x,
                y: spot.0.y,
                region: spot.1
            )
        }
        let names = RegionNames().names(of: found.regions, movies: catalog.movies)
        let sizes = Dictionary(found.regions.map { ($0, 1) }, uniquingKeysWith: +)
        regions = found.peaks.indices.map { region in
            let peak = found.peaks[region]
            return Region(keywords: names[region], x: peak.x, y: peak.y, films: sizes[region, default: 0])
        }
    }

    /// Adds the way of a user's taste: the turns that the embedder in use has made and that were not taken back.
    /// - Throws: ``VectorIndexError``.
    package mutating func follow(
        _ user: String,
        log: [LoggedTurn],
        on map: MovieMap,
        index: any VectorIndex,
        embedder: String
    ) throws {
        self.user = user
        trail = try log.compactMap { logged in
            guard !logged.undone, logged.record.models.embedder == embedder, let turn = logged.record.turn,
                let taste = logged.taste, taste.count == index.dimension,
                let place = try map.place(of: taste, index: index)
            else { return nil }
            let picks = logged.record.picks.map { pick in
                pick.year.map { "\(pick.title) (\($0))" } ?? pick.title
            }
            return Step(turn: turn, created: logged.created, picks: picks, x: place.x, y: place.y)
        }
    }
}
