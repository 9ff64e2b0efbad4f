/// Keeps users: their taste, what they said of movies, and the log of turns.
public protocol Store: Sendable {
    /// Whether the user's own words may be kept: wishes, and keywords quoted because the wish names them.
    var remembersWords: Bool { get }

    /// What is known of a user; of an unknown one, nothing.
    func memory(of user: String, embedder: String) throws -> Memory

    /// The version of the user's memory (``Memory/version``), 0 of an unknown one.
    func version(of user: String) throws -> Int64

    /// Makes a change durable, all of it or nothing, before it returns.
    ///
    /// - Returns: the number of the turn, from 1 for each user; `nil` for feedback alone.
    /// - Throws: ``StoreError/conflict`` where the user's data changed since `change.version`.
    @discardableResult
    func commit(_ change: Change) throws -> Int?

    /// Takes the user's latest change back; the log keeps it, marked as undone.
    /// - Returns: what was taken back, or `nil` where nothing is left.
    func undo(_ user: String) throws -> Undone?

    /// Takes the latest history that was taken in back, whatever came after it.
    /// - Returns: what was taken back, or `nil` where there is none.
    func undoHistory(_ user: String) throws -> Undone?

    /// What the user's histories say of each movie; of an unknown user, nothing.
    func history(of user: String) throws -> [HistoryFilm]

    /// The users by name.
    func users() throws -> [UserSummary]

    /// Everything that is known of a user, in an order that stays the same while nothing changes.
    /// - Throws: ``StoreError/unknownUser(_:)``.
    func export(_ user: String) throws -> UserExport

    /// Deletes everything of a user, beyond recovery from the store's files.
    /// - Throws: ``StoreError/unknownUser(_:)``.
    func forget(_ user: String) throws

    /// The logged turns, of one user or of all, oldest first.
    func log(of user: String?) throws -> [LoggedTurn]

    /// A user's latest turns that were not taken back, the latest first; of an unknown user, none.
    /// - Parameter before: only turns with lower numbers.
    func turns(of user: String, before: Int?, limit: Int) throws -> [LoggedTurn]
}

/// What ``Store/undo(_:)`` took back.
public enum Undone: Sendable, Equatable {
    case turn(Int)
    case feedback([String])
    /// A history: where it came from, and of how many films it said something new.
    case history(source: String, films: Int)
}

/// A line of `matinee users list`.
public struct UserSummary: Sendable, Equatable, Codable {
    public var user: String
    public var turns: Int
    /// How many movies the user has said something of.
    public var movies: Int

    public init(user: String, turns: Int, movies: Int) {
        self.user = user
        self.turns = turns
        self.movies = movies
    }
}

/// Everything that is known of a user.
public struct UserExport: Sendable, Equatable, Codable {
    public var user: String
    /// The latest taste by embedder, unit vectors.
    public var tastes: [String: [Float]]
    /// Movie ids by stance, oldest first.
    public var feedback: [String: [String]]
    /// What the histories that were taken in say.
    public var history: [HistoryFilm]
    public var turns: [LoggedTurn]

    public init(
        user: String,
        tastes: [String: [Float]],
        feedback: [String: [String]],
        history: [HistoryFilm] = [],
        turns: [LoggedTurn]
    ) {
        self.user = user
        self.tastes = tastes
        self.feedback = feedback
        self.history = history
        self.turns = turns
    }
}

/// Why the store cannot do what was asked.
public enum StoreError: Error, Equatable, CustomStringConvertible {
    case conflict
    case unknownUser(String)
    case badUserName
    case unusable(path: String, String)
    case damaged(path: String, String)

    public var description: String {
        switch self {
        case .conflict:
            "Another Matinee changed this user's data at the same moment. Nothing was lost; try again."
        case .unknownUser(let user):
            "Nothing is known of a user called \(printable(user)). `matinee users list` shows who is known."
        case .badUserName:
            "A user name has 1 to 100 characters that can be seen. Choose another with --user."
        case .unusable(let path, let why):
            "The user data in \(path) cannot be used: \(why). Mend that, or name another folder with --data or MATINEE_DATA."
        case .damaged(let path, let what):
            "The user data in \(path) is damaged: \(what). Restore it from a backup, or name another folder with --data."
        }
    }
}
