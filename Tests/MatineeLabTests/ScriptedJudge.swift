import Foundation
import Matinee
import Synchronization

/// A judge that does what a test says.
final class ScriptedJudge: LanguageModel {
    /// A conversation as a judge reads it in a prompt.
    struct Talk: Decodable {
        struct Film: Decodable {
            var film: String?
            var about: String?
            var explanation: String?
        }
        var person: String?
        var recommender: String?
        var films: [Film]?
    }

    let name = "scripted-judge"
    private let score: @Sendable ([Talk], String) -> Int
    private let better: @Sendable ([Talk], [Talk]) -> String
    private let spoil: @Sendable (Int, String) throws -> String
    private let price: Double?
    private let asked = Mutex<[Chat]>([])

    /// - Parameters:
    ///   - spoil: changes the reply to the question of a number, from 1.
    ///   - price: of a token, in US dollars.
    init(
        score: @escaping @Sendable ([Talk], String) -> Int,
        better: @escaping @Sendable ([Talk], [Talk]) -> String,
        price: Double? = nil,
        spoil: @escaping @Sendable (Int, String) throws -> String = { $1 }
    ) {
        (self.score, self.better, self.price, self.spoil) = (score, better, price, spoil)
    }

    var chats: [Chat] { asked.withLock { $0 } }

    func cost(of usage: TokenUsage) -> Double? { price.map { $0 * Double(usage.prompt + usage.completion) } }

    func complete(_ chat: Chat) async throws -> ChatReply {
        let number = asked.withLock { asked in
            asked.append(chat)
            return asked.count
        }
        let data = try JSONDecoder().decode(
            [String: [Talk]].self,
            from: Data((chat.messages.last?.text ?? "").utf8)
        )
        let text: String
        if let talk = data["conversation"] {
            let fields = ["relevance", "personalisation", "diversity", "clarity", "overall"].map {
                "\"\($0)\":{\"reason\":\"so\",\"score\":\(score(talk, $0))}"
            }
            text = "{\(fields.joined(separator: ","))}"
        } else {
            text = "{\"reason\":\"so\",\"better\":\"\(better(data["A"] ?? [], data["B"] ?? []))\"}"
        }
        return try ChatReply(spoil(number, text), usage: TokenUsage(prompt: 1_000, completion: 500))
    }

    func stream(_ chat: Chat) -> AsyncThrowingStream<ChatPiece, any Error> {
        AsyncThrowingStream { $0.finish() }
    }

    /// Reads the films: those that are about the person's last word, with explanations that name the film.
    static func honest(_ talk: [Talk], _ criterion: String) -> Int {
        let films = talk.flatMap { turn in (turn.films ?? []).map { (turn.person ?? "", $0) } }
        guard !films.isEmpty else { return 1 }
        let right = films.count { person, film in
            criterion == "clarity"
                ? (film.explanation ?? "").contains(film.film ?? "-")
                : (film.about ?? "").contains(person.split(separator: " ").last ?? "-")
        }
        return 1 + 4 * right / films.count
    }

    static func honestly(_ first: [Talk], _ second: [Talk]) -> String {
        let (a, b) = (honest(first, "relevance"), honest(second, "relevance"))
        return a == b ? "tie" : a > b ? "A" : "B"
    }

    /// An honest judge.
    static var fair: ScriptedJudge { ScriptedJudge(score: honest, better: honestly) }
}
