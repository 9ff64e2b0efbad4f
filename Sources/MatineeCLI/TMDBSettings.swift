import Foundation
import MatineeNetwork

extension SettingsReader {
    /// TMDB's key, `nil` where none is set.
    /// - Throws: ``UsageError`` for one that can be none.
    func tmdbKey(_ flag: String? = nil) throws -> TMDBKey? {
        let other = ProcessInfo.processInfo.environment["TMDB_API_KEY"] ?? ""
        guard let text = text(flag, .tmdbKey) ?? (other.isEmpty ? nil : other) else { return nil }
        guard let key = TMDBKey(text) else {
            throw UsageError(
                "The TMDB key has characters that no key has. Copy it again and set TMDB_API_KEY."
            )
        }
        return key
    }

    /// TMDB's address. A key goes out without encryption only to this machine.
    func tmdbAddress(_ flag: String? = nil) throws -> String {
        guard let base = try address(flag, .tmdbBase) else { return TMDBEnricher.address }
        let isNear = ["localhost", "127.0.0.1", "::1"].contains(URL(string: base)?.host() ?? "")
        guard isNear || base.hasPrefix("https:") else {
            throw UsageError("tmdb_base is no https address, and would let others read the key.")
        }
        return base
    }
}
