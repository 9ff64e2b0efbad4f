import Foundation
import Matinee
import MatineeCompute
import MatineeLab
import MatineeSearch
import MatineeStore

/// Puts a recommender together: the only place that chooses backends.
struct Assembly {
    let options: CommonOptions
    let settings: SettingsReader
    /// Is told how far the catalogue is embedded.
    var onProgress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }

    /// The model that is used where none is named.
    static let standardModel = "all-MiniLM-L6-v2"

    init(_ options: CommonOptions) async throws {
        self.options = options
        settings = try await SettingsReader()
    }

    var dataFolder: URL { settings.text(options.data, .data).map { URL(filePath: $0) } ?? Folders.data }

    func store(in folder: URL? = nil) throws -> any Store {
        try SQLiteStore(
            folder: folder ?? dataFolder,
            remembersWords: try settings.isOn(options.rememberWords, .rememberWords)
        )
    }

    func catalogFile() throws -> URL {
        try settings.text(options.catalog, .catalog).map { URL(filePath: $0) } ?? StarterCatalog.url()
    }

    /// The folder of the model in use: a folder that exists, or a name in the cache.
    func modelFolder() throws -> ModelFolder {
        let model = settings.text(options.model, .model) ?? Self.standardModel
        let path = URL(filePath: model)
        if model.hasPrefix("/") || model.hasPrefix(".") || FileManager.default.fileExists(atPath: path.path) {
            return try ModelFolder(url: path)
        }
        return try ModelFolder(
            url: Folders.models.appending(path: model),
            name: model.split(separator: "/").last.map(String.init)
        )
    }

    func embedder() throws -> SentenceEncoder { try SentenceEncoder(folder: modelFolder()) }

    /// The artifacts for a catalogue and embedder, made on first use.
    func artifacts(for embedder: any Embedder) async throws -> Artifacts {
        let folder = try artifactsFolder(for: embedder)
        if !FileManager.default.fileExists(atPath: folder.appending(path: "manifest.json").path) {
            try await build(into: folder, with: embedder)
        }
        let artifacts = try Artifacts(folder: folder, for: embedder)
        try await artifacts.verify(embedder, folder: folder)
        if let named = settings.text(options.catalog, .catalog),
            try Catalog.checksum(of: URL(filePath: named)) != artifacts.catalog.checksum
        {
            throw ArtifactsError.otherCatalog(folder)
        }
        return artifacts
    }

    /// Embeds the catalogue, with a progress bar on standard error.
    func build(
        into folder: URL,
        with embedder: any Embedder,
        users: ArtifactsBuilder.Users? = nil,
        neighbors: ((Catalog) throws -> Neighbors)? = nil
    ) async throws {
        for field in try CatalogCheck(contentsOf: catalogFile()).unknownFields {
            note("Warning: the catalogue's field \(printable(field)) is unknown and ignored.")
        }
        let bar = ProgressBar(title: "Reading the catalogue (once)", unit: "texts")
        let cached = try await CachedEmbedder(embedder, folder: Folders.embeddings) {
            [reports = Once()] error in
            reports.run {
                note(
                    "Warning: a build that is interrupted begins anew, as its vectors cannot be kept: \(reason(error))."
                )
            }
        }
        try await ArtifactsBuilder(embedder: cached).build(
            catalog: catalogFile(),
            into: folder,
            users: users,
            neighbors: neighbors,
            onWait: {
                note("Another process is building the same artifacts; this one goes on when it is done.")
            },
            progress: { [onProgress] done, total in
                bar.show(done, of: total)
                onProgress(done, total)
            }
        )
    }

    func recommender(store: (any Store)?, settings: Settings) async throws -> Recommender {
        let model = try await languageModel()
        let options = try self.settings.modelOptions(self.options.languageModel, hasModel: model != nil)
        let embedder = try embedder()
        let artifacts = try await artifacts(for: embedder)
        return try Recommender(
            artifacts: artifacts,
            embedder: embedder,
            index: index(of: artifacts, in: artifactsFolder(for: embedder)),
            store: store,
            preference: preference(of: artifacts, in: artifactsFolder(for: embedder)),
            fusion: fusionModel(in: artifactsFolder(for: embedder)),
            model: model,
            options: options,
            settings: settings
        )
    }

    /// The fusion that was trained for the artifacts, else the one that comes with Matinee.
    func fusionModel(in folder: URL) throws -> FusionModel {
        let own = folder.appending(path: Artifacts.fusionFile)
        let isTrained = FileManager.default.fileExists(atPath: own.path)
        return try isTrained ? FusionModel(contentsOf: own) : FusionModel.standard()
    }

    /// The preference model of the artifacts, where one was trained.
    func preference(of artifacts: Artifacts, in folder: URL) throws -> FactorModel? {
        let url = folder.appending(path: Artifacts.preferenceFile)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        return try PreferenceFile(contentsOf: url)
            .model(for: artifacts.catalog, artifacts.movies, embedder: artifacts.manifest.embedder)
    }

    /// The index that is set: `exact`, or `faiss:` with a specification.
    func index(of artifacts: Artifacts, in folder: URL) throws -> any VectorIndex {
        let (name, movies) = (settings.text(options.index, .index) ?? "exact", artifacts.movies)
        if name == "exact" {
            return try ExactIndex(
                rows: movies.numbers,
                dimension: movies.dimension,
                owner: movies,
                lazily: true
            )
        }
        guard name.hasPrefix("faiss:") else {
            throw UsageError(
                "index is “\(printable(name))”, but must be exact, or faiss: and the kind, such as faiss:HNSW32."
            )
        }
        return try SavedIndex(folder: folder).index(
            String(name.dropFirst("faiss:".count)),
            of: movies,
            checksum: artifacts.manifest.files[Artifacts.moviesFile] ?? "",
            onUnsaved: { note("Warning: the next start will make the index again. \($0)") }
        )
    }

    /// The artifacts folder that the options name or the cache has.
    func artifactsFolder(for embedder: any Embedder) throws -> URL {
        if let named = settings.text(options.artifacts, .artifacts) { return URL(filePath: named) }
        let catalog = try Catalog.checksum(of: catalogFile()).prefix(16)
        return Folders.artifacts.appending(path: "\(catalog)-\(embedder.name)-\(Manifest.currentVersion)")
    }
}
