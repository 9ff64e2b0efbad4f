import Foundation

/// Users of a rating history or of conversations, with a taste vector each.
public struct UserVectors: Sendable {
    /// A user, and of how much their vector was made.
    public struct User: Sendable, Equatable, Codable {
        /// The user's name in the source.
        public var id: String
        /// How many ratings they gave, and how many of those films they liked.
        public var ratings: Int
        public var liked: Int
        /// How many messages they wrote.
        public var messages: Int

        public init(id: String, ratings: Int = 0, liked: Int = 0, messages: Int = 0) {
            (self.id, self.ratings, self.liked, self.messages) = (id, ratings, liked, messages)
        }
    }

    public let users: [User]

    /// A unit row per user, in their order.
    public let vectors: EmbeddingMatrix

    /// - Precondition: there is a row for every user.
    public init(users: [User], vectors: EmbeddingMatrix) {
        precondition(users.count == vectors.count, "\(users.count) users for \(vectors.count) vectors")
        (self.users, self.vectors) = (users, vectors)
    }

    /// - Throws: ``ArtifactsError`` where a file is missing or damaged, or one does not fit the other.
    init(folder: URL) throws {
        let url = folder.appending(path: Artifacts.usersFile)
        let rows = try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
        guard let users = try? rows.map({ try JSONDecoder().decode(User.self, from: $0) }) else {
            throw ArtifactsError.damaged(url, "it is not a list of users")
        }
        let vectors = try EmbeddingMatrix(contentsOf: folder.appending(path: Artifacts.userVectorsFile))
        guard vectors.count == users.count else {
            throw ArtifactsError.damaged(url, "it has \(users.count) users for \(vectors.count) vectors")
        }
        self.init(users: users, vectors: vectors)
    }

    /// The files of an artifacts folder.
    func files() throws -> [String: Data] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var rows = Data()
        for user in users { rows += try encoder.encode(user) + Data("\n".utf8) }
        return [Artifacts.usersFile: rows, Artifacts.userVectorsFile: vectors.file]
    }
}
