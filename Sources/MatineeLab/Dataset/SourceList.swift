package import Foundation
import Matinee
package import MatineeFormats

/// The list of exports and feeds that a dataset is collected of: a line each, `letterboxd exports/ana.zip` or
/// `rss https://letterboxd.com/ana/rss/`; empty lines and those after `#` are passed over.
package struct SourceList: Sendable {
    package struct Source: Sendable, Equatable {
        package var service: HistoryService
        /// A path, relative to the list's folder, or an address.
        package var place: String
        package var line: Int

        package var isAddress: Bool { place.contains("://") }
    }

    package private(set) var sources: [Source] = []

    /// - Throws: ``DatasetError``.
    package init(_ url: URL) throws {
        let text: String
        do { text = try String(decoding: Data(contentsOf: url), as: UTF8.self) } catch {
            throw DatasetError.unreadable(url.path, reason(error))
        }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: " ", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard let service = HistoryService(rawValue: parts[0].lowercased()) else {
                throw DatasetError.badList(
                    url.path,
                    line: number + 1,
                    "there is no service \(printable(parts[0]))"
                )
            }
            guard parts.count == 2, !parts[1].isEmpty else {
                throw DatasetError.badList(url.path, line: number + 1, "it names no path or address")
            }
            var source = Source(service: service, place: parts[1], line: number + 1)
            if source.isAddress, service != .rss {
                throw DatasetError.badList(url.path, line: number + 1, "only rss is fetched from an address")
            }
            if !source.isAddress {
                let folder = url.deletingLastPathComponent()
                source.place = URL(filePath: parts[1], relativeTo: folder).standardizedFileURL.path
            }
            sources.append(source)
        }
        guard !sources.isEmpty else { throw DatasetError.empty(url.path, "it lists no source") }
    }
}
