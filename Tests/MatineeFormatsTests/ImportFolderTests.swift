import Foundation
import Matinee
import MatineeFormats
import MatineeTesting
import Testing

@Suite("Folder of an import")
struct ImportFolderTests {
    private let sources: Sources
    private var catalogs: URL { sources.result.deletingLastPathComponent() }

    init() throws {
        sources = try Sources()
        try sources.write(Sources.latest)
    }

    private func names(_ url: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }

    private func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test("An import is replaced by the next; nothing else is left")
    func replacing() throws {
        _ = try sources.run()
        #expect(try names(sources.result) == ["catalog.jsonl", "import.json", "ratings.npy", "users.jsonl"])
        for file in ["ratings.csv", "tags.csv"] {
            try FileManager.default.removeItem(at: sources.source.appending(path: file))
        }
        _ = try sources.run()
        #expect(try names(sources.result) == ["catalog.jsonl", "import.json"])
        #expect(try names(catalogs) == ["result"])
    }

    @Test(
        "A folder that was not made by an import is refused and left as it is",
        arguments: ["letter.txt", "catalog.jsonl"]
    )
    func foreign(_ file: String) throws {
        try make(sources.result)
        try Data("dear".utf8).write(to: sources.result.appending(path: file))
        #expect { try sources.run() } throws: { "\($0)".contains("--to") }
        #expect(try names(sources.result) == [file] && names(catalogs) == ["result"])
    }

    @Test("A file where the folder should be, and a place that cannot be written to, are refused")
    func unwritable() throws {
        try make(catalogs)
        try Data().write(to: sources.result)
        #expect { try sources.run() } throws: { "\($0)".contains("not made by an import") }
        try FileManager.default.removeItem(at: catalogs)
        try Data().write(to: catalogs)
        #expect { try sources.run() } throws: { "\($0)".contains("cannot be written") }
    }

    @Test("What is left of a killed import is removed, and an old import that was moved aside comes back")
    func left() throws {
        _ = try sources.run()
        let draft = catalogs.appending(path: ".result.draft")
        try make(draft.appending(path: "new"))
        try Data("half".utf8).write(to: draft.appending(path: "new/ratings.npy"))
        try FileManager.default.moveItem(at: sources.result, to: draft.appending(path: "old"))
        try sources.write("movies.csv", "movieId,title,genres\n1,,\n")
        #expect(throws: FormatError.self) { try sources.run() }
        #expect(try names(catalogs) == ["result"] && sources.movies().count == 3)
    }

    @Test(
        "A file that cannot be read stops the import with a sentence that names it",
        arguments: ["gone", "loop.csv"]
    )
    func unreadable(_ target: String) throws {
        let link = sources.source.appending(path: "loop.csv").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect { try sources.run() } throws: {
            "\($0)".contains("loop.csv cannot be read: ") && "\($0)".contains("permissions")
        }
        #expect(!FileManager.default.fileExists(atPath: sources.result.path))
    }

    @Test("A folder in the place of a file is looked into, and one that is linked is not")
    func folders() throws {
        let inside = sources.source.appending(path: "movies.csv.d")
        try make(inside)
        let film = sources.source.appending(path: "movies.csv")
        try FileManager.default.moveItem(at: film, to: inside.appending(path: "movies.csv"))
        try FileManager.default.createSymbolicLink(
            at: sources.source.appending(path: "again"),
            withDestinationURL: sources.source
        )
        #expect(try sources.run().files.map(\.name).contains("movies.csv.d/movies.csv"))
    }
}
