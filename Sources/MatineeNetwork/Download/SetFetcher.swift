package import Foundation

/// Fetches published data sets, checked against the checksum that the publisher gives.
package struct SetFetcher: Sendable {
    /// What was done, and how sure it is.
    package struct Fetched: Sendable, Equatable {
        package var file: URL
        /// Whether the file was there before, so that nothing was fetched.
        package var wasHere: Bool
        /// Whether the publisher's checksum was found and compared.
        package var isChecked: Bool

        package init(file: URL, wasHere: Bool, isChecked: Bool) {
            (self.file, self.wasHere, self.isChecked) = (file, wasHere, isChecked)
        }
    }

    private let base: String?
    private let backoff: Backoff

    /// - Parameter base: the address of a folder that has the files in place of the publishers; by default theirs.
    package init(base: String? = nil, backoff: Backoff = Backoff()) {
        self.base = base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.backoff = backoff
    }

    /// Fetches a set into a folder, or finds it there.
    ///
    /// - Parameter progress: called with how many of how many bytes have come.
    /// - Throws: ``DownloadError``, or `CancellationError`.
    package func fetch(
        _ set: PublishedSet,
        into folder: URL,
        progress: @escaping (_ done: Int64, _ total: Int64?) -> Void = { _, _ in }
    ) async throws -> Fetched {
        let file = folder.appending(path: set.file), address = "\(base ?? set.folder)/\(set.file)"
        return try await WebClient.with { web in
            let checksum = set.hasChecksum ? try await checksum(address, file, web) : nil
            let wasHere = isHere(file, checksum)
            if !wasHere {
                var download = Download(
                    web: web,
                    address: address,
                    file: file,
                    limit: set.limit,
                    backoff: backoff
                )
                (download.checksum, download.progress) = (checksum, progress)
                try await download.run()
            }
            return Fetched(file: file, wasHere: wasHere, isChecked: checksum != nil)
        }
    }

    /// A file that is here is fetched again only where the publisher's is another.
    private func isHere(_ file: URL, _ checksum: Checksum?) -> Bool {
        guard FileManager.default.fileExists(atPath: file.path) else { return false }
        guard let checksum else { return true }
        return (try? checksum.matches(file)) ?? false
    }

    /// The MD5 that a server gives, as `md5sum` or BSD's `md5` writes it, or `nil` where it has none.
    private func checksum(_ address: String, _ file: URL, _ web: WebClient) async throws -> Checksum? {
        let (address, note) = (address + ".md5", file.appendingPathExtension("md5"))
        defer { try? FileManager.default.removeItem(at: note) }
        do {
            try await Download(web: web, address: address, file: note, limit: 1 << 16, backoff: backoff).run()
        } catch DownloadError.refused(_, 404) { return nil }
        let text = (try? String(contentsOf: note, encoding: .utf8)) ?? ""
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard let sum = words.first(where: { $0.wholeMatch(of: /[0-9A-Fa-f]{32}/) != nil }) else {
            throw DownloadError.unreadableChecksum(address)
        }
        return .md5(String(sum))
    }
}
