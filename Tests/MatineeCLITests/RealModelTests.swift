import Foundation
import Testing

private let realModelAddress = ProcessInfo.processInfo.environment["MATINEE_TEST_LLM"]

/// Whole turns against a real server, whose address `MATINEE_TEST_LLM` names; `make test-llm` starts one.
@Suite("Turns with a real language model", .enabled(if: realModelAddress != nil), .serialized)
struct RealModelTests {
    private func turn(_ arguments: [String]) throws -> [String: Any] {
        let address = try #require(realModelAddress), program = try Program.tiny()
        return try program.json(
            [
                "recommend", "a tense heist with friends", "--json", "--llm", address, "--llm-model",
                "smollm2",
                "--deadline", "120", "--llm-timeout", "120",
            ] + arguments
        )
    }

    @Test(
        "Both rerankers end in five films that exist, and say what the model did",
        arguments: ["listwise", "numeric"]
    )
    func rerankers(_ reranker: String) throws {
        let turn = try turn(["--reranker", reranker, "--explainer", "built-in"])
        let picks = turn["picks"] as? [[String: Any]] ?? []
        #expect(Set(picks.compactMap { $0["id"] as? String }).count == 5)
        print(
            "\(reranker): \(turn["language_model"] ?? "") \(turn["fallbacks"] ?? "") \(turn["timings"] ?? "")"
        )
    }

    @Test("Its sentences are checked, and each film has a reason")
    func explanations() throws {
        let turn = try turn(["--reranker", "numeric", "--explainer", "model"])
        let picks = turn["picks"] as? [[String: Any]] ?? []
        #expect(picks.count == 5 && picks.allSatisfy { !($0["reason"] as? String ?? "").isEmpty })
        print(
            "explained: \(turn["language_model"] ?? "") \(turn["fallbacks"] ?? "") \(turn["timings"] ?? "")"
        )
    }
}
