import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Where the language model fails")
struct ModelFallbackTests {
    private static let errors: [(LanguageModelError, Fallback.Kind)] = [
        (.unreachable("no route; key sk-secret"), .modelUnreachable), (.unauthorized, .modelUnauthorized),
        (.rateLimited, .modelRateLimited), (.refused(status: 500, "key sk-secret"), .modelRefused),
        (.timedOut, .modelTimedOut), (.cutOff, .modelCutOff), (.unreadable("sk-secret"), .modelUnreadable),
        (.declined, .modelDeclined), (.overBudget, .modelOverBudget),
    ]

    @Test("Every error ends in the answer that comes without a model, and a line says so", arguments: errors)
    func failing(_ error: LanguageModelError, _ kind: Fallback.Kind) async throws {
        for options in [
            ModelOptions(readsMessages: true, deadline: .seconds(1_000)),
            ModelOptions(reranker: .numeric, deadline: .seconds(1_000)),
        ] {
            let model = ScriptedModel(failing: .error(error))
            let turn = try await answer(model, options), plain = try await answer(nil)
            #expect(Set(turn.fallbacks.map(\.kind)) == [kind])
            #expect(turn.picks == plain.picks && turn.reply.hasPrefix(plain.reply))
            #expect(turn.fallbacks.allSatisfy { turn.reply.contains($0.message) && $0.message.count < 120 })
            #expect(!turn.reply.contains("sk-secret"))
            #expect(turn.models.reranker == "numeric" && turn.models.explainer == "built-in")
            if error.isLasting { #expect(turn.fallbacks.count == 1 && model.chats.count <= 8) }
        }
    }

    @Test(
        "A reply that is not what was asked for ends so too",
        arguments: [
            "", "{", "{\"order\":[1,2", "{\"order\":\"none\"}", "[]", "{\"ranking\":[]}",
            "I cannot help with that.",
            "{\"order\":[99]}", "null", "\u{0}", "1: I", "1:", "0: \n1: \n2:",
        ]
    )
    func unreadable(_ text: String) async throws {
        let turn = try await answer(ScriptedModel(failing: .text(text))), plain = try await answer(nil)
        #expect(Set(turn.fallbacks.map(\.kind)) == [.modelUnreadable])
        #expect(turn.picks == plain.picks && turn.reply.hasPrefix(plain.reply))
    }

    @Test("An error of another kind counts as no connection")
    func strange() async throws {
        let turn = try await answer(ScriptedModel(failing: .strange))
        #expect(turn.fallbacks.map(\.kind) == [.modelUnreachable] && turn.picks.count == 5)
    }

    @Test(
        "A model that never answers costs no more than the deadline, whatever it heeds",
        arguments: [true, false]
    )
    func silence(_ ranks: Bool) async throws {
        let model = ScriptedModel(
            troubles: ranks ? [.ranking: .silence] : [.explaining: .silence, .ranking: .text("[1]")]
        )
        let start = ContinuousClock.now
        let turn = try await answer(model, ModelOptions(deadline: .milliseconds(400)))
        #expect(ContinuousClock.now - start < .seconds(170))
        #expect(
            turn.fallbacks.map(\.kind) == [.modelTimedOut] && turn.picks.allSatisfy { !$0.reason.isEmpty }
        )
    }

    @Test("Of a stream that breaks off, whole sentences stay, and facts fill the rest")
    func cutOff() async throws {
        let text = try await answer(ScriptedModel()).picks.map(\.reason).joined()
        for count in stride(from: 0, to: text.count, by: 17) {
            let model = ScriptedModel(troubles: [.explaining: .broken(after: count, .cutOff)])
            let turn = try await answer(model), plain = try await answer(nil)
            #expect(turn.fallbacks.map(\.kind) == [.modelCutOff])
            for (pick, own) in zip(turn.picks, plain.picks) {
                #expect(
                    pick.reason == own.reason
                        || pick.reason.hasPrefix("This is a") && pick.reason.hasSuffix(".")
                )
            }
        }
    }

    @Test("A budget that is too small for a call is not touched")
    func budget() async throws {
        let model = ScriptedModel()
        let turn = try await answer(model, ModelOptions(deadline: .seconds(1_000), tokensPerTurn: 300))
        #expect(turn.fallbacks.map(\.kind) == [.modelOverBudget] && model.chats.isEmpty)
        let larger = try await answer(model, ModelOptions(deadline: .seconds(1_000), tokensPerTurn: 6_000))
        #expect(larger.languageModel?.usage.prompt ?? .max <= 6_000)
    }

    @Test("Nothing is remembered of a turn that is cancelled")
    func cancelled() async throws {
        for model in [ScriptedModel(failing: .silence), ScriptedModel(delay: .milliseconds(20))] {
            let store = InMemoryStore(),
                recommender = try await TinyCatalog.recommender(store: store, model: model)
            let task = Task { try await recommender.turn("loved Heat", user: "ana") }
            try await Task.sleep(for: .milliseconds(60))
            task.cancel()
            let start = ContinuousClock.now
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(170))
            #expect(try store.users().isEmpty)
        }
    }

    @Test("A change that another made meanwhile is moved on from, and the model is not asked twice")
    func conflict() async throws {
        let store = InMemoryStore()
        let recommender = try await TinyCatalog.recommender(store: store, model: ScriptedModel())
        let heat = try #require(recommender.movie(id: "heat")), model = ScriptedModel()
        let crossed = try await TinyCatalog.recommender(store: store, model: model)
        let turn = try await crossed.turn("whimsical paris", user: "ana") { event in
            if case .picks = event { try? recommender.feedback(.liked, on: heat, from: "ana") }
        }
        #expect(turn.turn == 1 && model.count(of: .explaining) == 1)
        #expect(try store.memory(of: "ana", embedder: "hash").feedback[.liked] == ["heat"])
    }

    private func answer(
        _ model: ScriptedModel?,
        _ options: ModelOptions = ModelOptions(deadline: .seconds(1_000))
    ) async throws
        -> Turn
    {
        try await TinyCatalog.recommender(model: model, options: options).turn("a spoof in space")
    }
}
