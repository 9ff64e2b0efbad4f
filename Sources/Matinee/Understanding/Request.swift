/// What a message asks for, as far as it was understood; shown to the user, who can correct it.
public struct Request: Sendable, Equatable {
    /// What kind of answer the message wants.
    public enum Act: String, Sendable, Codable {
        /// Films for a wish.
        case recommend
        /// Other films for the wish before.
        case more
        /// Films for the wish before, under a further condition.
        case narrower
        /// The reason for a film of the list.
        case why
        /// The message before is taken back.
        case undo
        /// Films that were seen, and nothing else.
        case seen
        /// Films of the list that were liked or disliked, and nothing else.
        case feedback
        /// What is known of the user.
        case taste
        /// A greeting, thanks, and the like.
        case smalltalk
        /// A fact about a film.
        case question

        /// Whether the message is answered with words, and the list stays as it is.
        package var isAnswered: Bool { [.why, .undo, .taste, .smalltalk, .question].contains(self) }
    }

    public var act: Act
    /// The words that are embedded, cleaned of what is expressed by the other fields; `nil` without any.
    public var wish: String?
    /// What is not wanted, in words that no constraint can express (`too violent`); embedded as a dislike.
    public var unwanted: String?
    public var named: [NamedMovie]
    /// How many titles the message seems to name that no movie of the catalogue has.
    public var unknownTitles = 0
    /// The ids of those of `named` that an earlier message named and this one goes on from.
    public var carried: [String] = []
    /// The ids of those of `named` that the wish is measured by (`less scary than Alien`): the picks are to be near
    /// them, and they are no picks themselves.
    public var compared: [String] = []
    /// The ids of films liked that the picks are to be like: `something like Heat`, not `I like Heat`.
    public var alike: [String] = []
    /// The ids of movies that an earlier request named by mistake, by this message.
    public var corrected: [String] = []
    /// Titles that several well-known movies share, and which of these was taken.
    public var ambiguous: [AmbiguousTitle] = []
    public var constraints: Constraints
    /// Whether films that were shown before may come again.
    public var allowsRepeats: Bool
    /// The movie that a question is about and what it asks; `nil` for other acts.
    public var about: Subject?
    /// What kind of smalltalk the message is; `nil` for other acts.
    public var smalltalk: Smalltalk?
    /// The language that the message seems to be written in, by its ISO 639-1 code; `nil` for English.
    public var language: String?

    /// The message as the signals read it, for the rest of the sitting; it is in no record.
    package var utterance: Dialogue.Utterance?

    public init(
        act: Act = .recommend,
        wish: String? = nil,
        unwanted: String? = nil,
        named: [NamedMovie] = [],
        constraints: Constraints = Constraints(),
        allowsRepeats: Bool = false
    ) {
        self.act = act
        self.wish = wish
        self.unwanted = unwanted
        self.named = named
        self.constraints = constraints
        self.allowsRepeats = allowsRepeats
    }

    /// Whether the turn of this request is remembered: not where the message only asks or chats.
    var isRemembered: Bool { !act.isAnswered || smalltalk == .greeting }

    /// Whether nothing was understood that could steer the picks.
    var isEmpty: Bool { wish == nil && unwanted == nil && named.isEmpty && constraints.isEmpty }

    /// Adds a film; of one that is there already, the later definite word counts.
    public mutating func name(_ movie: Movie, _ stance: Stance) {
        if let known = named.firstIndex(where: { $0.id == movie.id }) {
            if stance != .mentioned { named[known].stance = stance }
        } else {
            named.append(NamedMovie(movie, stance))
        }
    }

    /// The request with the stances that the user has given to carried films since.
    func reconciled(with memory: Memory) -> Request {
        var copy = self
        for i in named.indices where carried.contains(named[i].id) {
            let stance = Stance.allCases.first { memory.feedback[$0]?.contains(named[i].id) == true }
            copy.named[i].stance = stance ?? .mentioned
        }
        return copy
    }

    /// The ids of the films named with a stance.
    public func ids(_ stance: Stance) -> [String] {
        named.filter { $0.stance == stance }.map(\.id)
    }
}

/// What a user says of a movie.
public enum Stance: String, Sendable, Codable, CaseIterable { case liked, disliked, seen, mentioned }

/// A movie of the catalogue that a message names.
public struct NamedMovie: Sendable, Equatable, Codable {
    public var id: String
    public var title: String
    public var year: Int?
    public var stance: Stance

    public init(_ movie: Movie, _ stance: Stance) {
        id = movie.id
        title = movie.title
        year = movie.year
        self.stance = stance
    }
}

