package import Foundation
import Matinee

/// Makes a catalogue, and a file of ratings where there are some, of the files of another source.
package struct CatalogImporter {
    private let map: ColumnMap
    private let maxBad: Double
    private let progress: @Sendable (_ file: String, _ done: Int, _ total: Int) -> Void

    /// - Parameters:
    ///   - maxBad: how many of a file's rows may be malformed, 0...1.
    ///   - progress: called with how many of how many bytes of a file are read.
    package init(
        map: ColumnMap,
        maxBad: Double = 0.01,
        progress: @escaping @Sendable (_ file: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) {
        (self.map, self.maxBad, self.progress) = (map, maxBad, progress)
    }

    /// Imports a source; the folder appears whole or not at all.
    ///
    /// - Parameters:
    ///   - source: a folder, ZIP file or file.
    ///   - metadata: files of other sources whose knowledge is joined to the films.
    ///   - folder: where the result goes; an earlier import there is replaced, a folder with other files is refused.
    /// - Throws: ``FormatError``; then nothing was changed.
    package func run(_ source: URL, metadata: [URL] = [], into folder: URL) throws -> ImportReport {
        let files = try SourceFiles(source), draft = try ImportFolder(folder)
        do {
            var job = ImportJob(map: map, maxBad: maxBad, progress: progress, draft: draft.new)
            job.report.source = files.name
            job.report.folder = folder.standardizedFileURL.path
            try job.readSource(files)
            try job.join(metadata.map(SourceFiles.init))
            try job.write()
            try draft.publish()
            return job.report
        } catch let error as FormatError { throw error } catch {
            throw FormatError.unwritable(folder.path, reason(error))
        }
    }
}
