import Foundation
public import Matinee
import Synchronization

/// A language model whose replies are nearly what was asked for, or nothing like it; the same seed gives the same.
public final class FuzzedModel: LanguageModel {
    public let name = "fuzzed"
    private let scripted = ScriptedModel(rank: ScriptedRanks.random(seed: 1))
    private let fuzzer: Mutex<Fuzzer>
    private let replies = Mutex(0)

    public init(seed: UInt64) { fuzzer = Mutex(Fuzzer(seed: seed)) }

    /// How many replies it has given.
    public var count: Int { replies.withLock { $0 } }

    public func complete(_ chat: Chat) async throws -> ChatReply {
        let text = try await scripted.complete(chat).text
        replies.withLock { $0 += 1 }
        return fuzzer.withLock { fuzzer in
            let tokens = (0..<fuzzer.number(upTo: 3)).map { _ in
                (0..<fuzzer.number(upTo: 6)).map { _ in Self.token(&fuzzer) }
            }
            return ChatReply(Self.reply(text, &fuzzer), alternatives: tokens)
        }
    }

    public func stream(_ chat: Chat) -> AsyncThrowingStream<ChatPiece, any Error> {
        AsyncThrowingStream { continuation in
            Task {
                do {
                    var rest = try await complete(chat).text[...]
                    while !rest.isEmpty {
                        let count = fuzzer.withLock { 1 + $0.number(upTo: 40) }
                        continuation.yield(.text(String(rest.prefix(count))))
                        rest = rest.dropFirst(count)
                    }
                    if fuzzer.withLock({ $0.oneIn(8) }) { throw LanguageModelError.cutOff }
                    continuation.finish()
                } catch { continuation.finish(throwing: error) }
            }
        }
    }

    private static func reply(_ text: String, _ fuzzer: inout Fuzzer) -> String {
        switch fuzzer.number(upTo: 12) {
        case 0, 1, 2: fuzzer.spoilt(text)
        case 3: String(text.prefix(fuzzer.number(upTo: text.count)))
        case 4: fuzzer.text(upTo: 300)
        case 5: "{\"order\":[\(numbers(&fuzzer).joined(separator: ","))]}"
        case 6: "{\"order\":\(fuzzer.one(of: odd))}"
        case 7:
            String(
                repeating: fuzzer.one(of: ["[", "{\"order\":", "1: ", "\n", "é"]),
                count: fuzzer.number(upTo: 20_000)
            )
        case 8: numbers(&fuzzer).map { "\($0): \(fuzzer.text(upTo: 60))" }.joined(separator: "\n")
        case 9: ""
        default: text
        }
    }

    private static let odd = [
        "null", "true", "\"3,1,2\"", "{}", "{\"1\":1}", "[[1],[2]]", "[null]", "[\"one\"]", "[1e400]", "[-0]",
        "1", "[1,]",
    ]

    private static func numbers(_ fuzzer: inout Fuzzer) -> [String] {
        (0..<fuzzer.number(upTo: 40)).map { _ in
            fuzzer.oneIn(3) ? fuzzer.one(of: Fuzzer.numbers) : "\(fuzzer.number(upTo: 25))"
        }
    }

    private static func token(_ fuzzer: inout Fuzzer) -> ChatReply.Token {
        let text = fuzzer.oneIn(3) ? fuzzer.text(upTo: 4) : "\(fuzzer.number(upTo: 7))"
        let probabilities = [0, -0.1, -5, -.infinity, .infinity, .nan, 700, -1e308]
        return ChatReply.Token(text, logProbability: fuzzer.one(of: probabilities))
    }
}
