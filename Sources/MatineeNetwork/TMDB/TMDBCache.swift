import Foundation
import Matinee

/// What TMDB answered, a small JSON file a film; kept for six months at the most, as TMDB's terms say.
struct TMDBCache: Sendable {
    /// What was found, or that nothing was.
    struct Entry<Value: Codable>: Codable {
        var fetched: Date
        var value: Value?
    }

    let folder: URL
    var now: @Sendable () -> Date = { Date() }
    static let longest: TimeInterval = 180 * 24 * 3_600

    /// What is kept under a name, or `nil` where nothing is, or it is too old or no entry.
    func entry<Value: Codable>(_ name: String, of type: Value.Type = Value.self) -> Entry<Value>? {
        let file = file(name)
        guard let data = try? Data(contentsOf: file),
            let entry = try? JSONDecoder().decode(Entry<Value>.self, from: data)
        else { return nil }
        guard abs(now().timeIntervalSince(entry.fetched)) < Self.longest else {
            try? FileManager.default.removeItem(at: file)
            return nil
        }
        return entry
    }

    /// Keeps an answer; `nil` says that there is no such film.
    /// - Throws: ``TMDBError/unwritable(_:_:)``.
    func keep(_ value: (some Codable)?, as name: String) throws {
        let file = file(name)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try JSONEncoder().encode(Entry(fetched: now(), value: value)).write(to: file, options: .atomic)
        } catch { throw TMDBError.unwritable(file, reason(error)) }
    }

    private func file(_ name: String) -> URL { folder.appending(path: name + ".json") }
}