/// What must hold of every pick. Empty lists and absent bounds constrain nothing.
public struct Constraints: Sendable, Equatable, Codable {
    /// What is left without one of the things that a movie must have, and what that thing is; what it must not have stays.
    var relaxed: [(without: String, constraints: Constraints)] {
        let kinds: [(String, WritableKeyPath<Constraints, [String]>)] = [
            ("the country", \.countries.in), ("the language", \.languages.in), ("the people", \.people.in),
            ("the genre", \.genres.in),
        ]
        var relaxed = kinds.filter { !self[keyPath: $0.1].isEmpty }.map { what, names in
            var copy = self
            copy[keyPath: names] = []
            return (without: what, constraints: copy)
        }
        for (what, bounds) in [("the years", \Constraints.year), ("the length", \.runtime)]
        where !self[keyPath: bounds].isEmpty {
            var copy = self
            copy[keyPath: bounds] = Bounds()
            relaxed.insert((what, copy), at: max(0, relaxed.count - 1))
        }
        return relaxed
    }

    /// Inclusive bounds, each of which may be absent.
    public struct Bounds: Sendable, Equatable, Codable {
        public var min: Int?
        public var max: Int?

        public init(min: Int? = nil, max: Int? = nil) {
            self.min = min
            self.max = max
        }

        public var isEmpty: Bool { min == nil && max == nil }

        /// Sets a bound; one set before that contradicts it falls.
        mutating func set(min bound: Int) {
            if let max, max < bound { self.max = nil }
            min = bound
        }

        /// Sets a bound; one set before that contradicts it falls.
        mutating func set(max bound: Int) {
            if let min, min > bound { self.min = nil }
            max = bound
        }

        /// Whether the value lies within; an unknown one does only where there are no bounds.
        public func contains(_ value: Int?) -> Bool {
            guard let value else { return isEmpty }
            return value >= min ?? .min && value <= max ?? .max
        }

        /// Whether all values within other bounds, which are not open, lie within these.
        func includes(_ other: Bounds) -> Bool {
            guard let low = other.min, let high = other.max else { return false }
            return contains(low) && contains(high)
        }
    }

    /// Names that a movie must have, and names it must not have.
    public struct Selection: Sendable, Equatable, Codable {
        public var `in`: [String]
        public var out: [String]
        /// Whether one of `in` is enough (`a comedy or a western`) or all are needed (`a romantic comedy`).
        public var any: Bool

        public init(in wanted: [String] = [], out: [String] = [], any: Bool = false) {
            self.in = wanted
            self.out = out
            self.any = any
        }

        public var isEmpty: Bool { `in`.isEmpty && out.isEmpty }

        /// Whether a movie with these names satisfies the selection; one without any satisfies only `out`.
        public func allows(_ names: [String]) -> Bool {
            guard !names.contains(where: out.contains) else { return false }
            if `in`.isEmpty { return out.isEmpty || !names.isEmpty }
            return any ? names.contains(where: `in`.contains) : `in`.allSatisfy(names.contains)
        }
    }

    /// Who is to be able to watch; what that means of a movie, ``ConstraintFilter`` says.
    public enum Audience: String, Sendable, Codable {
        /// Up to twelve years old.
        case children
        /// From thirteen to sixteen.
        case teenagers
        /// Nothing that is made for children.
        case adults
    }

    /// Years of first release.
    public var year = Bounds()
    /// Years of first release that will not do, in periods.
    public var yearsOut: [Bounds] = []
    /// Minutes.
    public var runtime = Bounds()
    public var genres = Selection()
    public var languages = Selection(any: true)
    public var countries = Selection(any: true)
    /// Directors and cast by name.
    public var people = Selection()
    /// Ratings by the Motion Picture Association: G, PG, PG-13, R, NC-17.
    public var certificates = Selection(any: true)
    public var audience: Audience?
    /// Whether only films on the user's watchlist will do.
    public var isOnWatchlist = false

    public init() {}

    public var isEmpty: Bool { self == Constraints() }
}

/// A title that several well-known movies share.
public struct AmbiguousTitle: Sendable, Equatable, Codable {
    /// The movie that was taken.
    public var id: String
    /// The other movies of that title, the best known first.
    public var others: [Other]

    /// A movie that may have been meant.
    public struct Other: Sendable, Equatable, Codable {
        public var id: String
        public var title: String
        public var year: Int?
    }
}

/// What a question is about.
public struct Subject: Sendable, Equatable, Codable {
    /// What is asked of a movie.
    public enum Topic: String, Sendable, Codable {
        case choice, director, cast, runtime, year, plot, genres, language, country, certificate, trait, other
    }

    /// The movie's id.
    public var id: String
    public var topic: Topic
    /// For a trait (`is it sad?`), the word that names it.
    public var word: String?
}

/// The kinds of smalltalk.
public enum Smalltalk: String, Sendable, Codable {
    case greeting, thanks, farewell, wellbeing, identity, assent
}
