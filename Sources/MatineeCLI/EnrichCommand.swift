import ArgumentParser
import Foundation
import Matinee
import MatineeNetwork

/// `matinee catalog enrich`.
struct EnrichCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrich",
        abstract: "Fill what the films of a catalogue lack: overview, keywords, people, length, certificate.",
        discussion: """
            Films are looked up by tmdb_id or imdb_id; nothing that a row has is changed. Answers are kept in the cache, \
            so that the same command goes on where it was broken off, and --limit 0 asks for nothing.
            """
    )
    @OptionGroup var common: CommonOptions
    @Flag(help: "Ask TMDB, with a key of your own (themoviedb.org/settings/api).") var tmdb = false
    @Option(
        name: [.customLong("tmdb-key"), .customLong("key")],
        help: "Key or read access token. [TMDB_API_KEY, MATINEE_TMDB_KEY]"
    )
    var key: String?
    @Option(help: "TMDB's address. [MATINEE_TMDB_BASE]") var tmdbBase: String?
    @Option(help: "File of the new catalogue; by default it is printed.") var to: String?
    @Option(help: "How many films are asked for at the most.") var limit: Int?

    func run() async throws {
        guard tmdb else { throw UsageError("Say where to look: --tmdb is what there is.") }
        guard limit ?? 0 >= 0 else { throw UsageError("--limit is \(limit ?? 0), but must not be negative.") }
        let assembly = try await Assembly(common)
        let enricher = try TMDBEnricher(
            key: key(assembly.settings),
            base: assembly.settings.tmdbAddress(tmdbBase),
            cache: Folders.tmdb
        )
        let catalog = try Catalog(contentsOf: assembly.catalogFile())
        let bar = ProgressBar(title: "Asking TMDB", unit: "films")
        defer { bar.end() }
        let (movies, report) = try await enricher.enrich(catalog.movies, limit: limit) {
            bar.show($0, of: $1)
        }
        try write(movies)
        say(report)
    }

    private func key(_ settings: SettingsReader) throws -> TMDBKey {
        guard let key = try settings.tmdbKey(key) else {
            throw UsageError(
                "TMDB needs a key of your own: make one on https://www.themoviedb.org/settings/api and set TMDB_API_KEY."
            )
        }
        return key
    }

    private func write(_ movies: [Movie]) throws {
        let rows = try movies.map { try JSON.line($0) }
        guard let to else { return rows.forEach { output($0) } }
        let file = URL(filePath: to)
        do { try Data(rows.joined()).write(to: file, options: .atomic) } catch {
            throw TMDBError.unwritable(file, reason(error))
        }
        output("\(count(movies.count, "film")) in \(to).")
    }

    private func say(_ report: TMDBEnricher.Report) {
        let parts = [
            (report.filled, "filled"), (report.fromCache, "answered from the cache"),
            (report.complete, "lacked nothing"), (report.notFound, "not known to TMDB"),
            (report.withoutID, "without an id"), (report.left, "left for another time"),
            (report.unreadable, "skipped for an unreadable answer"),
            (report.failed, "failed: type the same again for these"),
        ]
        note(parts.filter { $0.0 > 0 }.map { "\(count($0.0, "film")) \($0.1)" }.joined(separator: ", ") + ".")
        note("This product uses the TMDB API but is not endorsed or certified by TMDB.")
    }
}
