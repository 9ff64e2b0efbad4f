/// What a turn tells while it goes on; the ``Turn`` that comes last holds all of it.
///
/// The request comes first, then the candidates, the picks, the reply and reasons as they are found, and fallbacks last.
public enum TurnEvent: Sendable, Equatable {
    /// What was understood.
    case request(Request)
    /// What was found, before the picks are chosen.
    case candidates([Candidate])
    /// The picks, with the reasons that are known by now: none where a language model is about to write them.
    case picks([Pick])
    /// A further piece of the reply; all pieces together are ``Turn/reply``.
    case text(String)
    /// A further piece of the reason of a pick, by its rank; all pieces together are ``Pick/reason``.
    case reason(rank: Int, String)
    /// Trouble that the turn survived.
    case fallback(Fallback)
}

extension Turn {
    /// All that the turn tells where it is made at once.
    var events: [TurnEvent] {
        [.request(request), .candidates(candidates), .picks(picks), .text(reply)]
            + fallbacks.map(TurnEvent.fallback)
    }
}
