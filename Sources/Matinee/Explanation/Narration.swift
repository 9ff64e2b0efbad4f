/// What a model says of the picks, told sentence by sentence as each is found true; facts stand in for the rest.
struct Narration {
    /// The picks, with the reasons that were told so far.
    private(set) var picks: [Pick]
    /// What was told of the reply so far.
    private(set) var reply = ""
    private(set) var use = LanguageModelUse.Explanation()

    private let builtIn: [String]
    private let opening: String?
    private let checker: SentenceChecker
    private var splitter = SentenceSplitter()
    private var said: [Int: Int] = [:]
    private var current = 0
    private var greeting: String?

    /// How many sentences of a line are told at most.
    private static let mostSentences = 3

    /// - Parameters:
    ///   - picks: with reasons in facts, of which each is told where the model's fails.
    ///   - greeting: told first; `nil` for none.
    ///   - opening: the reply in facts, told where the model's fails.
    init(picks: [Pick], greeting: String?, opening: String?, checker: SentenceChecker) {
        builtIn = picks.map(\.reason)
        self.picks = picks.map(\.withoutReason)
        (self.greeting, self.opening, self.checker) = (greeting, opening, checker)
    }

    /// What a further piece of the model's text brings to tell.
    mutating func take(_ text: String) -> [TurnEvent] { splitter.take(text).flatMap { tell($0) } }

    /// What the end of the model's text brings.
    mutating func finish() -> [TurnEvent] { splitter.finish().flatMap { tell($0) } }

    /// Tells in facts what the model has left unsaid.
    mutating func close() -> [TurnEvent] { complete(before: picks.count + 1) }

    /// Adds a sentence of ours to the reply.
    mutating func add(_ sentence: String) -> TurnEvent {
        let piece = (reply.isEmpty ? "" : " ") + sentence
        reply += piece
        return .text(piece)
    }

    private mutating func tell(_ sentence: SentenceSplitter.Sentence) -> [TurnEvent] {
        use.sentences += 1
        let line = sentence.line
        guard (0...picks.count).contains(line), line >= current, said[line, default: 0] < Self.mostSentences
        else {
            drop(.surplus)
            return []
        }
        switch checker.check(sentence.text, of: line) {
        case .failure(let fault):
            drop(fault)
            return []
        case .success(let text):
            let events = complete(before: line)
            (current, said[line]) = (line, said[line, default: 0] + 1)
            use.kept += 1
            return events + (line == 0 ? greet() + [add(text)] : [reason(line, text)])
        }
    }

    private mutating func drop(_ fault: SentenceChecker.Fault) {
        use.dropped[fault.rawValue, default: 0] += 1
    }

    private mutating func greet() -> [TurnEvent] {
        defer { greeting = nil }
        return greeting.map { [add($0)] } ?? []
    }

    /// Tells in facts all lines before this one of which nothing was told.
    private mutating func complete(before end: Int) -> [TurnEvent] {
        var events: [TurnEvent] = []
        while current < end {
            if said[current] == nil {
                if current == 0 {
                    events += greet() + (opening.map { [add($0)] } ?? [])
                } else {
                    use.builtIn += 1
                    events.append(reason(current, builtIn[current - 1]))
                }
            }
            current += 1
        }
        return events
    }

    private mutating func reason(_ line: Int, _ text: String) -> TurnEvent {
        let piece = (picks[line - 1].reason.isEmpty ? "" : " ") + text
        picks[line - 1].reason += piece
        return .reason(rank: picks[line - 1].rank, piece)
    }
}

extension Pick {
    /// The pick before its reason is known.
    var withoutReason: Pick {
        var pick = self
        pick.reason = ""
        return pick
    }
}
