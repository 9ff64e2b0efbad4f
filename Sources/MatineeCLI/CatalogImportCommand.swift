import ArgumentParser
import Foundation
import Matinee
import MatineeFormats
import Synchronization

extension CatalogCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a catalogue of MovieLens, TMDB, Wikipedia, CSV or JSON files.",
            discussion: """
                SOURCE is recognised by what it holds: MovieLens 100k to 32M (folder or ZIP, or recbole's form of 100k), \
                TMDB 5000, Wikipedia movie JSON, or any CSV, JSON Lines or JSON file of films.
                """
        )
        @Argument(help: "A folder, ZIP file or file.") var source: String
        @Option(
            help:
                "A file whose knowledge is joined to the films, by id or by title and year; may be repeated."
        )
        var metadata: [String] = []
        @Option(help: "Which column holds a field, as field=column; may be repeated.") var map: [String] = []
        @Option(help: "Folder of the result; by default catalogs/NAME in the data folder.") var to: String?
        @Option(help: "What share of a file's rows may be malformed, 0 to 1.") var maxBad = 0.01
        @Flag(help: "Print the report as JSON.") var json = false
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (0...1).contains(maxBad) else {
                throw ValidationError("--max-bad must be a share from 0 to 1, such as 0.01.")
            }
        }

        func run() async throws {
            let source = URL(filePath: source), bars = ProgressBars()
            let standard = try await Assembly(common).dataFolder.appending(path: "catalogs")
            let folder = try to.map { URL(filePath: $0) } ?? standard.appending(path: name(of: source))
            let importer = try CatalogImporter(map: columns(), maxBad: maxBad) { file, done, total in
                bars.show(file, done, of: total)
            }
            let report = try importer.run(source, metadata: metadata.map { URL(filePath: $0) }, into: folder)
            try json ? output(JSON.pretty(report)) : output(ImportRendering(report: report).text)
            if let warning = ImportRendering(report: report).warning { note(warning) }
        }

        private func columns() throws -> ColumnMap {
            do { return try ColumnMap(map) } catch { throw UsageError("\(error)") }
        }

        private func name(of source: URL) throws -> String {
            let name = folded(try SourceFiles(source).name).replacing(" ", with: "-")
            return name.isEmpty ? "imported" : name
        }
    }
}

/// A progress bar for each file that takes a while.
private final class ProgressBars: Sendable {
    private struct Current {
        var file = ""
        var bar = ProgressBar(title: "", unit: "MB")
        var shown = -1
    }

    private let current = Mutex(Current())

    func show(_ file: String, _ done: Int, of total: Int) {
        let (done, total) = (done / 1_000_000, total / 1_000_000)
        guard total >= 10 else { return }
        current.withLock { current in
            if current.file != file {
                current = Current(file: file, bar: ProgressBar(title: "Reading \(file)", unit: "MB"))
            }
            guard done > current.shown else { return }
            current.shown = done
            current.bar.show(done, of: total)
        }
    }
}

/// The report of an import in words.
struct ImportRendering {
    let report: ImportReport

    var text: String {
        ([summary] + report.files.map(file) + report.metadata.map(joined) + [texts, "", goOn]).joined(
            separator: "\n"
        )
    }

    private var summary: String {
        let ratings =
            report.ratings > 0
            ? ", \(number(report.ratings, "rating")) by \(number(report.users, "user"))" : ""
        return "\(number(report.movies, "film"))\(ratings) are in \(report.folder)."
    }

    private func file(_ file: ImportReport.File) -> String {
        let fault =
            file.firstMalformedLine.map { "; the first is line \($0): \(file.firstFault ?? "")" } ?? ""
        return "  \(file.name): \(number(file.rows, "row")), \(file.malformed.formatted()) malformed\(fault)"
    }

    private func joined(_ file: ImportReport.Joined) -> String {
        """
          \(file.name), joined: \(file.byID.formatted()) by id, \(file.byTitle.formatted()) by title and year, \
        \(file.ambiguous.formatted()) ambiguous and left out, \(file.unmatched.formatted()) of no film here
        """
    }

    private var texts: String {
        let given = report.metadata.reduce(0) { $0 + $1.overviews }
        let sources =
            (report.withOverview > given ? [(report.withOverview - given, "the source")] : [])
            + report.metadata.filter { $0.overviews > 0 }.map { ($0.overviews, $0.name) }
        let from = sources.map { "\($0.0.formatted()) from \($0.1)" }.joined(separator: ", ")
        return """
            Films with an overview: \(report.withOverview.formatted())\(from.isEmpty ? "" : " (\(from))"); \
            with keywords: \(report.withKeywords.formatted()).
            """
    }

    private var goOn: String {
        let catalog = "--catalog \(shellWord(report.folder + "/catalog.jsonl"))"
        let users = "matinee build \(catalog) --ratings \(shellWord(report.folder + "/ratings.npy"))"
        return "Go on with: matinee chat \(catalog)"
            + (report.ratings == 0 ? "" : "\nVectors of its users are made by: \(users)")
    }

    /// What to know where most films have no text.
    var warning: String? {
        guard report.withOverview * 2 < report.movies else { return nil }
        return """
            Warning: most films have no overview, so what they are like is poorly known. Add a source that has \
            overviews with --metadata.
            """
    }

    private func number(_ number: Int, _ noun: String) -> String {
        "\(number.formatted()) \(noun)\(number == 1 ? "" : "s")"
    }
}
