public import Foundation
import GRDB
public import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps users in a SQLite database, `matinee.sqlite` in the data folder.
///
/// Several processes may use a folder at once: writes wait for each other, and a change made from outdated
/// data is refused (``StoreError/conflict``). Every commit is on disk before it returns.
public struct SQLiteStore: Store {
    let database: DatabaseQueue
    let path: String
    public let remembersWords: Bool
    let now: @Sendable () -> Date

    /// Opens the database of a data folder, making both where they are missing.
    ///
    /// - Parameters:
    ///   - folder: readable by this user alone when it is made here.
    ///   - remembersWords: whether the log keeps the words of wishes.
    ///   - now: the clock that dates the log.
    /// - Throws: ``StoreError/unusable(path:_:)`` or ``StoreError/damaged(path:_:)``.
    public init(folder: URL, remembersWords: Bool = false, now: @escaping @Sendable () -> Date = { .now })
        throws
    {
        try self.init(folder: folder, remembersWords: remembersWords, wait: 10, now: now)
    }

    /// - Parameter wait: for how long another program may hold the database locked, in seconds.
    package init(
        folder: URL,
        remembersWords: Bool = false,
        wait: Double,
        now: @escaping @Sendable () -> Date = { .now }
    ) throws {
        path = folder.appending(path: "matinee.sqlite").path
        self.remembersWords = remembersWords
        self.now = now
        database = try guarding(path) { [path] in
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            return try whileLocked(folder.appending(path: ".lock").path, wait: wait) {
                try Self.open(path, wait: wait)
            }
        }
    }

    private static func open(_ path: String, wait: Double) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(wait)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"
            )
        }
        try makePrivate(path)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try Schema.migrator.migrate(database)
        return database
    }

    /// Lets nobody else read the file; SQLite gives the files beside it the same rights.
    private static func makePrivate(_ path: String) throws {
        try close(opened(path))
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try guarding(path) { try database.read(body) }
    }

    /// Immediate: what is read inside cannot be outdated when it is written.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try guarding(path) {
            try database.writeWithoutTransaction { db in
                try db.beginTransaction(.immediate)
                do {
                    let result = try body(db)
                    try db.commit()
                    return result
                } catch {
                    try? db.rollback()
                    throw error
                }
            }
        }
    }
}

/// Turns errors of database and file system into sentences.
func guarding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            throw StoreError.damaged(path: path, error.message ?? "it is no SQLite database")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            throw StoreError.unusable(path: path, lockedByAnother)
        case .SQLITE_FULL: throw StoreError.unusable(path: path, "the disk is full")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            throw StoreError.unusable(path: path, "it cannot be written")
        case .SQLITE_IOERR:
            throw StoreError.unusable(path: path, "the disk cannot be read or written, or is full")
        default: throw StoreError.unusable(path: path, error.message ?? "\(error.resultCode)")
        }
    } catch let error as POSIXError where error.code == .EWOULDBLOCK {
        throw StoreError.unusable(path: path, lockedByAnother)
    } catch let error as POSIXError {
        throw StoreError.unusable(path: path, reason(error))
    } catch let error as CocoaError {
        throw StoreError.unusable(path: path, reason(error))
    } catch is RowDecodingError {
        throw StoreError.damaged(path: path, "a row of it cannot be read")
    }
}

private let lockedByAnother = "another program holds it locked"
