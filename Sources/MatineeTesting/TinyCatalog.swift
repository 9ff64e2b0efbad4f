public import Foundation
public import Matinee

/// A small catalogue whose films, and what is right to say of them, are easy to know by heart.
public enum TinyCatalog {
    /// The rows, as a catalogue file holds them.
    public static let rows = """
        {"id":"heat","title":"Heat","year":1995,"genres":["Crime","Thriller"],"directors":["Michael Mann"],"cast":["Al Pacino","Robert De Niro"],"keywords":["heist","city at night","cat and mouse"],"overview":"A thief and a policeman circle each other in Los Angeles.","runtime":170,"languages":["en"],"countries":["US"],"popularity":0.9}
        {"id":"collateral","title":"Collateral","year":2004,"genres":["Crime","Thriller"],"directors":["Michael Mann"],"cast":["Tom Cruise"],"keywords":["hitman","city at night","taxi"],"overview":"A taxi driver must drive a killer through the night.","runtime":120,"languages":["en"],"countries":["US"],"popularity":0.7}
        {"id":"thief","title":"Thief","year":1981,"genres":["Crime"],"directors":["Michael Mann"],"keywords":["heist","neon"],"overview":"A safe-cracker wants out.","runtime":123,"languages":["en"],"countries":["US"],"popularity":0.5}
        {"id":"airplane","title":"Airplane!","year":1980,"genres":["Comedy"],"keywords":["spoof","slapstick"],"overview":"Everything goes wrong on board.","runtime":88,"languages":["en"],"countries":["US"],"popularity":0.8}
        {"id":"spaceballs","title":"Spaceballs","year":1987,"genres":["Comedy","Science Fiction"],"keywords":["spoof","space"],"overview":"A space opera is taken apart.","runtime":96,"languages":["en"],"countries":["US"],"popularity":0.6}
        {"id":"ghostbusters","title":"Ghostbusters","year":1984,"genres":["Comedy","Fantasy"],"keywords":["ghost","new york"],"overview":"Scientists hunt ghosts for money.","runtime":105,"languages":["en"],"countries":["US"],"popularity":0.9}
        {"id":"solaris-1972","title":"Solaris","year":1972,"genres":["Science Fiction","Drama"],"directors":["Andrei Tarkovsky"],"keywords":["slow","atmospheric","space station"],"overview":"A slow, atmospheric voyage to a thinking ocean.","runtime":167,"languages":["ru"],"countries":["SU"],"popularity":0.6}
        {"id":"solaris-2002","title":"Solaris","year":2002,"genres":["Science Fiction"],"directors":["Steven Soderbergh"],"keywords":["space station","grief"],"overview":"The ocean again, sooner done.","runtime":99,"languages":["en"],"countries":["US"],"popularity":0.4}
        {"id":"amelie","title":"Amélie","aliases":["Le Fabuleux Destin d'Amélie Poulain"],"year":2001,"genres":["Comedy","Romance"],"directors":["Jean-Pierre Jeunet"],"keywords":["whimsical","paris"],"overview":"A waitress mends lives in Paris.","runtime":122,"languages":["fr"],"countries":["FR"],"popularity":0.9}
        {"id":"delicatessen","title":"Delicatessen","year":1991,"genres":["Comedy","Fantasy"],"directors":["Jean-Pierre Jeunet","Marc Caro"],"keywords":["whimsical","dark humour"],"overview":"A butcher feeds his tenants.","runtime":99,"languages":["fr"],"countries":["FR"],"popularity":0.5}
        {"id":"umbrellas","title":"The Umbrellas of Cherbourg","year":1964,"genres":["Musical","Romance"],"directors":["Jacques Demy"],"keywords":["sung throughout","bittersweet"],"overview":"A love story in which every word is sung.","runtime":91,"languages":["fr"],"countries":["FR"],"popularity":0.5}
        {"id":"it","title":"It","year":2017,"genres":["Horror"],"keywords":["clown"],"overview":"A clown lives in the drains.","runtime":135,"languages":["en"],"countries":["US"],"popularity":0.8}
        {"id":"ikiru","title":"Ikiru","year":1952,"genres":["Drama"],"directors":["Akira Kurosawa"],"cast":["Takashi Shimura"],"keywords":["mortality","office"],"overview":"A clerk looks for a reason to have lived.","runtime":143,"languages":["ja"],"countries":["JP"],"popularity":0.5}
        {"id":"unknown","title":"The Unknown Reel","genres":["Comedy"],"keywords":["spoof"],"overview":"Nobody knows when it was made."}

        """

    /// The catalogue.
    public static func catalog() throws -> Catalog {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "catalog.jsonl")
        try Data(rows.utf8).write(to: file)
        return try Catalog(contentsOf: file)
    }

    /// The catalogue with the vectors of an embedder.
    public static func artifacts(
        _ embedder: any Embedder = HashEmbedder(),
        rows: String = TinyCatalog.rows
    ) async throws -> Artifacts {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "catalog.jsonl"), made = folder.url.appending(path: "artifacts")
        try Data(rows.utf8).write(to: file)
        try await ArtifactsBuilder(embedder: embedder).build(catalog: file, into: made)
        return try Artifacts(folder: made, for: embedder)
    }

    /// A recommender of these films, or of others; it waits long for a model, as tests run beside each other.
    public static func recommender(
        store: (any Store)? = nil,
        embedder: any Embedder = HashEmbedder(),
        rows: String = TinyCatalog.rows,
        fusion: FusionModel? = nil,
        model: (any LanguageModel)? = nil,
        options: ModelOptions = ModelOptions(deadline: .seconds(1_000)),
        settings: Settings = Settings()
    ) async throws -> Recommender {
        let artifacts = try await artifacts(embedder, rows: rows)
        return try Recommender(
            artifacts: artifacts,
            embedder: embedder,
            index: ScanIndex(artifacts.movies),
            store: store,
            fusion: fusion,
            model: model,
            options: options,
            settings: settings
        )
    }
}

/// A folder that is deleted when nothing refers to it any more.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
