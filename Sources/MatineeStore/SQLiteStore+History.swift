import GRDB
public import Matinee

extension SQLiteStore {
    public func history(of user: String) throws -> [HistoryFilm] {
        let name = try userName(user)
        return try read { db in
            guard let found = try UserRow.named(name, db) else { return [] }
            return try said(by: found.id, db).history
        }
    }

    /// Keeps the films of a history.
    func insert(_ films: [HistoryFilm], of change: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO history (changeId, movie, rating, date, seen, liked, favourite, wanted)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for film in films {
            try statement.execute(arguments: [
                change, film.id, film.rating, film.date, film.isSeen, film.isLiked, film.isFavourite,
                film.isWanted,
            ])
        }
    }

    /// Of how many films a history said something new.
    func films(of change: Int64, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM history WHERE changeId = ?", arguments: [change]) ?? 0
    }

    /// All that a user said of movies, and what their histories say, put together.
    func said(by user: Int64, _ db: Database) throws -> Said {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT changeId, feedback.rowid AS place, movie, stance, NULL AS rating, NULL AS date, NULL AS seen,
                    NULL AS liked, NULL AS favourite, NULL AS wanted
                FROM feedback JOIN changes ON changes.id = changeId WHERE userId = ?1 AND undone = 0
                UNION ALL
                SELECT changeId, history.rowid, movie, NULL, rating, date, seen, liked, favourite, wanted
                FROM history JOIN changes ON changes.id = changeId WHERE userId = ?1 AND undone = 0
                ORDER BY changeId, place
                """,
            arguments: [user]
        )
        var said = Said()
        while let row = try rows.next() {
            let movie = try row.decode(String.self, atIndex: 2)
            if let stance = try row.decode(String?.self, atIndex: 3) {
                if let stance = Stance(rawValue: stance) { said.say(stance, of: movie) }
            } else {
                said.take(try film(movie, row))
            }
        }
        return said
    }

    private func film(_ movie: String, _ row: Row) throws -> HistoryFilm {
        try HistoryFilm(
            id: movie,
            rating: row.decode(Double?.self, atIndex: 4),
            date: row.decode(String?.self, atIndex: 5),
            isSeen: row.decode(Bool.self, atIndex: 6),
            isLiked: row.decode(Bool.self, atIndex: 7),
            isFavourite: row.decode(Bool.self, atIndex: 8),
            isWanted: row.decode(Bool?.self, atIndex: 9)
        )
    }
}
