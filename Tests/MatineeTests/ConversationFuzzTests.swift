import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Random conversations")
struct ConversationFuzzTests {
    static let messages = [
        "loved Heat and Collateral, seen Thief", "a comedy from the 80s under 100 minutes", "1h30 or less",
        "between 90 and 120 minutes", "between 1990 and 1999, not before the 80s", "the first two",
        "number 3",
        "something like \"Solaris (1972)\" but darker, no musicals",
        "French or by Michael Mann, not too violent",
        "an hour and a half", "2.5 hours at most", "I've seen the last one", "more",
        "make it a drama instead", "'80s",
    ]

    @Test("Whatever is said, the picks are films of the catalogue", .timeLimit(.minutes(Fuzzer.minutes)))
    func anything() async throws {
        let recommender = try await TinyCatalog.recommender(), catalog = recommender.artifacts.catalog
        let ids = Set(catalog.movies.map(\.id)), encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let failures = await Fuzzer.failures { fuzzer in
            var conversation = Conversation()
            for _ in 0...fuzzer.number(upTo: 2) {
                let message = fuzzer.message()
                let turn = try await recommender.turn(
                    message,
                    limit: 1 + fuzzer.number(upTo: 20),
                    conversation: conversation
                )
                conversation.add(turn.request, picks: turn.picks)
                let picks = turn.picks.map(\.id),
                    isSound = Set(picks).isSubset(of: ids) && Set(picks).count == picks.count
                if !isSound || turn.reply.isEmpty || turn.picks.contains(where: \.reason.isEmpty) {
                    return "\(message.debugDescription) gives \(picks): \(turn.reply)"
                }
                let json = try encoder.encode(turn)
                if try encoder.encode(JSONDecoder().decode(Turn.self, from: json)) != json {
                    return "\(message.debugDescription) gives a turn that does not come back from JSON"
                }
            }
            return nil
        }
        #expect(failures == [])
    }

    @Test("The longest messages of the worst words are answered soon")
    func long() async throws {
        let recommender = try await TinyCatalog.recommender()
        let worst = [
            "[", "\u{1B}[", "no ", "not ", "\"Heat\" ", "the first two ", "1h", "a", "e\u{301}", "\u{301}",
            "and ", "Heat, ",
            "between 90 and ", "or less ", "1990s ", "loved A ", "'", "but ", "#3 ", "\u{200D}", "ﷺ", "🇦",
        ]
        for word in worst {
            let start = Fuzzer.threadTime()
            _ = try await recommender.turn(String(repeating: word, count: 100_000))
            #expect(Fuzzer.threadTime() - start < Fuzzer.longest, "\(word.debugDescription)")
        }
    }
}

extension Fuzzer {
    /// A message of random text, or of sentences that are understood, spoilt.
    fileprivate mutating func message() -> String {
        if oneIn(4) { return text(upTo: 400) }
        let parts = (0...number(upTo: 2)).map { _ in one(of: ConversationFuzzTests.messages) }
        return oneIn(4)
            ? parts.joined(separator: ", ") : spoilt(parts.joined(separator: one(of: [", ", ". ", " "])))
    }
}
