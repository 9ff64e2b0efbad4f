public import Foundation

/// The catalogue that comes with Matinee.
public enum StarterCatalog {
    /// Where the file lies: in the resources beside the program.
    /// - Throws: ``CatalogError`` where the program was moved without them.
    public static func url() throws -> URL { try resource("starter.jsonl") }

    /// Where a file that comes with Matinee lies.
    /// - Throws: ``CatalogError`` where the program was moved without it.
    package static func resource(_ name: String) throws -> URL {
        let places = [
            Bundle.main.executableURL?.deletingLastPathComponent(), Bundle.main.resourceURL,
            Bundle.main.bundleURL,
        ]
        let files = places.compactMap { $0?.appending(path: "matinee_Matinee.resources/\(name)") }
        if let found = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
            return found
        }
        throw CatalogError.unreadable(
            files.first ?? URL(filePath: name),
            "the folder matinee_Matinee.resources must stay beside the program"
        )
    }
}
