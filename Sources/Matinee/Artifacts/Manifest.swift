import Foundation

/// What an artifacts folder holds: `manifest.json`.
public struct Manifest: Sendable, Equatable, Codable {
    /// Raised whenever the text template or a file's form changes, which makes older artifacts useless.
    public static let currentVersion = 3

    public var version: Int
    /// The SHA-256 of the catalogue.
    public var catalog: String
    public var embedder: String
    public var dimension: Int
    public var movies: Int
    public var keywords: Int
    /// How many users the artifacts hold; absent where they were made without ratings or messages.
    public var users: Int?
    /// The SHA-256 of each file by its name.
    public var files: [String: String]
    /// ISO 8601, UTC.
    public var created: String
}
