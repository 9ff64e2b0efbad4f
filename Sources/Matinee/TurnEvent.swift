/// What a turn tells while it goes on, in this order; the ``Turn`` that comes last holds all of it.
public enum TurnEvent: Sendable, Equatable {
    /// What was understood.
    case request(Request)
    /// What was found, before the picks are chosen.
    case candidates([Candidate])
    /// The picks, with the reasons that are known by now.
    case picks([Pick])
    /// A further piece of the reply; all pieces together are ``Turn/reply``.
    case text(String)
    /// Trouble that the turn survived.
    case fallback(Fallback)
}

extension Turn {
    /// All that the turn tells.
    var events: [TurnEvent] {
        [.request(request), .candidates(candidates), .picks(picks), .text(reply)]
            + fallbacks.map(TurnEvent.fallback)
    }
}
