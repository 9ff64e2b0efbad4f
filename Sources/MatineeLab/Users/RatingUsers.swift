package import Foundation
import Matinee

/// The ids of the users of a ratings file: `users.jsonl` beside it, a line `{"id": ...}` each, in their order.
package struct RatingUsers: Sendable {
    private let ids: [String]

    private struct Row: Decodable {
        var id: String
    }

    /// - Parameters:
    ///   - ratings: the ratings file.
    ///   - count: how many users it has.
    /// - Throws: ``RatingsFileError`` where the ids are missing, damaged or of another number.
    package init(besides ratings: URL, count: Int) throws {
        let url = ratings.deletingLastPathComponent().appending(path: "users.jsonl")
        do {
            let decoder = JSONDecoder()
            ids = try Data(contentsOf: url, options: .alwaysMapped).split(separator: UInt8(ascii: "\n"))
                .map { try decoder.decode(Row.self, from: $0).id }
        } catch is DecodingError {
            throw RatingsFileError.damaged(url, "it is not a list of users")
        } catch { throw RatingsFileError.unreadable(url, reason(error)) }
        guard ids.count == count else {
            throw RatingsFileError.damaged(url, "it has \(ids.count) users for \(count) in the ratings")
        }
    }

    package subscript(user: Int) -> String { ids[user] }
}
