import Foundation
import Matinee

/// The configuration file, a JSON object; other keys stay as they are when one is set.
struct ConfigurationFile {
    let url: URL

    func set(_ key: String, to value: String) throws {
        var object: [String: Any] = [:]
        if let data = try? Data(contentsOf: url) {
            guard let known = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
                throw UsageError(
                    "The configuration file \(url.path) is not a JSON object: mend or remove it."
                )
            }
            object = known
        }
        object[key] = value
        let data = try JSONSerialization.data(
            withJSONObject: object,
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        )
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try data.write(to: url, options: .atomic)
        } catch { throw Unwritable(url: url, why: reason(error)) }
    }

    /// Why a setting cannot be kept.
    struct Unwritable: Error, CustomStringConvertible {
        var url: URL
        var why: String

        var description: String {
            "The configuration file \(url.path) cannot be written: \(why). Mend that, or use a flag or an environment variable instead."
        }
    }
}
