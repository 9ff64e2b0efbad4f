import Foundation
package import Matinee

/// The ways to recommend that are compared on conversations.
package struct ConversationSystems: Sendable {
    package typealias System = ConversationEvaluation.System

    private let artifacts: Artifacts
    private let fusions: [Fusion]
    private let parts: [Int]
    private let rows: [Int]

    /// - Parameter parts: which of the fusions each turn is answered by.
    package init(artifacts: Artifacts, fusions: [Fusion], parts: [Int]) {
        (self.artifacts, self.fusions, self.parts) = (artifacts, fusions, parts)
        rows = Array(0..<artifacts.catalog.count)
    }

    /// Similarity of the user's words alone.
    package var text: System { signals("text", [(.textUser, 1)]) }

    /// How often films are named in the training conversations, else how commonly people name them.
    package var popularity: System {
        signals("popularity", [(.saidMentions, 1), (.priorPopularity, 0.1)])
    }

    /// What was said, and rated, together with the films named.
    package var neighbors: System { signals("neighbours", [(.saidSum, 1), (.ratedSum, 0.1)]) }

    package func fusion(_ name: String, without group: String?) -> System {
        System(name: name) { [fusions, parts, rows] turn, dialogue in
            fusions[parts[turn]].scores(dialogue, rows: rows, without: group)
        }
    }

    /// The whole recommender, a message after the other; only its picks have a score.
    package func turn(
        of contexts: [ConversationFile.Context],
        embedder: any Embedder,
        index: any VectorIndex,
        settings: Settings
    ) throws -> System {
        let recommenders = try fusions.map {
            try Recommender(
                artifacts: artifacts,
                embedder: embedder,
                index: index,
                weighing: $0,
                settings: settings
            )
        }
        return System(name: "turn") { [catalog = artifacts.catalog, parts] turn, dialogue in
            let replay = Replay(recommender: recommenders[parts[turn]])
            let picks = try await replay.picks(after: contexts[turn], dialogue)
            var scores = [Float](repeating: .nan, count: catalog.count)
            for pick in picks {
                if let row = catalog.row(of: pick.id) { scores[row] = -Float(pick.rank) }
            }
            return scores
        }
    }

    private func signals(_ name: String, _ weights: [(Signal, Float)]) -> System {
        System(name: name) { [fusions, parts, rows] turn, dialogue in
            let table = fusions[parts[turn]].scorer.table(dialogue, rows: rows)
            return rows.map { row in
                weights.reduce(0) { sum, part in
                    let value = table[row, part.0]
                    return sum + (value.isNaN ? 0 : part.1 * value)
                }
            }
        }
    }
}

/// Plays a context to a recommender that remembers nobody.
private struct Replay {
    let recommender: Recommender

    func picks(after context: ConversationFile.Context, _ dialogue: Dialogue) async throws -> [Pick] {
        var conversation = Conversation()
        let messages = context.messages, last = messages.lastIndex { $0.role == .user }
        for (message, utterance) in zip(messages, dialogue.utterances).prefix(last ?? messages.count) {
            guard message.role == .user else {
                conversation.hear(utterance)
                continue
            }
            var request = recommender.interpreter.interpret(message.text, in: conversation)
            request.utterance = utterance
            conversation.add(request)
        }
        let text = last.map { messages[$0].text } ?? ""
        return try await recommender.turn(text, conversation: conversation).picks
    }
}
