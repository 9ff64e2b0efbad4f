import Matinee
import MatineeTesting
import Testing

@Suite("A fusion of another embedder")
struct OtherEmbedderTests {
    /// An embedder that puts all texts nearer together, as real ones do: a cosine c becomes 0.36·c + 0.64.
    private struct Crowded: Embedder {
        let name = "crowded"
        let dimension = HashEmbedder().dimension + 1

        func embed(_ texts: [String]) async throws -> [[Float]] {
            try await HashEmbedder().embed(texts).map { $0.map { $0 * 0.6 } + [0.8] }
        }
    }

    @Test(
        "Its weights are adapted, so that words and films still find what is like them",
        arguments: [HashEmbedder() as any Embedder, Crowded()]
    )
    func adapted(_ embedder: any Embedder) async throws {
        let recommender = try await TinyCatalog.recommender(
            embedder: embedder,
            fusion: FusionModel.standard()
        )
        for (message, id) in [
            ("a spoof in space", "spaceballs"), ("loved Heat and Collateral", "thief"),
            ("a slow, atmospheric voyage to an ocean", "solaris-1972"),
        ] {
            #expect(try await recommender.turn(message).picks.first?.id == id)
        }
    }

    @Test("The first reply says so, later ones do not")
    func said() async throws {
        let recommender = try await TinyCatalog.recommender(fusion: FusionModel.standard())
        var conversation = Conversation()
        let first = try await recommender.turn("a spoof", conversation: conversation)
        #expect(first.fallbacks.map(\.kind) == [.otherEmbedder])
        conversation.add(first.request, picks: first.picks)
        #expect(try await recommender.turn("a heist", conversation: conversation).fallbacks.isEmpty)
    }
}
