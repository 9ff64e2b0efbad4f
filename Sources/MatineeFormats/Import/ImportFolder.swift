import Foundation
import Matinee

/// The folder of an imported catalogue, which is replaced whole or not at all.
final class ImportFolder {
    static let catalogFile = "catalog.jsonl", ratingsFile = "ratings.npy", usersFile = "users.jsonl"
    static let reportFile = "import.json"
    private static let files: Set<String> = [catalogFile, ratingsFile, usersFile, reportFile]

    private let folder: URL
    private let replacement: FolderReplacement

    /// Where files are written until ``publish()``.
    var new: URL { replacement.new }

    /// Makes an empty draft.
    /// - Throws: ``FormatError`` where the folder holds something else, another import is at work, or nothing can be
    ///   written.
    init(_ folder: URL) throws {
        self.folder = folder
        try Self.checkIsOurs(folder)
        do { replacement = try FolderReplacement(of: folder) } catch is FolderReplacement.Busy {
            throw FormatError.busy(folder.path)
        } catch {
            throw FormatError.unwritable(folder.path, reason(error))
        }
    }

    /// Nothing is ever replaced that was not made here.
    private static func checkIsOurs(_ folder: URL) throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: folder.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue, let found = try? manager.contentsOfDirectory(atPath: folder.path) else {
            throw FormatError.foreignFolder(folder.path, "it is no folder that can be read")
        }
        if let other = found.first(where: { !files.contains($0) }) {
            throw FormatError.foreignFolder(folder.path, "it holds other files, such as \(printable(other))")
        }
        if !found.isEmpty, !found.contains(reportFile) {
            throw FormatError.foreignFolder(folder.path, "it has no \(reportFile)")
        }
    }

    /// Puts the draft in the place of the folder; its files must be on disk.
    func publish() throws {
        // An import takes long enough for someone to put a file of their own there.
        try Self.checkIsOurs(folder)
        try replacement.publish()
    }
}
