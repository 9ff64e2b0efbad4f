/// What was said so far in one sitting; it is not stored.
public struct Conversation: Sendable {
    private struct State {
        var last: Request?
        var excludedGenres: [String] = []
        var picks: [Pick] = []
        var focus: String?
        /// How many utterances and exchanges there were.
        var heard = 0
        var exchanged = 0
    }

    private var state = State()
    private var earlier: [State] = []
    private var heard = Chronicle<Dialogue.Utterance>(most: longest)
    private var exchanged = Chronicle<PersonFacts.Exchange>(most: 20)

    /// How many messages can be taken back.
    private static let longest = 100

    /// The latest request, or `nil` at the start.
    public var last: Request? { state.last }
    /// The genres ruled out so far and not asked for since.
    public var excludedGenres: [String] { state.excludedGenres }
    /// The ids of the films shown last, best first.
    public var shown: [String] { state.picks.map(\.id) }
    /// The films shown last, best first.
    public var picks: [Pick] { state.picks }
    /// The id of the film that `it` means: the one spoken of last, else the first of the list.
    public var focus: String? { state.focus ?? state.picks.first?.id }

    /// The names of parts (``Understood/id``) that the user took out of what is understood of the next message.
    public var withheld: Set<String> = []

    /// What was said, the oldest first.
    package var utterances: [Dialogue.Utterance] { Array(heard.first(state.heard)) }

    /// The latest messages and how they were answered, the oldest first.
    var exchanges: [PersonFacts.Exchange] { Array(exchanged.first(state.exchanged)) }

    public init() {}

    /// Takes in what somebody says without an answer.
    package mutating func hear(_ utterance: Dialogue.Utterance) {
        state.heard = heard.append(utterance, after: state.heard)
    }

    /// Remembers a turn once it is done.
    public mutating func add(_ turn: Turn) {
        add(turn.request, picks: turn.picks)
        guard turn.request.act != .undo, let text = turn.request.utterance?.text, !text.isEmpty else {
            return
        }
        let exchange = PersonFacts.Exchange(message: text, reply: turn.reply, films: turn.picks.map(\.title))
        state.exchanged = exchanged.append(exchange, after: state.exchanged)
    }

    /// Remembers a request once its turn is done, and the films it was answered with.
    ///
    /// A request that was answered in words leaves the wish and the list as they are; one that takes the message
    /// before it back restores what was before that.
    public mutating func add(_ request: Request, picks: [Pick] = []) {
        switch request.act {
        case .undo: if let before = earlier.popLast() { state = before }
        case .why, .question, .taste: state.focus = request.about?.id ?? state.focus
        case .smalltalk where state.last != nil: break
        default:
            earlier = earlier.suffix(Self.longest - 1) + [state]
            state.last = request
            state.picks = picks
            state.focus = nil
            if let utterance = request.utterance { hear(utterance) }
            state.excludedGenres += request.constraints.genres.out.filter {
                !state.excludedGenres.contains($0)
            }
            state.excludedGenres.removeAll(where: request.constraints.genres.in.contains)
        }
    }
}
