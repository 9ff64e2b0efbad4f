import ArgumentParser
import Matinee

struct UsersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "See, export, delete and bring in what is known of users.",
        subcommands: [
            List.self, Show.self, Export.self, Forget.self, UsersImportCommand.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all users.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let users = try await Assembly(common).store().users()
            if json { return try output(JSON.pretty(users)) }
            if users.isEmpty { note("Nobody is known yet.") }
            for user in users {
                output("\(user.user)  \(count(user.turns, "message")), \(count(user.movies, "film"))")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a user's taste in words.")
        @Argument(help: "The user's name.") var user: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let assembly = try await Assembly(common)
            let store = try assembly.store()
            guard try store.memory(of: user, embedder: "").version > 0 else {
                throw StoreError.unknownUser(user)
            }
            let recommender = try await assembly.recommender(store: store, settings: Settings())
            output(try Rendering(terminal: .standard).taste(recommender.tasteSummary(of: user), of: user))
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print everything that is known of a user, as JSON."
        )
        @Argument(help: "The user's name.") var user: String
        @OptionGroup var common: CommonOptions

        func run() async throws { try await output(JSON.pretty(Assembly(common).store().export(user))) }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete everything that is known of a user, for good."
        )
        @Argument(help: "The user's name.") var user: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Assembly(common).store().forget(user)
            output("Everything about \(printable(user)) is deleted.")
        }
    }
}
