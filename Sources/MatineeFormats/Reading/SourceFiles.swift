package import Foundation
import Matinee

/// The files that a folder, a ZIP file or a single file gives to read.
package struct SourceFiles {
    /// A file and how it is opened.
    package struct File {
        /// The path inside the folder or ZIP file.
        package var name: String
        /// Bytes.
        package var size: Int
        package var stream: () throws -> ByteStream
    }

    /// The name of the source: that of its folder or file, without its ending.
    package let name: String
    package let files: [File]

    /// How deep below a folder files are looked for, and how many of them there may be.
    private static let deepest = 3, most = 10_000

    /// - Throws: ``FormatError``.
    package init(_ url: URL) throws {
        let url = url.standardizedFileURL.resolvingSymlinksInPath()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw FormatError.unreadable(url.path, "there is no such file or folder")
        }
        name = isFolder.boolValue ? url.lastPathComponent : url.deletingPathExtension().lastPathComponent
        files = try isFolder.boolValue ? Self.folder(url) : Self.file(url)
    }

    private static func file(_ url: URL) throws -> [File] {
        let file = try InputFile(url)
        guard [[80, 75, 3, 4], [80, 75, 5, 6]].contains(try file.bytes(0..<4)) else {
            return [File(name: url.lastPathComponent, size: file.size) { file.stream() }]
        }
        let zip = try ZIPFile(file)
        return zip.entries.filter { !isHidden($0.name) }.map { entry in
            File(name: printable(entry.name), size: entry.size) { try zip.stream(entry) }
        }
    }

    /// The files of a folder; links to other folders are not followed.
    private static func folder(_ url: URL) throws -> [File] {
        var fault: FormatError?
        let paths = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil) {
            fault = .unreadable($0.path, reason($1))
            return false
        }
        guard let paths else { throw FormatError.unreadable(url.path, "the folder cannot be listed") }
        var files: [File] = []
        while let next = paths.nextObject() as? URL {
            if paths.level > deepest || isHidden(next.lastPathComponent) {
                paths.skipDescendants()
                continue
            }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: next.path, isDirectory: &isFolder), isFolder.boolValue {
                continue
            }
            let file = try InputFile(next), parts = next.pathComponents.suffix(paths.level)
            files.append(
                File(name: printable(parts.joined(separator: "/")), size: file.size) { file.stream() }
            )
            guard files.count <= most else {
                throw FormatError.unreadable(url.path, "it holds more than \(most) files")
            }
        }
        if let fault { throw fault }
        return files.sorted { $0.name < $1.name }
    }

    /// Files of the system: `.DS_Store`, and `__MACOSX`, which a Mac adds to its ZIP files.
    private static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
    }
}
