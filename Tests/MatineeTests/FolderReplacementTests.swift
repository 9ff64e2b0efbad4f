import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Folders put in the place of others")
struct FolderReplacementTests {
    private let home: TemporaryFolder
    private var folder: URL { home.url.appending(path: "things") }
    private var draft: URL { home.url.appending(path: ".things.draft") }
    private let manager = FileManager.default

    init() throws { home = try TemporaryFolder() }

    private func replace(_ folder: URL, with text: String) throws {
        let replacement = try FolderReplacement(of: folder)
        try replacement.write(Data(text.utf8), as: "a")
        try replacement.publish()
    }

    private func text(_ folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: "a"), encoding: .utf8)
    }

    private func names() throws -> [String] {
        try manager.contentsOfDirectory(atPath: home.url.path).sorted()
    }

    @Test("The new takes the place of the old, and nothing else is left")
    func replacing() throws {
        for text in ["one", "two", "three"] {
            try replace(folder, with: text)
            #expect(try self.text(folder) == text && names() == ["things"])
        }
        let unused = try FolderReplacement(of: folder)
        try unused.write(Data(), as: "a")
        #expect(try names() == [".things.draft", "things"] && text(folder) == "three")
        withExtendedLifetime(unused) {}
    }

    @Test("One at a time has the draft; the next gets it as soon as that one ends")
    func exclusive() throws {
        var first: FolderReplacement? = try FolderReplacement(of: folder)
        #expect(throws: FolderReplacement.Busy.self) { try FolderReplacement(of: folder) }
        #expect(first != nil)
        first = nil
        #expect(try names() == [])
        try replace(folder, with: "next")
        #expect(try text(folder) == "next")
    }

    @Test("Of many at once each publishes a whole folder or finds another at work, and nothing is left")
    func many() async throws {
        let folder = folder
        let published = await withTaskGroup(of: String?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        let replacement = try FolderReplacement(of: folder)
                        for name in ["a", "b"] { try replacement.write(Data("\(number)".utf8), as: name) }
                        await Task.yield()
                        try replacement.publish()
                        return "\(number)"
                    } catch is FolderReplacement.Busy { return nil } catch { return "\(error)" }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
        }
        #expect(!published.isEmpty && published.allSatisfy { Int($0) != nil }, "\(published)")
        let one = try text(folder),
            other = try String(contentsOf: folder.appending(path: "b"), encoding: .utf8)
        #expect(one == other && published.contains(one))
        #expect(try names() == ["things"])
    }

    @Test("What a killed process left is removed, and a folder that it had moved aside comes back")
    func left() throws {
        try replace(folder, with: "old")
        try manager.createDirectory(at: draft.appending(path: "new"), withIntermediateDirectories: true)
        try Data("half".utf8).write(to: draft.appending(path: "new/a"))
        try Data().write(to: draft.appending(path: "lock"))
        try manager.moveItem(at: folder, to: draft.appending(path: "old"))
        _ = try FolderReplacement(of: folder)
        #expect(try text(folder) == "old" && names() == ["things"])
    }

    @Test("Where the folder is a link, what it leads to is replaced, and the link stays")
    func link() throws {
        try replace(folder, with: "old")
        let link = home.url.appending(path: "link")
        try manager.createSymbolicLink(at: link, withDestinationURL: folder)
        try replace(link, with: "new")
        #expect(try text(folder) == "new" && text(link) == "new" && names() == ["link", "things"])
    }
}
