import Matinee
import MatineeTesting
import Testing

@Suite("Numeric reranker")
struct NumericRerankerTests {
    /// Gives every film of a user with a history the same rating, but one.
    private struct Fixed: PreferenceModel {
        let name = "fixed"
        let favourite: Int

        func prediction(for history: [(row: Int, rating: Float)], rows: [Int]) -> [Prediction] {
            rows.map { Prediction(rating: $0 == favourite ? 5 : 1, deviation: 0.5) }
        }
    }

    private func turn(liked: Int) async throws -> (Turn, Catalog) {
        let artifacts = try await TinyCatalog.artifacts(), catalog = artifacts.catalog
        let favourite = try #require(catalog.row(of: "ikiru"))
        let recommender = try Recommender(
            artifacts: artifacts,
            embedder: HashEmbedder(),
            index: ScanIndex(artifacts.movies),
            preference: Fixed(favourite: favourite)
        )
        let films = Array(catalog.movies.prefix(liked))
        return (try await recommender.turn("something", liked: films, limit: 3), catalog)
    }

    @Test("With three films known, final = 0.7 · relevance + 0.3 · (rating - 1) / 4")
    func formula() async throws {
        let (turn, _) = try await turn(liked: 3)
        for candidate in turn.candidates {
            let rating = try #require(candidate.scores.rating), cosine = try #require(candidate.scores.cosine)
            let expected = 0.7 * min(1, max(0, (1 + cosine) / 2)) + 0.3 * (rating - 1) / 4
            #expect(abs(candidate.scores.final - expected) < 1e-6 && candidate.scores.deviation == 0.5)
        }
        #expect(turn.picks.first?.id == "ikiru")
    }

    @Test("With fewer films known, and without a model, relevance alone counts")
    func without() async throws {
        let (turn, _) = try await turn(liked: 2)
        #expect(turn.candidates.allSatisfy { $0.scores.rating == nil && $0.scores.deviation == nil })
    }
}
