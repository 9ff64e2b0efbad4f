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
            key: tmdbKey(assembly.settings),
            base: base(assembly.settings),
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

    private func tmdbKey(_ settings: SettingsReader) throws -> TMDBKey {
        let other = ProcessInfo.processInfo.environment["TMDB_API_KEY"] ?? ""
        guard let text = settings.text(key, .tmdbKey) ?? (other.isEmpty ? nil : other) else {
            throw UsageError(
                "TMDB needs a key of your own: make one on https://www.themoviedb.org/settings/api and set TMDB_API_KEY."
            )
        }
        guard let key = TMDBKey(text) else {
            throw UsageError(
                "The TMDB key has characters that no key has. Copy it again and set TMDB_API_KEY."
            )
        }
        return key
    }

    /// The address that is set. A key goes out without encryption only to this machine.
    private func base(_ settings: SettingsReader) throws -> String {
        guard let base = try settings.address(tmdbBase, .tmdbBase) else { return TMDBEnricher.address }
        let isNear = ["localhost", "127.0.0.1", "::1"].contains(URL(string: base)?.host() ?? "")
        guard isNear || base.hasPrefix("https:") else {
            throw UsageError("tmdb_base is no https address, and would let others read the key.")
        }
        return base
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
