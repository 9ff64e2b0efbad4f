import Foundation
import Testing

private let realModelAddress = ProcessInfo.processInfo.environment["MATINEE_TEST_LLM"]

/// Whole turns with a real server, whose address `MATINEE_TEST_LLM` names; `make test-llm` starts one.
@Suite("Turns with a real language model", .enabled(if: realModelAddress != nil), .serialized)
struct RealModelTurnTests {
    @Test(
        "Both rerankers and the explainer end in a complete answer by the model",
        arguments: ["listwise", "numeric"]
    )
    func reranked(_ reranker: String) throws {
        let program = try Program.tiny()
        let turn = try program.json([
            "recommend", "a tense heist", "--json", "--llm", #require(realModelAddress), "--llm-model",
            "smollm2",
            "--reranker", reranker, "--explainer", "model", "--deadline", "600", "--llm-timeout", "300",
        ])
        let picks = try #require(turn["picks"] as? [[String: Any]])
        #expect(Set(picks.compactMap { $0["id"] as? String }).count == 5)
        #expect(picks.allSatisfy { !($0["reason"] as? String ?? "").isEmpty })
        let scores = (turn["candidates"] as? [[String: Any]] ?? []).compactMap {
            $0["scores"] as? [String: Any]
        }
        let key = reranker == "listwise" ? "listwise" : "rating"
        #expect(scores.contains { $0[key] is Double }, "\(turn["fallbacks"] ?? "")")
        let model = turn["language_model"] as? [String: Any] ?? [:], usage = model["usage"] as? [String: Int]
        #expect(usage?["prompt"] ?? 0 > 500, "\(model)")
    }
}
