import ArgumentParser
import Foundation
import Matinee
import MatineeNetwork

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `matinee catalog fetch`.
struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a published data set, after showing its terms.",
        discussion: """
            \(PublishedSet.all.map { "\($0.name)\n  \($0.title)" }.joined(separator: "\n"))

            The checksum is compared where the publisher gives one. What has come stays in NAME.part when the fetch is \
            broken off: the same command goes on with it.
            """
    )
    @Argument(help: "Which: \(PublishedSet.all.map(\.name).joined(separator: ", ")).") var name: String
    @Option(help: "Folder of the file; by default one in the cache.") var to: String?
    @Flag(help: "The terms are known and accepted: do not ask.") var acceptLicence = false
    @Option(help: "Address of a folder with the files, in place of the publishers'. [MATINEE_FETCH_BASE]")
    var fetchBase: String?

    func run() async throws {
        guard let set = PublishedSet.all.first(where: { $0.name == name }) else {
            throw UsageError(
                "No data set is called “\(printable(name))”: there are \(PublishedSet.all.map(\.name).joined(separator: ", "))."
            )
        }
        let base = try await SettingsReader().address(fetchBase, .fetchBase)
        guard try isAccepted(set) else {
            note("Nothing was fetched.")
            throw ExitCode.failure
        }
        let bar = ProgressBar(title: "Fetching \(set.file)", unit: "bytes")
        defer { bar.end() }
        let fetched = try await SetFetcher(base: base).fetch(
            set,
            into: to.map { URL(filePath: $0) } ?? Folders.downloads
        ) { done, total in
            if let total { bar.show(bytes: done, of: total) }
        }
        report(fetched)
    }

    /// Shows the terms and asks, unless that is answered already.
    private func isAccepted(_ set: PublishedSet) throws -> Bool {
        let terms = Terminal.standard.wrapped("\(set.terms) In full: \(set.termsAddress)")
        note("\(set.title)\n\(terms)")
        if acceptLicence { return true }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw UsageError("There is nobody to ask: add --accept-licence to accept these terms.")
        }
        try? FileHandle.standardError.write(contentsOf: Data("Do you accept these terms? [y/N] ".utf8))
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }

    private func report(_ fetched: SetFetcher.Fetched) {
        let path = fetched.file.standardizedFileURL.path
        let check =
            fetched.isChecked ? "its checksum is right" : "there is no checksum to compare it with"
        output("\(path) is \(fetched.wasHere ? "already " : "")here; \(check).")
        output("Next: matinee catalog import \(shellWord(path))")
    }
}

/// A word as a shell reads it back.
func shellWord(_ text: String) -> String {
    if text.wholeMatch(of: /[A-Za-z0-9_.,\/:@%+=-]+/) != nil { return text }
    return "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
}
