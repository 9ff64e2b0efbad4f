import ArgumentParser
import Foundation
import Matinee
import MatineeFormats
import MatineeNetwork

/// `matinee users import`.
struct UsersImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in what a user has watched and rated elsewhere.",
        discussion: """
            SERVICE is letterboxd, imdb, trakt or rss; SOURCE is the ZIP file, folder or file of its export, or the \
            address of a feed. What is taken in a second time changes nothing.
            """
    )

    @Argument(help: "letterboxd, imdb, trakt or rss.") var service: HistoryService?
    @Argument(help: "A ZIP file, folder or file; of rss also an address.") var source: String?
    @Option(help: "Whose history it is (me). [MATINEE_USER]") var user: String?
    @Flag(help: "Take the latest import back instead.") var undo = false
    @Option(help: "What share of a file's rows may be malformed, 0 to 1.") var maxBad = 0.01
    @Flag(help: "Print the report as JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard undo == (service == nil), (service == nil) == (source == nil) else {
            throw ValidationError(
                "Give a service and a source, such as letterboxd export.zip, or --undo alone."
            )
        }
        guard (0...1).contains(maxBad) else {
            throw ValidationError("--max-bad must be a share from 0 to 1, such as 0.01.")
        }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let user = assembly.settings.text(user, .user) ?? "me", store = try assembly.store()
        guard let service, let source else { return try takeBack(user, store) }
        let history = try await history(service, source)
        let recommender = try await assembly.recommender(store: store, settings: Settings())
        let linking = HistoryLinking(history, recommender.artifacts.catalog)
        var report = linking.report
        report.changed = try recommender.take(
            linking.films,
            from: service.rawValue,
            hasWatchlist: history.hasWatchlist,
            of: user
        )
        try json ? output(JSON.pretty(report)) : output(HistoryRendering(report: report, user: user).text)
    }

    private func history(_ service: HistoryService, _ source: String) async throws -> History {
        var reader = HistoryReader()
        reader.maxBad = maxBad
        guard source.contains("://") else { return try reader.read(URL(filePath: source), from: service) }
        guard service == .rss else {
            throw UsageError("Only rss is fetched from an address; for \(service.rawValue), name a file.")
        }
        let fetcher = FeedFetcher(allowsPrivate: Self.allowsPrivateFeeds)
        guard case .feed(let bytes, _) = try await fetcher.fetch(source) else {
            throw FeedError.refused(source, status: 304)
        }
        return try reader.read(feed: bytes, named: source)
    }

    /// Whether feeds may be on this machine: for tests.
    static var allowsPrivateFeeds: Bool {
        ProcessInfo.processInfo.environment["MATINEE_TEST_PRIVATE_FEEDS"] == "1"
    }

    private func takeBack(_ user: String, _ store: any Store) throws {
        guard case .history(let source, let films)? = try store.undoHistory(user) else {
            return output("There is no import of \(printable(user)) to take back.")
        }
        output(
            "Taken back: what the history from \(source) said of \(count(films, "film")). Messages since then keep the taste they made."
        )
    }
}

extension HistoryService: ExpressibleByArgument {}

/// What came of an import, for people.
struct HistoryRendering {
    let report: HistoryLinking.Report
    let user: String

    var text: String {
        var lines = [
            "\(count(report.films, "film")) of \(printable(user))'s history, \(report.linked) of them in the catalogue: "
                + "\(report.rated) rated, \(report.seen) seen, \(report.liked) liked, \(report.watchlist) on the watchlist."
        ]
        lines.append(
            report.changed == 0
                ? "Nothing of it is new." : "\(count(report.changed, "film")) new or otherwise than before."
        )
        lines += list("Not in the catalogue", report.unknown)
        lines += list("More than one film of the catalogue may be meant", report.ambiguous)
        for skipped in report.skipped {
            lines.append(
                "\(count(skipped.rows, "row")) of \(skipped.file) passed over; the first is line \(skipped.line): \(skipped.reason)."
            )
        }
        if report.future_dates > 0 {
            lines.append("\(count(report.future_dates, "date")) in the future left out.")
        }
        return lines.joined(separator: "\n")
    }

    private func list(_ title: String, _ films: [String]) -> [String] {
        if films.isEmpty { return [] }
        let rest = films.count > 10 ? " and \(films.count - 10) others" : ""
        return ["\(title): \(films.prefix(10).joined(separator: ", "))\(rest)."]
    }
}
