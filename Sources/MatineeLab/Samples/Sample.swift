import Matinee

/// A conversation of a log as people read it.
package struct Sample: Sendable, Equatable {
    /// A film that was shown.
    package struct Film: Sendable, Equatable {
        package var label: String
        /// Cosine with the taste after the turn.
        package var cosine: Double?
        package var score: Double?
        package var reason: String?
        /// What the reason rests on, and whether the catalogue says so.
        package var evidence: [EvidenceCheck.Finding]
        /// What the catalogue says: the name of the field and its value.
        package var facts: [ReportFact]
    }

    package struct Turn: Sendable, Equatable {
        package var number: Int
        /// The user's words, where the log has them.
        package var message: String?
        /// What was understood, in words, where it has not.
        package var understood: String?
        package var reply: String?
        /// What could not be done as asked.
        package var fallbacks: [String]
        package var films: [Film]
        /// How the taste moved, and what it is near now.
        package var movement: String?
    }

    package var name: String
    /// Why it is here.
    package var choice: String
    package var turns: [Turn]
}

/// The conversations that were chosen, with what a reader must know.
package struct SampleSet: Sendable, Equatable {
    package var title: String
    package var notes: [String]
    package var samples: [Sample]
}
