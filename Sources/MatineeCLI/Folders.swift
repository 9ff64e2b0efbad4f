import Foundation

/// Where files go that the user has not placed, by the XDG base directory specification.
enum Folders {
    static var data: URL { base("XDG_DATA_HOME", ".local/share") }
    static var cache: URL { base("XDG_CACHE_HOME", ".cache") }
    static var models: URL { cache.appending(path: "models") }
    static var downloads: URL { cache.appending(path: "downloads") }
    static var feeds: URL { cache.appending(path: "feeds") }
    static var tmdb: URL { cache.appending(path: "tmdb") }
    static var artifacts: URL { cache.appending(path: "artifacts") }
    static var modelAbilities: URL { cache.appending(path: "llm-abilities.json") }
    static var embeddings: URL { cache.appending(path: "embeddings") }
    static var configurationFile: URL { base("XDG_CONFIG_HOME", ".config").appending(path: "config.json") }

    private static func base(_ variable: String, _ standard: String) -> URL {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment[variable], path.hasPrefix("/") {
            return URL(filePath: path).appending(path: "matinee")
        }
        let home =
            environment["HOME"].map { URL(filePath: $0) } ?? FileManager.default.homeDirectoryForCurrentUser
        return home.appending(path: standard).appending(path: "matinee")
    }
}
