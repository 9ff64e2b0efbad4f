import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Variety")
struct VarietyTests {
    /// Films of one direction each, and the scores 0.9, 0.88, ... in their order.
    private func recommender(_ titles: [String], variety: Float) async throws -> Recommender {
        let folder = try TemporaryFolder(), file = folder.url.appending(path: "c.jsonl")
        let rows = titles.enumerated().map { place, title in
            #"{"id":"\#(place)","title":"\#(title)","keywords":["k\#(place)"],"popularity":\#(0.9 - 0.02 * Double(place))}"#
        }
        try Data(rows.joined(separator: "\n").utf8).write(to: file)
        let embedder = HashEmbedder(), made = folder.url.appending(path: "a")
        try await ArtifactsBuilder(embedder: embedder).build(catalog: file, into: made)
        let artifacts = try Artifacts(folder: made, for: embedder)
        return try Recommender(
            artifacts: artifacts,
            embedder: embedder,
            index: ScanIndex(artifacts.movies),
            settings: Settings(variety: variety)
        )
    }

    private let titles = [
        "John Wick", "John Wick: Chapter 2", "John Wick: Chapter 3", "Heat", "Alien", "Alien 3", "Drive",
        "It", "It Follows",
    ]

    @Test("A series gives one film while others are about as good; picks keep their order")
    func series() async throws {
        let picks = try await recommender(titles, variety: 0.3).turn("").picks
        #expect(picks.map(\.title) == ["John Wick", "Heat", "Alien", "Drive", "It"])
        #expect(picks.map(\.score) == picks.map(\.score).sorted(by: >))
    }

    @Test("Without variety, the best are taken as they are")
    func off() async throws {
        let picks = try await recommender(titles, variety: 0).turn("").picks
        #expect(picks.map(\.title) == Array(titles.prefix(5)))
    }

    @Test("Where only the series is left, it fills the list")
    func scarce() async throws {
        let picks = try await recommender(Array(titles.prefix(5)), variety: 1).turn("").picks
        #expect(picks.count == 5)
    }
}
