import ArgumentParser
import Foundation
import Matinee
import MatineeCompute
import MatineeNetwork

struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "The embedding models: see, fetch and choose.",
        subcommands: [List.self, Pull.self, Use.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the models that are here; * marks the one in use."
        )
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let used = try await Assembly(common).modelFolder().url.standardizedFileURL.path
            for folder in installedModels() {
                let mark = folder.url.standardizedFileURL.path == used ? "*" : " "
                output("\(mark) \(folder.name)  \(folder.pooling.rawValue) pooling  \(folder.url.path)")
            }
        }
    }

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch a model from the model hub (HF_ENDPOINT names another).",
            discussion: "Sizes and SHA-256 are checked; nothing is kept of a broken download."
        )
        @Argument(help: "For example BAAI/bge-base-en-v1.5.") var name: String

        func run() async throws { output("\(name) is in \(try await pull(name).path).") }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Choose the model from now on, fetch it where it is missing, and make the artifacts with it."
        )
        @Argument(help: "A folder, or a name such as BAAI/bge-base-en-v1.5.") var model: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            var options = common
            let isFolder = FileManager.default.fileExists(atPath: model + "/config.json")
            options.model = isFolder ? URL(filePath: model).standardizedFileURL.path : model
            if !isFolder, !FileManager.default.fileExists(atPath: Folders.models.appending(path: model).path)
            {
                _ = try await pull(model)
            }
            let assembly = try await Assembly(options)
            let embedder = try assembly.embedder()
            _ = try await assembly.artifacts(for: embedder)
            try ConfigurationFile(url: Folders.configurationFile).set("model", to: options.model ?? model)
            output("\(embedder.name) (\(embedder.dimension) numbers a vector) is in use from now on.")
        }
    }
}

private func pull(_ name: String) async throws -> URL {
    let bar = ProgressBar(title: "Fetching \(name)", unit: "bytes")
    defer { bar.end() }
    return try await ModelHub().pull(name, into: Folders.models) { bar.show(bytes: $0, of: $1) }
}

/// The models in the cache: folders with a configuration, one or two levels deep (`BAAI/bge-base-en-v1.5`).
private func installedModels() -> [ModelFolder] {
    func folders(_ url: URL) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
        return (found ?? []).sorted { $0.path < $1.path }
    }
    return folders(Folders.models).flatMap { [$0] + folders($0) }.compactMap { url in
        let name = url.path.dropFirst(Folders.models.path.count + 1)
        return try? ModelFolder(url: url, name: String(name))
    }
}
