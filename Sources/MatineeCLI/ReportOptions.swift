import ArgumentParser
import Foundation
import Matinee
import MatineeLab

/// Where a report is written.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help:
            "Write a report, replacing one that is there: .html a page, .json a part for `matinee eval report`."
    )
    var file: String?

    func validate() throws {
        guard let file, !["html", "json"].contains(URL(filePath: file).pathExtension) else { return }
        throw ValidationError("--report must name a file that ends in .html or .json.")
    }

    var isWanted: Bool { file != nil }

    /// Writes the part as its file's name says; nothing where no report is wanted.
    func write(_ part: ReportPart, title: String) throws {
        guard let file else { return }
        let data =
            file.hasSuffix(".json") ? try JSON.pretty(part) : ReportPage(title: title, parts: [part]).data()
        try Self.write(data, to: file)
    }

    /// Puts a file in the place of one that may be there, whole or not at all.
    static func write(_ data: Data, to file: String) throws {
        do { try data.write(to: URL(filePath: file), options: .atomic) } catch {
            throw EvaluationError(
                "\(printable(file)) cannot be written: \(reason(error)). Name a file in a folder that exists."
            )
        }
    }

    /// A file's path as it is reached from the report's folder.
    func path(to other: String) -> String {
        let base = URL(filePath: file ?? "").standardizedFileURL.deletingLastPathComponent().pathComponents
        let target = URL(filePath: other).standardizedFileURL.pathComponents
        let common = zip(base, target).prefix { $0 == $1 }.count
        let up = Array(repeating: "..", count: base.count - common)
        return (up + target.dropFirst(common)).joined(separator: "/")
    }
}

extension ReportFact {
    /// This program and its version.
    static var program: ReportFact {
        ReportFact("program", "matinee \(MatineeCommand.configuration.version)")
    }
}
