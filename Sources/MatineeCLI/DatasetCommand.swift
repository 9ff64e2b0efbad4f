import ArgumentParser
import Foundation
import Matinee
import MatineeFormats
import MatineeLab
import MatineeNetwork

struct DatasetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Make a dataset of what people have rated.",
        subcommands: [Collect.self]
    )

    struct Collect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Collect exports and feeds, or imported ratings, into one file: a line a member.",
            discussion: """
                A list has a line for each source: a service and a path or address, such as “letterboxd exports/ana.zip” \
                or “rss https://letterboxd.com/ana/rss/”. Feeds are asked for once a second and once a day at the most, \
                and not where robots.txt forbids it; the same command again goes on where it was broken off. Collect \
                only what its owner has given you or made public for it: docs/training.md.
                """
        )
        @Option(help: "A list of exports and feeds.") var list: String?
        @Option(help: "The folder that `matinee catalog import` made: its ratings become the dataset.")
        var ratings: String?
        @Option(help: "File of the dataset.") var to: String
        @Option(help: "What share of an export's rows may be malformed, 0 to 1.") var maxBad = 0.01
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (list == nil) != (ratings == nil) else {
                throw ValidationError("Give --list or --ratings, one of them.")
            }
            guard (0...1).contains(maxBad) else {
                throw ValidationError("--max-bad must be a share from 0 to 1, such as 0.01.")
            }
        }

        func run() async throws {
            let assembly = try await Assembly(common), writer = try LineWriter(URL(filePath: to))
            let pseudonyms = try Pseudonyms(file: assembly.dataFolder.appending(path: "pseudonyms.key"))
            if let ratings {
                let made = try RatingsDataset(folder: URL(filePath: ratings)).write(to: writer, pseudonyms)
                try writer.finish()
                return output(
                    "\(count(made.members, "member")) with \(count(made.films, "rating")) in \(to)."
                )
            }
            guard let list else { return }
            let failed = try await collect(SourceList(URL(filePath: list)), assembly, pseudonyms, writer)
            if failed > 0 { throw ExitCode(1) }
        }

        /// - Returns: how many sources could not be read.
        private func collect(
            _ list: SourceList,
            _ assembly: Assembly,
            _ pseudonyms: Pseudonyms,
            _ writer: LineWriter
        ) async throws -> Int {
            let catalog = try Catalog(contentsOf: assembly.catalogFile()), linker = HistoryLinker(catalog)
            let fetcher = FeedFetcher(allowsPrivate: UsersImportCommand.allowsPrivateFeeds)
            let feeds = FeedCollector(fetcher, cache: Folders.feeds)
            var failed = 0, films = 0
            for source in list.sources {
                do {
                    let history = try await history(source, feeds)
                    let name = pseudonyms.pseudonym(of: "\(source.service.rawValue) \(source.place)")
                    let member = DatasetMember(
                        member: name,
                        history: history,
                        catalog: catalog,
                        linker: linker
                    )
                    try writer.write(JSON.line(member).dropLast())
                    films += member.films.count
                } catch let error as DatasetError { throw error } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    failed += 1
                    note("Line \(source.line) is left out: \(error)")
                }
            }
            try writer.finish()
            let members = list.sources.count - failed
            output("\(count(members, "member")) with \(count(films, "film")) in \(to).")
            return failed
        }

        private func history(_ source: SourceList.Source, _ feeds: FeedCollector) async throws -> History {
            var reader = HistoryReader()
            reader.maxBad = maxBad
            guard source.isAddress else {
                return try reader.read(URL(filePath: source.place), from: source.service)
            }
            return try await reader.read(feed: feeds.feed(source.place), named: source.place)
        }
    }
}
