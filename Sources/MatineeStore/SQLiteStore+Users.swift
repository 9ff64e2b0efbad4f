import Foundation
import GRDB
public import Matinee

extension SQLiteStore {
    public func users() throws -> [UserSummary] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT id, name, turns FROM users ORDER BY name").map { row in
                let id = try row.decode(Int64.self, forColumn: "id")
                return try UserSummary(
                    user: row.decode(String.self, forColumn: "name"),
                    turns: row.decode(Int.self, forColumn: "turns"),
                    movies: said(by: id, db).feedback.values.reduce(0) { $0 + $1.count }
                )
            }
        }
    }

    public func export(_ user: String) throws -> UserExport {
        let name = try userName(user)
        return try read { db in
            guard let found = try UserRow.named(name, db) else { throw StoreError.unknownUser(name) }
            var tastes: [String: [Float]] = [:]
            for row in try latestTastes(of: found.id, db) {
                tastes[row.embedder] = try Vectors.vector(row.taste, path)
            }
            let said = try said(by: found.id, db)
            return try UserExport(
                user: name,
                tastes: tastes,
                feedback: Dictionary(uniqueKeysWithValues: said.feedback.map { ($0.key.rawValue, $0.value) }),
                history: said.history,
                turns: log(of: name, db)
            )
        }
    }

    public func log(of user: String?) throws -> [LoggedTurn] {
        let name = try user.map(userName)
        return try read { db in
            if let name, try UserRow.named(name, db) == nil { throw StoreError.unknownUser(name) }
            return try log(of: name, db)
        }
    }

    private func log(of name: String?, _ db: Database) throws -> [LoggedTurn] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT record, present, taste, alpha, created, undone FROM changes JOIN users ON users.id = changes.userId
                WHERE record IS NOT NULL AND (? IS NULL OR users.name = ?) ORDER BY changes.id
                """,
            arguments: [name, name]
        ).map(logged)
    }

    public func turns(of user: String, before: Int?, limit: Int) throws -> [LoggedTurn] {
        let name = try userName(user)
        return try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT record, present, taste, alpha, created, undone FROM changes
                    WHERE userId = (SELECT id FROM users WHERE name = ?) AND record IS NOT NULL AND undone = 0
                    AND (? IS NULL OR turn < ?) ORDER BY id DESC LIMIT ?
                    """,
                arguments: [name, before, before, max(0, limit)]
            ).map(logged)
        }
    }

    private func logged(_ row: Row) throws -> LoggedTurn {
        let record = try row.decode(String.self, forColumn: "record")
        let turn: Turn
        do { turn = try JSONDecoder().decode(Turn.self, from: Data(record.utf8)) } catch {
            throw StoreError.damaged(path: path, "a logged turn cannot be read")
        }
        return try LoggedTurn(
            record: turn,
            present: Vectors.vector(row.decode(Data?.self, forColumn: "present"), path),
            taste: Vectors.vector(row.decode(Data?.self, forColumn: "taste"), path),
            alpha: row.decode(Float.self, forColumn: "alpha"),
            created: row.decode(String.self, forColumn: "created"),
            undone: row.decode(Bool.self, forColumn: "undone")
        )
    }

    public func forget(_ user: String) throws {
        let name = try userName(user)
        let isKnown = try write { db in
            guard let found = try UserRow.named(name, db) else { return false }
            try db.execute(sql: "DELETE FROM users WHERE id = ?", arguments: [found.id])
            return true
        }
        // Of an unknown user too: traces may be left from before, when another program was in the way.
        try erase()
        if !isKnown { throw StoreError.unknownUser(name) }
    }

    /// Writes the database anew without what was deleted, and empties the write-ahead log, which still holds it.
    private func erase() throws {
        let isEmptied = try? database.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM")
            return try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
        }
        if isEmptied != true {
            throw StoreError.unusable(
                path: path,
                "the user is deleted, but traces may be left in the files, since another program uses them or the disk is full"
            )
        }
    }
}
