import Matinee

/// Something that must hold of an answer.
package struct SuiteProperty: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Every film has all of these genres, at least one, none.
        case genres
        case genresAny = "genres_any"
        case genresNone = "genres_none"
        /// The year and the minutes of every film lie within.
        case year, runtime
        /// Every film has one of these, none: ISO codes.
        case languages
        case languagesNone = "languages_none"
        case countries
        case countriesNone = "countries_none"
        /// Every film is by or with all of these people, none.
        case people
        case peopleNone = "people_none"
        /// Every film has one of these certificates, none.
        case certificates
        case certificatesNone = "certificates_none"
        /// Most films have one of these words in keywords, genres or overview.
        case mostAbout = "most_about"
        /// Between so many and so many films are shown.
        case picks
        /// The list has all of these films, at least one, none.
        case includes
        case includesOneOf = "includes_one_of"
        case excludes
        /// No film was shown in this conversation before.
        case notRepeated = "not_repeated"
        /// The list is the one before.
        case sameList = "same_list"
        /// These films were understood, each with its stance.
        case names
        /// None of these films was understood.
        case namesNone = "names_none"
        /// Whether any film was understood at all.
        case namesAny = "names_any"
        /// The answer is of one of these kinds (`request.act`).
        case act
        /// Whether the reply asks something.
        case asks
        /// Whether the reply says that it did not understand, or not all of it.
        case saysNotUnderstood = "says_not_understood"
        /// Whether the reply says that nothing, or too little, fits.
        case saysFewFit = "says_few_fit"
        /// The reply has all of these words, at least one.
        case replyHas = "reply_has"
        case replyHasOneOf = "reply_has_one_of"
    }

    /// What a property is about.
    enum Value: Sendable, Equatable {
        case flag(Bool)
        case names([String])
        case bounds(min: Int?, max: Int?)
        /// Ids.
        case films([String])
        case stances([String: Stance])
    }

    package let kind: Kind
    let value: Value
    /// The property in words: `year: 1980 to 1989`.
    package let text: String

    init(_ kind: Kind, _ tree: JSONTree, _ films: SuiteFilms) throws(SuiteFault) {
        self.kind = kind
        value = try Self.value(kind, tree, films)
        text = "\(kind.rawValue): \(Self.words(value, films))"
    }

    private static func value(_ kind: Kind, _ tree: JSONTree, _ films: SuiteFilms) throws(SuiteFault) -> Value
    {
        switch kind {
        case .year, .runtime, .picks: return try bounds(tree)
        case .notRepeated, .sameList, .namesAny, .asks, .saysNotUnderstood, .saysFewFit:
            guard case .flag(let flag) = tree else { throw SuiteFault(what: "it must be true or false") }
            return .flag(flag)
        case .includes, .includesOneOf, .excludes, .namesNone:
            var ids: [String] = []
            for label in try texts(tree) { ids.append(try films.id(label)) }
            return .films(ids)
        case .names: return try stances(tree, films)
        case .genres, .genresAny, .genresNone: return .names(try known(tree, Genre.all, "genre"))
        case .act: return .names(try known(tree, Self.acts, "act"))
        default: return .names(try texts(tree))
        }
    }

    private static let acts = [
        "recommend", "more", "narrower", "why", "undo", "seen", "feedback", "taste", "smalltalk", "question",
    ]

    private static func texts(_ tree: JSONTree) throws(SuiteFault) -> [String] {
        guard let texts = tree.texts else { throw SuiteFault(what: "it must be a text or a list of texts") }
        return texts
    }

    private static func known(_ tree: JSONTree, _ names: [String], _ what: String) throws(SuiteFault)
        -> [String]
    {
        let texts = try texts(tree)
        if let unknown = texts.first(where: { !names.contains($0) }) {
            let list = names.joined(separator: ", ")
            throw SuiteFault(what: "no \(what) is called “\(printable(unknown))”: there are \(list)")
        }
        return texts
    }

    private static func bounds(_ tree: JSONTree) throws(SuiteFault) -> Value {
        guard case .list(let ends) = tree, ends.count == 2,
            ends.allSatisfy({ $0 == .null || $0.whole != nil }), ends != [.null, .null],
            ends[0].whole ?? .min <= ends[1].whole ?? .max
        else {
            throw SuiteFault(
                what: "it must be the least and the most, such as [1980, 1989], or null for no bound"
            )
        }
        return .bounds(min: ends[0].whole, max: ends[1].whole)
    }

    private static func stances(_ tree: JSONTree, _ films: SuiteFilms) throws(SuiteFault) -> Value {
        guard case .fields(let fields) = tree, !fields.isEmpty else {
            throw SuiteFault(what: "it must be an object such as {\"Heat (1995)\": \"liked\"}")
        }
        var stances: [String: Stance] = [:]
        for (label, word) in fields.sorted(by: { $0.key < $1.key }) {
            guard let stance = word.text.flatMap(Stance.init) else {
                throw SuiteFault(
                    what: "the stance on “\(printable(label))” must be liked, disliked, seen or mentioned"
                )
            }
            stances[try films.id(label)] = stance
        }
        return .stances(stances)
    }

    private static func words(_ value: Value, _ films: SuiteFilms) -> String {
        switch value {
        case .flag(let flag): flag ? "yes" : "no"
        case .names(let names): names.joined(separator: ", ")
        case .bounds(let low?, let high?): low == high ? "\(low)" : "\(low) to \(high)"
        case .bounds(let low?, nil): "\(low) or more"
        case .bounds(nil, let high): "\(high ?? 0) or less"
        case .films(let ids): ids.map(films.label).joined(separator: ", ")
        case .stances(let stances):
            stances.map { "\(films.label($0.key)) \($0.value.rawValue)" }.sorted().joined(separator: ", ")
        }
    }
}
