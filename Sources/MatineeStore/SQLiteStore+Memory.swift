import Foundation
import GRDB
public import Matinee

extension SQLiteStore {
    public func memory(of user: String, embedder: String) throws -> Memory {
        let name = try userName(user)
        return try read { db in
            guard let found = try UserRow.named(name, db) else { return Memory() }
            let own = try latestTaste(of: found.id, db, by: embedder), said = try said(by: found.id, db)
            return try Memory(
                taste: Vectors.vector(own?.taste, path),
                otherEmbedder: own == nil ? latestTaste(of: found.id, db)?.embedder : nil,
                feedback: said.feedback,
                shown: shown(to: found.id, db),
                rated: said.rated,
                watchlist: said.watchlist,
                version: found.version
            )
        }
    }

    public func version(of user: String) throws -> Int64 {
        let name = try userName(user)
        return try read { db in try UserRow.named(name, db)?.version ?? 0 }
    }

    @discardableResult
    public func commit(_ change: Change) throws -> Int? {
        let name = try userName(change.user)
        return try write { db in
            var user = try UserRow.named(name, db) ?? UserRow.inserted(name, db)
            guard user.version == change.version else { throw StoreError.conflict }
            // Wrapping: in a damaged file the numbers can be any.
            user.version &+= 1
            if change.turn != nil { user.turns &+= 1 }
            let number = change.turn == nil ? nil : user.turns
            try user.update(db)
            try insert(change, of: user, name, number, db)
            return number
        }
    }

    private func insert(_ change: Change, of user: UserRow, _ name: String, _ number: Int?, _ db: Database)
        throws
    {
        try db.execute(
            sql: """
                INSERT INTO changes (userId, turn, embedder, present, taste, alpha, record, created, undone, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
                """,
            arguments: [
                user.id, number, change.embedder, Vectors.data(change.present), Vectors.data(change.taste),
                change.alpha, record(change.turn, name, number), now().formatted(.iso8601), change.source,
            ]
        )
        let id = db.lastInsertedRowID
        for movie in change.feedback {
            try db.execute(
                sql: "INSERT INTO feedback (changeId, movie, stance) VALUES (?, ?, ?)",
                arguments: [id, movie.id, movie.stance.rawValue]
            )
        }
        for pick in change.turn?.picks ?? [] {
            try db.execute(
                sql: "INSERT INTO shown (changeId, movie) VALUES (?, ?)",
                arguments: [id, pick.id]
            )
        }
        try insert(change.history, of: id, db)
    }

    /// The turn as it is kept: numbered, and without the user's words unless they are to be remembered.
    private func record(_ turn: Turn?, _ name: String, _ number: Int?) throws -> String? {
        guard var turn else { return nil }
        (turn.user, turn.turn) = (name, number)
        if !remembersWords { turn.request = turn.request.withoutWords }
        return try String(decoding: Self.encoder.encode(turn), as: UTF8.self)
    }

    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    public func undo(_ user: String) throws -> Undone? { try undo(user, only: "1") }

    public func undoHistory(_ user: String) throws -> Undone? { try undo(user, only: "source IS NOT NULL") }

    /// - Parameter condition: which changes can be taken back, in SQL.
    private func undo(_ user: String, only condition: String) throws -> Undone? {
        let name = try userName(user)
        return try write { db in
            guard var found = try UserRow.named(name, db),
                let last = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT id, turn, source FROM changes WHERE userId = ? AND undone = 0 AND \(condition)
                        ORDER BY id DESC LIMIT 1
                        """,
                    arguments: [found.id]
                )
            else { return Undone?.none }
            let id = try last.decode(Int64.self, forColumn: "id")
            try db.execute(sql: "UPDATE changes SET undone = 1 WHERE id = ?", arguments: [id])
            found.version &+= 1
            try found.update(db)
            if let turn = try last.decode(Int?.self, forColumn: "turn") { return .turn(turn) }
            if let source = try last.decode(String?.self, forColumn: "source") {
                return try .history(source: source, films: films(of: id, db))
            }
            return try .feedback(
                String.fetchAll(db, sql: "SELECT movie FROM feedback WHERE changeId = ?", arguments: [id])
            )
        }
    }

    struct TasteRow {
        var embedder: String
        var taste: Data
    }

    /// The latest taste by each embedder, the latest of all last.
    func latestTastes(of user: Int64, _ db: Database) throws -> [TasteRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT embedder, taste, MAX(id) AS id FROM changes
                WHERE userId = ? AND undone = 0 AND taste IS NOT NULL GROUP BY embedder ORDER BY id
                """,
            arguments: [user]
        ).map(tasteRow)
    }

    /// The latest taste by an embedder, or by any. Walks back along an index: what a turn reads must not grow with the turns.
    private func latestTaste(of user: Int64, _ db: Database, by embedder: String? = nil) throws -> TasteRow? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT embedder, taste FROM changes
                WHERE userId = ?1 AND undone = 0 AND (?2 IS NULL OR embedder = ?2) AND taste IS NOT NULL
                ORDER BY id DESC LIMIT 1
                """,
            arguments: [user, embedder]
        ).map(tasteRow)
    }

    private func tasteRow(_ row: Row) throws -> TasteRow {
        try TasteRow(
            embedder: row.decode(String.self, forColumn: "embedder"),
            taste: row.decode(Data.self, forColumn: "taste")
        )
    }

    private func shown(to user: Int64, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT movie FROM shown WHERE changeId IN (
                    SELECT id FROM changes WHERE userId = ? AND undone = 0 AND turn IS NOT NULL
                    ORDER BY id DESC LIMIT ?)
                GROUP BY movie ORDER BY MAX(rowid)
                """,
            arguments: [user, Memory.turnsShown]
        )
    }
}

/// A row of `users`.
struct UserRow {
    var id: Int64
    var name: String
    var version: Int64
    var turns: Int

    static func named(_ name: String, _ db: Database) throws -> UserRow? {
        try Row.fetchOne(db, sql: "SELECT id, version, turns FROM users WHERE name = ?", arguments: [name])
            .map { row in
                try UserRow(
                    id: row.decode(Int64.self, forColumn: "id"),
                    name: name,
                    version: row.decode(Int64.self, forColumn: "version"),
                    turns: row.decode(Int.self, forColumn: "turns")
                )
            }
    }

    static func inserted(_ name: String, _ db: Database) throws -> UserRow {
        try db.execute(sql: "INSERT INTO users (name, version, turns) VALUES (?, 0, 0)", arguments: [name])
        return UserRow(id: db.lastInsertedRowID, name: name, version: 0, turns: 0)
    }

    func update(_ db: Database) throws {
        try db.execute(
            sql: "UPDATE users SET version = ?, turns = ? WHERE id = ?",
            arguments: [version, turns, id]
        )
    }
}
