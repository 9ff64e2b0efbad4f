package import Foundation
package import Matinee

/// Predicts held-out ratings by asking a chat model the questions of `validation.jsonl`.
package actor ChatPredictor {
    private let model: any LanguageModel
    private let questions: [[Chat.Message]]
    private var place = 0

    /// How many questions are asked at once.
    private static let atOnce = 4

    private struct Line: Decodable {
        struct Message: Decodable {
            var role: Chat.Message.Role
            var content: String
        }
        var messages: [Message]
    }

    /// - Parameter file: with a line for each held-out film, in the order of the members.
    /// - Throws: ``DatasetError``.
    package init(_ model: any LanguageModel, questions file: URL) throws {
        self.model = model
        let data: Data
        do { data = try Data(contentsOf: file, options: .alwaysMapped) } catch {
            throw DatasetError.unreadable(file.path, reason(error))
        }
        let decoder = JSONDecoder()
        questions = try data.split(separator: 10).enumerated().map { number, line in
            guard let line = try? decoder.decode(Line.self, from: line), line.messages.count > 1 else {
                throw DatasetError.wrongLine(file.path, line: number + 1, "it is no chat")
            }
            return line.messages.dropLast().map { Chat.Message($0.role, $0.content) }
        }
    }

    /// The expected rating of each of the next member's films; `nil` where the model gave none.
    /// - Throws: ``LanguageModelError`` that no other question would be spared.
    package func ratings(of member: HeldOutMember) async throws -> [Double?] {
        let asked = Array(questions.dropFirst(place).prefix(member.films.count))
        place += member.films.count
        var ratings = [Double?](repeating: nil, count: member.films.count)
        for start in stride(from: 0, to: asked.count, by: Self.atOnce) {
            let part = start..<min(asked.count, start + Self.atOnce)
            try await withThrowingTaskGroup(of: (Int, Double?).self) { group in
                for number in part {
                    group.addTask { [model] in (number, try await Self.rating(asked[number], model)) }
                }
                for try await (number, rating) in group { ratings[number] = rating }
            }
        }
        return ratings
    }

    private static func rating(_ messages: [Chat.Message], _ model: any LanguageModel) async throws -> Double?
    {
        do {
            let reply = try await model.forOneTurn().complete(
                Chat(messages, maximumTokens: 4, alternatives: 10)
            )
            return RatingPrompt.rating(in: reply)?.rating
        } catch let error as LanguageModelError {
            switch error {
            case .unauthorized, .overBudget, .unreachable: throw error
            default: return nil
            }
        }
    }
}
