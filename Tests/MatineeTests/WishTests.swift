import Matinee
import MatineeTesting
import Testing

@Suite("What a wish does to the list")
struct WishTests {
    private func order(_ message: String) async throws -> [String] {
        let recommender = try await TinyCatalog.recommender(fusion: FusionModel.standard())
        return try await recommender.turn(message, limit: 14).picks.map(\.id)
    }

    @Test(
        "Films that say what is not wanted come last, and only those that say all words of a thing",
        arguments: [
            ("something without ghosts", ["ghostbusters"]),
            ("no ghosts or clowns please", ["ghostbusters", "it"]),
            ("nothing with a space opera", ["spaceballs"]),
            ("no story about thieves, please", ["heat"]), ("nothing with a heist", ["heat", "thief"]),
        ] as [(String, Set<String>)]
    )
    func unwanted(_ message: String, _ last: Set<String>) async throws {
        // What hardly anything is known of may stand behind them.
        let order = try await order(message).filter { $0 != "unknown" }
        #expect(order.count == 13 && Set(order.suffix(last.count)) == last, "\(message): \(order)")
    }

    @Test(
        "Words of what is not wanted are no words of the dialogue, so that no theme or genre counts for them"
    )
    func welcome() async throws {
        let interpreter = try Interpreter(catalog: TinyCatalog.catalog()),
            reader = UtteranceReader(interpreter)
        for (message, words) in [
            ("a heist film, nothing scary", "a heist film"), ("loved Heat, no horror or war", "loved"),
            ("not too violent, something calm", "something calm"), ("a tense heist!", "a tense heist!"),
        ] {
            #expect(reader.utterance(message, of: interpreter.interpret(message)).words == words)
        }
    }

    @Test("A theme brings the films of its list, however the wish is put")
    func themes() async throws {
        for message in ["a heist", "some heists please", "I feel like a heist movie tonight"] {
            let order = try await order(message)
            #expect(order.first == "heat", "\(message): \(order)")
        }
    }

    @Test("A reason says which list a film is on, and what is kept of it says nothing of the wish")
    func reasons() async throws {
        let store = InMemoryStore()
        let recommender = try await TinyCatalog.recommender(store: store, fusion: FusionModel.standard())
        let wish = try await recommender.turn("a film with robbers", user: "ana", limit: 14)
        for pick in wish.picks {
            let isListed = pick.evidence.contains { if case .themes = $0 { true } else { false } }
            #expect(isListed == (pick.id == "heat"), "\(pick)")
            #expect(isListed == pick.reason.contains("come to mind for “heist”"))
        }
        let kept = try #require(store.log(of: "ana").last?.record)
        #expect(kept.picks.count == 14 && !kept.picks.contains { $0.reason.contains("come to mind") })
        let liked = try await recommender.turn("loved Thief", user: "ben", limit: 14)
        let heat = try #require(liked.picks.first { $0.id == "heat" })
        #expect(heat.evidence.contains { if case .shared = $0 { true } else { false } })
    }
}
