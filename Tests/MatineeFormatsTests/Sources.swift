import Foundation
import Matinee
import MatineeFormats
import MatineeTesting
import Testing

/// Small sources in the forms of the data sets, and what comes of them.
struct Sources {
    let folder: TemporaryFolder
    var source: URL { folder.url.appending(path: "source") }
    var result: URL { folder.url.appending(path: "catalogs/result") }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    }

    func write(_ name: String, _ text: String, as encoding: String.Encoding = .utf8) throws {
        try #require(text.data(using: encoding)).write(to: source.appending(path: name))
    }

    func write(_ files: [String: String], as encoding: String.Encoding = .utf8) throws {
        for (name, text) in files { try write(name, text, as: encoding) }
    }

    func run(
        _ source: URL? = nil,
        metadata: [String] = [],
        map: [String] = [],
        maxBad: Double = 0
    ) throws -> ImportReport {
        try CatalogImporter(map: ColumnMap(map), maxBad: maxBad)
            .run(
                source ?? self.source,
                metadata: metadata.map { folder.url.appending(path: $0) },
                into: result
            )
    }

    func movies() throws -> [Movie] {
        try Catalog(contentsOf: result.appending(path: "catalog.jsonl")).movies
    }

    /// The ratings as (user's id, film's id, rating, time), in the order of the file.
    func ratings() throws -> [String] {
        let movies = try movies()
        let ratings = try RatingsFile(contentsOf: result.appending(path: "ratings.npy"), movies: movies.count)
        let lines = try String(contentsOf: result.appending(path: "users.jsonl"), encoding: .utf8).split(
            separator: "\n"
        )
        let users = try lines.map {
            try JSONDecoder().decode([String: String].self, from: Data($0.utf8))["id"]
        }
        #expect(users.count == ratings.users)
        return ratings.ratings.map {
            "\(users[Int($0.user)] ?? "?") \(movies[Int($0.movie)].id) \($0.rating) \($0.time)"
        }
    }

    static let latest = [
        "movies.csv": """
        movieId,title,genres
        1,"City of Lost Children, The (Cité des enfants perdus, La) (1995)",Adventure|Children|Sci-Fi
        29,Babylon 5,(no genres listed)
        47,Seven (a.k.a. Se7en) (1995),Mystery|IMAX|Film-Noir

        """,
        "links.csv": "movieId,imdbId,tmdbId\n1,0112682,902\n29,0105946,\n47,0114369,807\n",
        "ratings.csv": """
        userId,movieId,rating,timestamp
        7,1,4.0,964982703
        7,47,0.5,964981247
        9,47,5.0,964982224

        """,
        "tags.csv": """
        userId,movieId,tag,timestamp
        2,47,Dark Ending,1445714994
        3,47,dark  ending!,1445714994
        3,47,Netflix queue,1445714994
        3,47,"gloomy, rainy",1445714994
        3,47,mystery,1445714994

        """,
    ]
}
