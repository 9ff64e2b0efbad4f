import Matinee

/// Chooses conversations of a log for people to read.
package struct SampleChooser: Sendable {
    /// By what conversations are chosen.
    package enum Order: Sendable, Equatable {
        case random(seed: UInt64)
        /// Those that are worst by the mean of a measure over their turns.
        case worst(TurnMeasure)
    }

    package var order: Order
    package var limit: Int

    package init(order: Order, limit: Int) { (self.order, self.limit) = (order, limit) }

    /// The chosen conversations, each with why it was; those without films are left out.
    /// - Parameter turns: the measures of the log's turns; not needed at random.
    /// - Throws: ``EvaluationError`` where no conversation has the measure.
    package func choose(_ log: LogFile, turns: [TurnMeasures]) throws -> [(
        conversation: LogFile.Conversation, choice: String
    )] {
        let all = log.conversations.filter { $0.rows.contains { !$0.picks.isEmpty } }
        guard !all.isEmpty else {
            throw EvaluationError(
                "No turn of the log \(log.name) has films that were shown, so there is nothing to read."
            )
        }
        switch order {
        case .random(let seed):
            var generator = SeededGenerator(seed: seed)
            return all.shuffled(using: &generator).prefix(limit).map { ($0, "at random") }
        case .worst(let measure): return try worst(all, measure, turns, log)
        }
    }

    private func worst(
        _ all: [LogFile.Conversation],
        _ measure: TurnMeasure,
        _ turns: [TurnMeasures],
        _ log: LogFile
    ) throws -> [(conversation: LogFile.Conversation, choice: String)] {
        let values = Dictionary(grouping: turns, by: \.user).compactMapValues { turns -> Double? in
            let values = turns.compactMap(measure.value)
            return values.isEmpty ? nil : values.mean
        }
        let measured = all.compactMap { conversation in
            values[conversation.name].map { (conversation: conversation, value: $0) }
        }
        guard !measured.isEmpty else {
            throw EvaluationError(
                "No conversation of the log \(log.name) has the measure \(measure.rawValue): choose another with --worst, or none."
            )
        }
        let sign = measure.isBetterLow ? -1.0 : 1
        return measured.sorted {
            ($0.value * sign, $0.conversation.name) < ($1.value * sign, $1.conversation.name)
        }
        .prefix(limit).map { sample in
            (sample.conversation, "\(measure.title): \(decimal(sample.value, digits: measure.digits))")
        }
    }
}
