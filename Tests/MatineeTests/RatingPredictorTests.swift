import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Ratings by a language model")
struct RatingPredictorTests {
    private static func tokens(_ shares: [(String, Double)]) -> [ChatReply.Token] {
        shares.map { ChatReply.Token($0.0, logProbability: log($0.1)) }
    }

    @Test("The rating is the expected value over the probabilities of the digits")
    func expected() throws {
        let reply = ChatReply(
            "4",
            alternatives: [Self.tokens([("4", 0.5), (" 5", 0.3), ("3", 0.1), ("four", 0.1)])]
        )
        let found = try #require(RatingPrompt.rating(in: reply))
        #expect(abs(found.rating - (4 * 0.5 + 5 * 0.3 + 3 * 0.1) / 0.9) < 1e-9)
        #expect(abs(try #require(found.deviation) - 0.6285) < 1e-3)
        let late = ChatReply(
            "Rating: 2",
            alternatives: [Self.tokens([("R", 0.9), ("5", 0.1)]), Self.tokens([("2", 1)])]
        )
        #expect(RatingPrompt.rating(in: late)?.rating == 2)
    }

    @Test(
        "Without probabilities it is the number that was written, and what is no rating is none",
        arguments: [
            ("4", 4), (" 3.5 ", 3.5), ("\"2\"", 2), ("4/5", 4), ("5 out of 5.", 5), ("Rating: 1", 1),
            ("", nil), ("0", nil),
            ("6", nil), ("10", nil), ("5.5", nil), ("-3", nil), ("four", nil), ("4 or 5", nil), ("4e9", nil),
            ("NaN", nil),
        ] as [(String, Double?)]
    )
    func written(_ text: String, _ rating: Double?) {
        #expect(RatingPrompt.rating(in: ChatReply(text))?.rating == rating)
    }

    @Test("final = 0.7 · relevance + 0.3 · (rating - 1) / 4, for each film that a rating was read of")
    func formula() async throws {
        let model = ScriptedModel(rate: {
            ChatReply($0.hasPrefix("Ikiru") ? "5" : $0.hasPrefix("Heat") ? "?" : "1")
        })
        let turn = try await turn(model), plain = try await TinyCatalog.recommender().turn("a spoof")
        for candidate in turn.candidates {
            let relevance = try #require(plain.candidates.first { $0.id == candidate.id }).scores.final
            switch candidate.id {
            case "heat": #expect(candidate.scores.rating == nil && candidate.scores.final == relevance)
            case "ikiru": #expect(abs(candidate.scores.final - (0.7 * relevance + 0.3)) < 1e-9)
            default: #expect(abs(candidate.scores.final - 0.7 * relevance) < 1e-9)
            }
        }
        let use = try #require(turn.languageModel?.ratings)
        #expect(use.asked == 14 && use.cached == 0 && use.failed == 1)
        #expect(turn.models.reranker == "numeric" && turn.models.languageModel == "scripted")
    }

    @Test("Not more than so many are asked for at once, and each only once for the same profile")
    func cached() async throws {
        let gauge = Gauge()
        let model = ScriptedModel(rate: { _ in
            gauge.enter()
            Thread.sleep(forTimeInterval: 0.002)
            gauge.leave()
            return ChatReply("3")
        })
        let recommender = try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(
                reranker: .numeric,
                explainer: .builtIn,
                deadline: .seconds(1_000),
                ratingsAtOnce: 3
            )
        )
        _ = try await recommender.turn("a spoof")
        #expect(model.chats.count == 14 && (1...3).contains(gauge.most))
        let again = try await recommender.turn("a spoof")
        #expect(model.chats.count == 14 && again.languageModel?.ratings?.cached == 14)
        let other = try await recommender.turn("a spoof, loved Airplane!")
        #expect(other.languageModel?.ratings?.cached == 0 && model.chats.count > 14)
    }

    private func turn(_ model: ScriptedModel) async throws -> Turn {
        try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(reranker: .numeric, deadline: .seconds(1_000))
        ).turn(
            "a spoof"
        )
    }
}
