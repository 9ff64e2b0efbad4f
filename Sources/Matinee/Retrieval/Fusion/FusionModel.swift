public import Foundation

/// What `matinee train fusion` learns: the weights of the signals, and how often films were named in the training
/// conversations. A readable JSON file; no words of the conversations are in it.
public struct FusionModel: Sendable {
    /// The embedder whose vectors it was trained on; with another, text signals mean nothing.
    public let embedder: String
    public let dimension: Int
    /// What it was trained on, for people.
    public let source: String
    package let nets: FusionEnsemble
    package let mentions: MentionFile

    package static let currentVersion = 3

    package init(
        embedder: String,
        dimension: Int,
        source: String,
        nets: FusionEnsemble,
        mentions: MentionFile
    ) {
        (self.embedder, self.dimension, self.source) = (embedder, dimension, source)
        (self.nets, self.mentions) = (nets, mentions)
    }

    /// The model that comes with Matinee; it is of the standard embedder.
    /// - Throws: ``FusionError`` where it is damaged, ``CatalogError`` where it is missing.
    public static func standard() throws -> FusionModel {
        try FusionModel(contentsOf: StarterCatalog.resource("fusion.json"))
    }

    /// Reads a file.
    /// - Throws: ``FusionError`` where it is missing or damaged.
    public init(contentsOf url: URL) throws {
        let again = "Train it anew with `matinee train fusion`."
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw FusionError("The trained fusion \(url.path) cannot be read. \(again)")
        }
        guard let file = try? JSONDecoder().decode(FusionFile.self, from: data) else {
            throw FusionError("The trained fusion \(url.path) is damaged or of another program. \(again)")
        }
        guard file.version == Self.currentVersion, let model = file.model else {
            throw FusionError(
                "The trained fusion \(url.path) is of another version, or its parts do not fit together. \(again)"
            )
        }
        self = model
    }

    /// The bytes of its file.
    package func file() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(FusionFile(self))
    }
}

/// Why a trained fusion cannot be used, and what to do.
public struct FusionError: Error, Equatable, CustomStringConvertible {
    public var description: String
    package init(_ description: String) { self.description = description }
}
