import Foundation
import Matinee
import MatineeNetwork
import Testing

private let realModelAddress = ProcessInfo.processInfo.environment["MATINEE_TEST_LLM"]

/// The client against a real server, whose address `MATINEE_TEST_LLM` names; `make test-llm` starts one.
@Suite("A real language model", .enabled(if: realModelAddress != nil), .serialized)
struct RealModelTests {
    private let model: OpenAIModel

    init() throws {
        let server = try OpenAIServer(
            base: #require(realModelAddress),
            timeouts: OpenAIServer.Timeouts(answer: .seconds(120))
        )
        model = OpenAIModel(name: "smollm2", server: server)
    }

    private static let question = Chat.Message(.user, "Name a film by Akira Kurosawa.")

    @Test("It answers, and counts its tokens")
    func plain() async throws {
        let reply = try await model.complete(Chat([Self.question], maximumTokens: 24))
        #expect(!reply.text.isEmpty && reply.usage.prompt > 5 && (1...24).contains(reply.usage.completion))
    }

    @Test("It streams the same in pieces")
    func streamed() async throws {
        let chat = Chat([Self.question], maximumTokens: 24)
        var pieces: [String] = []
        for try await case .text(let text) in model.stream(chat) { pieces.append(text) }
        let whole = try await model.complete(chat).text
        #expect(
            pieces.count > 3
                && pieces.joined().trimmingCharacters(in: .whitespaces)
                    == whole.trimmingCharacters(in: .whitespaces)
        )
    }

    @Test("It obeys a schema")
    func schema() async throws {
        let schema = Chat.Schema(
            name: "order",
            json:
                #"{"type":"object","properties":{"order":{"type":"array","items":{"type":"integer"},"minItems":3,"maxItems":3}},"required":["order"],"additionalProperties":false}"#
        )
        let question = Chat.Message(.user, "Put the films 1, 2 and 3 in an order. Answer in JSON.")
        let reply = try await model.complete(Chat([question], schema: schema, maximumTokens: 60))
        struct Order: Decodable { var order: [Int] }
        #expect(
            try JSONDecoder().decode(Order.self, from: Data(reply.text.utf8)).order.count == 3,
            "\(reply.text)"
        )
    }

    @Test("It gives log-probabilities")
    func logProbabilities() async throws {
        let question = Chat.Message(.user, "Rate the film Ikiru from 1 to 5. Answer with the number alone.")
        let reply = try await model.complete(Chat([question], maximumTokens: 1, alternatives: 20))
        let first = try #require(reply.alternatives.first)
        #expect(first.count >= 20 && first.allSatisfy { $0.logProbability <= 0 })
        #expect(first.reduce(0) { $0 + exp($1.logProbability) } <= 1.001)
    }

    @Test("Breaking a stream off frees the server for the next question")
    func broken() async throws {
        let long = Chat([Chat.Message(.user, "Tell a very long story.")], maximumTokens: 2_000)
        for try await _ in model.stream(long) { break }
        let start = ContinuousClock.now
        _ = try await model.complete(Chat([Self.question], maximumTokens: 4))
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}
