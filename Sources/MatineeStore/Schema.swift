import GRDB

/// The tables of the user database. A migration, once released, never changes; new ones are added below.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("users, changes, feedback, shown") { db in
            try db.create(table: "users") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("name", .text).notNull().unique()
                table.column("version", .integer).notNull()
                table.column("turns", .integer).notNull()
            }
            try db.create(table: "changes") { table in
                table.autoIncrementedPrimaryKey("id")
                table.belongsTo("user", inTable: "users", onDelete: .cascade).notNull()
                table.column("turn", .integer)
                table.column("embedder", .text).notNull()
                table.column("present", .blob)
                table.column("taste", .blob)
                table.column("alpha", .double).notNull()
                table.column("record", .text)
                table.column("created", .text).notNull()
                table.column("undone", .boolean).notNull()
            }
            try db.create(table: "feedback") { table in
                table.belongsTo("change", inTable: "changes", onDelete: .cascade).notNull()
                table.column("movie", .text).notNull()
                table.column("stance", .text).notNull()
            }
            try db.create(table: "shown") { table in
                table.belongsTo("change", inTable: "changes", onDelete: .cascade).notNull()
                table.column("movie", .text).notNull()
            }
        }
        migrator.registerMigration("histories") { db in
            try db.alter(table: "changes") { $0.add(column: "source", .text) }
            try db.create(table: "history") { table in
                table.belongsTo("change", inTable: "changes", onDelete: .cascade).notNull()
                table.column("movie", .text).notNull()
                table.column("rating", .double)
                table.column("date", .text)
                table.column("seen", .boolean).notNull()
                table.column("liked", .boolean).notNull()
                table.column("favourite", .boolean).notNull()
                table.column("wanted", .boolean)
            }
        }
        migrator.registerMigration("changes that hold, by user") { db in
            try db.create(index: "changes_on_userId_undone", on: "changes", columns: ["userId", "undone"])
        }
        return migrator
    }
}
