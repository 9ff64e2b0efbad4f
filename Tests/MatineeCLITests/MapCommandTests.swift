import Foundation
import MatineeTesting
import Testing

@Suite("Map command")
struct MapCommandTests {
    private let program: Program
    private let svg: String

    init() throws {
        program = try Program.tiny()
        svg = program.folder.url.appending(path: "map.svg").path
    }

    @Test("It draws all films, keeps the map with the artifacts, and draws the same again over the old file")
    func draws() throws {
        let first = try program.run(["catalog", "map", svg])
        #expect(first.code == 0 && first.output.hasPrefix("14 films in "), "\(first.errors)")
        let bytes = try Data(contentsOf: URL(filePath: svg))
        #expect(String(decoding: bytes, as: UTF8.self).matches(of: /<circle\s/).count == 14)
        #expect(FileManager.default.fileExists(atPath: program.artifacts.appending(path: "map.npy").path))
        let second = try program.run(["catalog", "map", svg])
        #expect(second.code == 0 && second.errors.isEmpty)
        #expect(try Data(contentsOf: URL(filePath: svg)) == bytes)
    }

    @Test("With --json it prints films, regions and the way of a user's taste")
    func json() throws {
        for wish in ["a heist", "a comedy in paris"] {
            _ = try program.run(["recommend", wish, "--user", "<ana>"])
        }
        let map = try program.json(["catalog", "map", "--json", "--user", "<ana>"])
        let films = try #require(map["films"] as? [[String: Any]])
        #expect(films.count == 14 && films[0]["id"] as? String == "heat")
        #expect(
            films.allSatisfy { film in
                ["x", "y"].allSatisfy { (film[$0] as? Double).map { abs($0) <= 1 } == true }
            }
        )
        let trail = try #require(map["trail"] as? [[String: Any]])
        #expect(trail.map { $0["turn"] as? Int } == [1, 2] && trail[0]["picks"] is [String])
        #expect((map["regions"] as? [[String: Any]])?.isEmpty == false)
        _ = try program.run(["catalog", "map", svg, "--user", "<ana>"])
        let text = try String(contentsOfFile: svg, encoding: .utf8)
        #expect(text.contains("&lt;ana&gt;’s taste") && text.matches(of: /class="number"/).count >= 1)
    }

    @Test("What cannot be done is said in a sentence")
    func failures() throws {
        let unnamed = try program.run(["catalog", "map"])
        #expect(unnamed.code == 64 && unnamed.errors.contains("map.svg"))
        for path in ["/nowhere/map.svg", program.folder.url.path] {
            let outcome = try program.run(["catalog", "map", path])
            #expect(outcome.code == 1 && outcome.errors.contains("The map cannot be written to \(path)"))
        }
        let unknown = try program.run(["catalog", "map", svg, "--user", "nobody"])
        #expect(unknown.code == 1 && unknown.errors.contains("nobody"))
        #expect(!FileManager.default.fileExists(atPath: svg))
    }
}
