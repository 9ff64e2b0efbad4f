import ArgumentParser
import Foundation
import Matinee

struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Look at the films that can be recommended, fetch others and import them.",
        subcommands: [
            List.self, Search.self, Show.self, Check.self, Map.self, FetchCommand.self, Import.self,
            EnrichCommand.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all films.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Print all rows as JSON Lines.") var json = false

        func run() async throws {
            for movie in try await catalog(common).movies {
                if json { try output(JSON.line(movie)) } else { output("\(movie.label)  \(movie.id)") }
            }
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Look for titles.")
        @Argument(help: "Words of the title.") var text: [String]
        @OptionGroup var common: CommonOptions
        @Option(help: "How many films at the most.") var limit = 20

        func run() async throws {
            let found = try await catalog(common).search(text.joined(separator: " "), limit: max(0, limit))
            if found.isEmpty { note("No title has these words.") }
            for movie in found { output("\(movie.label)  \(movie.id)") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show all that is known of a film.")
        @Argument(help: "An id, or a title with or without its year.") var film: [String]
        @OptionGroup var common: CommonOptions
        @Flag(help: "Print the row as JSON.") var json = false

        func run() async throws {
            let catalog = try await catalog(common), name = film.joined(separator: " ")
            guard
                let movie = catalog.row(of: name).map({ catalog[$0] })
                    ?? Interpreter(catalog: catalog).movie(titled: name)
            else {
                throw UsageError(
                    "No film is called “\(printable(name))”: `matinee catalog search` looks for titles."
                )
            }
            if json {
                try output(JSON.pretty(movie))
            } else {
                output(Rendering(terminal: .standard).movie(movie))
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for faults in a catalogue file, and tell how wide its range is."
        )
        @Argument(help: "A JSON Lines file; by default the catalogue in use.") var file: String?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let assembly = try await Assembly(common)
            let url = try file.map { URL(filePath: $0) } ?? assembly.catalogFile()
            let check = try CatalogCheck(contentsOf: url)
            for field in check.unknownFields {
                note("Warning: the field \(printable(field)) is unknown and ignored.")
            }
            for fault in check.faults { output(printable("\(fault)")) }
            output(check.spread.description)
            output("\(count(check.movies, "film")), \(count(check.faults.count, "fault")).")
            if !check.faults.isEmpty { throw ExitCode.failure }
        }
    }
}

/// The catalogue that the options name.
private func catalog(_ options: CommonOptions) async throws -> Catalog {
    try await Catalog(contentsOf: Assembly(options).catalogFile())
}
