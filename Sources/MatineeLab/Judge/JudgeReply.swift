import Foundation

/// What a judge said, where it said it in the form that was asked for. Anything else is no judgement: it is counted, and
/// no score is made of it.
enum JudgeReply {
    struct Scores: Sendable, Equatable {
        var scores: [JudgeCriterion: Int]
        var reasons: [JudgeCriterion: String]

        /// The mean of the five.
        var mean: Double { Double(scores.values.reduce(0, +)) / Double(max(1, scores.count)) }
    }

    enum Better: String, Sendable { case first = "A", second = "B", tie }

    /// All five scores, each a whole number of 1 to 5 with a reason, or `nil`.
    static func scores(_ text: String) -> Scores? {
        guard let fields = fields(text) else { return nil }
        var found = Scores(scores: [:], reasons: [:])
        for criterion in JudgeCriterion.allCases {
            guard case .fields(let one)? = fields[criterion.rawValue], let score = one["score"]?.whole,
                (1...5).contains(score), let reason = one["reason"]?.text
            else { return nil }
            (found.scores[criterion], found.reasons[criterion]) = (score, reason)
        }
        return found
    }

    /// Which was better, with a reason, or `nil`.
    static func better(_ text: String) -> Better? {
        guard let fields = fields(text), fields["reason"]?.text != nil else { return nil }
        return fields["better"]?.text.flatMap(Better.init)
    }

    /// The JSON object of a reply: alone, or with words or a fence around it.
    private static func fields(_ text: String) -> [String: JSONTree]? {
        let bytes = Array(text.utf8.prefix(65_536))
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")),
            let end = bytes.lastIndex(of: UInt8(ascii: "}")),
            start < end, let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes[start...end])),
            case .fields(let fields) = tree
        else { return nil }
        return fields
    }
}
