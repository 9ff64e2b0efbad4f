package import Matinee

/// Has a language model judge conversations, and tests the judge on the way.
package struct JudgeRun: Sendable {
    package struct Settings: Sendable {
        /// How often each conversation is scored; two or more tell how far the judge agrees with itself.
        package var repeats = 1
        /// US dollars, those of earlier runs with the same record included.
        package var maxCost: Double?
        /// Of how many conversations worse copies are judged too.
        package var controls = 20
        package var seed: UInt64 = 1

        package init() {}
    }

    private let model: any LanguageModel
    private let catalog: Catalog
    private let settings: Settings

    /// How many questions are asked at once.
    private static let atOnce = 4

    package init(_ model: any LanguageModel, _ catalog: Catalog, _ settings: Settings = Settings()) {
        (self.model, self.catalog, self.settings) = (model, catalog, settings)
    }

    /// - Parameters:
    ///   - others: conversations of another system with the same people, matched by name and words; may be empty.
    ///   - record: of what was asked before; it grows by what is asked now.
    ///   - progress: called with how many questions are done, and of how many.
    /// - Throws: ``EvaluationError`` where nothing can be judged or kept.
    package func report(
        _ conversations: [JudgedConversation],
        against others: [JudgedConversation] = [],
        record: sending JudgeRecord,
        progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> JudgeReport {
        let plan = JudgePlan(conversations, against: others, catalog, settings)
        if !others.isEmpty, plan.matched.isEmpty {
            throw EvaluationError(
                "None of the other conversations has the name and the words of one of these, so none can be compared."
            )
        }
        let desk = JudgeDesk(model, record, maxCost: settings.maxCost)
        var outcomes = JudgeOutcomes(), stopped: String?, done = 0
        asking: for start in stride(from: 0, to: plan.questions.count, by: Self.atOnce) {
            let part = plan.questions[start..<min(plan.questions.count, start + Self.atOnce)]
            do {
                for (id, reply) in try await replies(to: part, from: desk) { outcomes.add(reply, id) }
            } catch let stop as JudgeDesk.Stop {
                stopped = words(stop)
                break asking
            }
            done += part.count
            progress(done, plan.questions.count)
        }
        let judged = JudgeSummary(plan, outcomes, settings)
        return await judged.report(model: model.name, tally: desk.tally, stopped: stopped)
    }

    private func replies(to questions: ArraySlice<JudgeQuestion>, from desk: JudgeDesk) async throws
        -> [(JudgeQuestion.ID, String?)]
    {
        try await withThrowingTaskGroup(of: (Int, String?).self) { group in
            for (place, question) in zip(questions.indices, questions) {
                group.addTask { (place, try await desk.ask(question)) }
            }
            var replies: [(Int, String?)] = []
            for try await reply in group { replies.append(reply) }
            return replies.sorted { $0.0 < $1.0 }.map { (questions[$0.0].id, $0.1) }
        }
    }

    private func words(_ stop: JudgeDesk.Stop) -> String {
        switch stop {
        case .costCap:
            "The cost cap is reached: the same command with a higher --max-cost goes on from here."
        case .model(let error):
            "It was stopped, since \(error): the same command goes on from here."
        }
    }
}

/// The questions, in the order in which they are put: those on which everything hangs first.
struct JudgePlan {
    let conversations: [JudgedConversation]
    let questions: [JudgeQuestion]
    /// Places of the conversations that the other system has too.
    let matched: [Int]
    /// Places of the conversations of which there are worse copies, by control.
    let controls: [JudgeControl: [Int]]
    /// How many conversations were too long to be shown whole.
    let shortened: Int

    init(
        _ conversations: [JudgedConversation],
        against others: [JudgedConversation],
        _ catalog: Catalog,
        _ settings: JudgeRun.Settings
    ) {
        self.conversations = conversations
        var writer = JudgeQuestions(settings), sampled = Array(conversations.indices)
        var random = SeededGenerator(seed: settings.seed)
        sampled = sampled.shuffled(using: &random).prefix(settings.controls).sorted()
        for place in conversations.indices { writer.score(.own, conversations[place], place, 0) }
        let own = writer.shortened
        var controls: [JudgeControl: [Int]] = [:]
        for control in JudgeControl.allCases {
            for place in sampled {
                guard let worse = control.spoilt(place, of: conversations, catalog, seed: settings.seed)
                else { continue }
                controls[control, default: []].append(place)
                writer.score(.control(control), worse, place, 0)
                if control == .randomFilms {
                    writer.compare(.control(control), conversations[place], worse, place)
                }
            }
        }
        let byName = Dictionary(others.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var matched: [Int] = []
        for place in conversations.indices {
            guard let other = byName[conversations[place].name],
                other.messages == conversations[place].messages
            else {
                continue
            }
            matched.append(place)
            writer.score(.other, other, place, 0)
            writer.compare(.other, conversations[place], other, place)
        }
        for number in 1..<max(1, settings.repeats) {
            for place in conversations.indices { writer.score(.own, conversations[place], place, number) }
        }
        (questions, self.matched, self.controls, shortened) = (writer.questions, matched, controls, own)
    }
}

/// Writes questions one after the other.
private struct JudgeQuestions {
    private let settings: JudgeRun.Settings
    private let prompt = JudgePrompt()
    private(set) var questions: [JudgeQuestion] = []
    private(set) var shortened = 0

    init(_ settings: JudgeRun.Settings) { self.settings = settings }

    /// - Parameter number: of the repetition. Each asks the criteria in another order.
    mutating func score(
        _ side: JudgeQuestion.Side,
        _ conversation: JudgedConversation,
        _ place: Int,
        _ number: Int
    ) {
        var random = SeededGenerator(seed: settings.seed &+ UInt64(number))
        let criteria =
            number == 0 ? JudgeCriterion.allCases : JudgeCriterion.allCases.shuffled(using: &random)
        let temperature = settings.repeats > 1 && side == .own ? 0.7 : 0
        let (chat, isShortened) = prompt.scores(conversation, criteria, temperature: temperature)
        shortened += isShortened ? 1 : 0
        questions.append(
            JudgeQuestion(
                id: .score(side, conversation: place, number: number),
                about: "score of \(side.name), \(printable(conversation.name)), \(number + 1)",
                chat: chat
            )
        )
    }

    /// Both orders.
    mutating func compare(
        _ side: JudgeQuestion.Side,
        _ own: JudgedConversation,
        _ other: JudgedConversation,
        _ place: Int
    ) {
        for isSwapped in [false, true] {
            let chat = isSwapped ? prompt.comparison(other, own).chat : prompt.comparison(own, other).chat
            questions.append(
                JudgeQuestion(
                    id: .compare(side, conversation: place, isSwapped: isSwapped),
                    about:
                        "comparison with \(side.name), \(printable(own.name)), \(isSwapped ? "it first" : "it second")",
                    chat: chat
                )
            )
        }
    }
}

extension JudgeQuestion.Side {
    var name: String {
        switch self {
        case .own: "the conversation"
        case .other: "the other system"
        case .control(let control): "the control “\(control.rawValue)”"
        }
    }
}

/// What the judge said.
struct JudgeOutcomes {
    private(set) var scores: [JudgeQuestion.ID: JudgeReply.Scores] = [:]
    private(set) var verdicts: [JudgeQuestion.ID: JudgeReply.Better] = [:]
    /// Replies that were no judgement.
    private(set) var broken = 0

    mutating func add(_ reply: String?, _ id: JudgeQuestion.ID) {
        guard let reply else { return }
        switch id {
        case .score:
            if let read = JudgeReply.scores(reply) { scores[id] = read } else { broken += 1 }
        case .compare:
            if let read = JudgeReply.better(reply) { verdicts[id] = read } else { broken += 1 }
        }
    }
}
