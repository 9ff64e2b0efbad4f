import Matinee

/// A turn of a scripted conversation as a line of a log: as `matinee log export` writes it, with the message.
///
/// The number of the turn is that of the message, so that answers in words have one too; those have no taste.
package struct SuiteLogLine: Sendable, Encodable {
    var message: String
    var record: Turn
    /// What the store keeps of it; `nil` where nothing is kept.
    var logged: LoggedTurn?

    private enum CodingKeys: String, CodingKey { case message }

    package func encode(to encoder: any Encoder) throws {
        if var logged {
            logged.record = record
            try logged.encode(to: encoder)
        } else {
            try record.encode(to: encoder)
        }
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(message, forKey: .message)
    }
}
