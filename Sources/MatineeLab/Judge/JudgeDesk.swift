import Foundation
import Matinee

/// A question to a judge.
struct JudgeQuestion: Sendable {
    /// What the answer is for; the same question can be put again with another number.
    enum ID: Hashable, Sendable {
        case score(Side, conversation: Int, number: Int)
        /// Between the conversation and another, which stands first where it is swapped.
        case compare(Side, conversation: Int, isSwapped: Bool)
    }

    enum Side: Hashable, Sendable {
        case own, other
        case control(JudgeControl)
    }

    var id: ID
    var about: String
    var chat: Chat

    func key(model: String) -> String {
        var number = 0
        if case .score(_, _, let repetition) = id { number = repetition }
        let parts =
            [model, chat.schema?.json ?? "", "\(chat.temperature ?? 0)", "\(number)"]
            + chat.messages.flatMap { [$0.role.rawValue, $0.text] }
        return sha256(Data(parts.joined(separator: "\u{0}").utf8))
    }
}

/// Puts questions to a judge once, within its cost.
actor JudgeDesk {
    /// Why no more questions are put.
    enum Stop: Error, Sendable {
        case costCap
        case model(LanguageModelError)
    }

    struct Tally: Sendable {
        /// How many questions it had answered in an earlier run.
        var known = 0
        /// Questions without a reply, by reason.
        var failures: [String: Int] = [:]
        var usage = TokenUsage()
        /// Of this run and the ones before, in US dollars; `nil` where the price is not known.
        var cost: Double?
    }

    private let model: any LanguageModel
    private let record: JudgeRecord
    private let maxCost: Double?
    private var reserved = 0.0
    private var pending: [String: Task<String?, any Error>] = [:]
    private(set) var tally = Tally()

    init(_ model: any LanguageModel, _ record: sending JudgeRecord, maxCost: Double?) {
        (self.model, self.record, self.maxCost) = (model, record, maxCost)
        if model.cost(of: TokenUsage()) != nil {
            tally.cost = record.entries.values.reduce(0) { $0 + ($1.cost_usd ?? 0) }
        }
    }

    /// The reply, or `nil` where the judge gave none. What is under way is waited for whatever else happens, since it is paid.
    /// - Throws: ``Stop``; ``EvaluationError`` where a reply cannot be kept.
    func ask(_ question: JudgeQuestion) async throws -> String? {
        let key = question.key(model: model.name)
        if let known = record.entries[key] {
            tally.known += 1
            if let failure = known.failure { tally.failures[failure, default: 0] += 1 }
            return known.reply
        }
        if let same = pending[key] { return try await same.value }
        let answer = Task { try await put(question, key) }
        pending[key] = answer
        defer { pending[key] = nil }
        return try await answer.value
    }

    private func put(_ question: JudgeQuestion, _ key: String) async throws -> String? {
        let most = TokenUsage(prompt: question.chat.promptTokens, completion: question.chat.maximumTokens)
        let price = model.cost(of: most) ?? 0
        if let maxCost, (tally.cost ?? 0) + reserved + price > maxCost { throw Stop.costCap }
        reserved += price
        defer { reserved -= price }
        do {
            let reply = try await model.forOneTurn().complete(question.chat)
            try keep(question, key, reply.text, nil, reply.usage)
            return reply.text
        } catch let error as LanguageModelError {
            if Self.isLasting(error) { throw Stop.model(error) }
            let failure = "\(error)"
            tally.failures[failure, default: 0] += 1
            // What was answered, though of no use, was paid for.
            if Self.isAnswer(error) { try keep(question, key, nil, failure, most) }
            return nil
        }
    }

    private func keep(
        _ question: JudgeQuestion,
        _ key: String,
        _ reply: String?,
        _ failure: String?,
        _ usage: TokenUsage
    )
        throws
    {
        let usage =
            usage.prompt + usage.completion > 0
            ? usage : TokenUsage(prompt: question.chat.promptTokens, completion: tokenEstimate(reply ?? ""))
        let cost = model.cost(of: usage)
        tally.usage = tally.usage + usage
        tally.cost = tally.cost.map { $0 + (cost ?? 0) }
        try record.add(
            JudgeRecord.Entry(
                key: key,
                about: question.about,
                model: model.name,
                messages: question.chat.messages.map { .init(role: $0.role.rawValue, text: $0.text) },
                reply: reply,
                failure: failure,
                usage: usage,
                cost_usd: cost
            )
        )
    }

    private static func isLasting(_ error: LanguageModelError) -> Bool {
        switch error {
        case .unauthorized, .overBudget, .unreachable, .rateLimited: true
        case .refused, .timedOut, .cutOff, .unreadable, .declined: false
        }
    }

    private static func isAnswer(_ error: LanguageModelError) -> Bool {
        switch error {
        case .cutOff, .unreadable, .declined: true
        case .unauthorized, .overBudget, .unreachable, .rateLimited, .refused, .timedOut: false
        }
    }
}
