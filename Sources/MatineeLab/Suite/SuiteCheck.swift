package import Matinee

/// Decides what holds of an answer, by the catalogue's rows alone; it shares nothing with the recommender's own filters.
package struct SuiteCheck: Sendable {
    private let catalog: Catalog

    package init(_ catalog: Catalog) { self.catalog = catalog }

    func movie(_ id: String) -> Movie? { catalog.row(of: id).map { catalog[$0] } }

    /// An answer with what was shown before it.
    package struct Answer: Sendable {
        package var turn: Turn
        /// The ids of the list before.
        package var before: [String]
        /// The ids of all films shown before.
        package var shown: Set<String>

        package init(_ turn: Turn, before: [String], shown: Set<String>) {
            (self.turn, self.before, self.shown) = (turn, before, shown)
        }
    }

    /// What breaks a property, or `nil` where it holds. What is said of every film does not hold of an empty list.
    package func fault(_ property: SuiteProperty, _ answer: Answer) -> String? {
        switch (property.kind, property.value) {
        case (.picks, .bounds(let low, let high)):
            let count = answer.turn.picks.count
            return count >= low ?? 0 && count <= high ?? .max ? nil : "\(count) films are shown"
        case (.includes, .films(let ids)), (.includesOneOf, .films(let ids)), (.excludes, .films(let ids)):
            return listFault(property.kind, Set(ids), answer.turn)
        case (.notRepeated, .flag(let flag)):
            return filmsFault(answer.turn) { flag && answer.shown.contains($0.id) ? "was shown before" : nil }
        case (.sameList, .flag(let flag)):
            return (answer.turn.picks.map(\.id) == answer.before) == flag
                ? nil : flag ? "the list is another" : "the list is the same"
        case (.names, _), (.namesNone, _), (.namesAny, _): return namesFault(property, answer.turn.request)
        case (.act, .names(let acts)):
            let act = answer.turn.request.act.rawValue
            return acts.contains(act) ? nil : "the act is \(act)"
        case (.asks, _), (.saysNotUnderstood, _), (.saysFewFit, _), (.replyHas, _), (.replyHasOneOf, _):
            return replyFault(property, answer.turn)
        case (.mostAbout, .names(let words)): return aboutFault(words, answer.turn)
        default: return filmsFault(answer.turn) { fault(property, $0) }
        }
    }

    /// What is wrong with an answer whatever was asked: films that do not exist or come twice, or that lack a reason.
    package func unsoundness(_ turn: Turn, limit: Int) -> String? {
        let ids = turn.picks.map(\.id)
        if Set(ids).count < ids.count { return "a film is in the list twice" }
        if ids.count > limit { return "the list has \(ids.count) films" }
        if turn.reply.isEmpty { return "there is no reply" }
        return turn.picks.lazy.compactMap { pick in
            guard let row = catalog.row(of: pick.id), catalog[row].title == pick.title else {
                return "\(pick.title) is not in the catalogue"
            }
            return pick.reason.isEmpty ? "\(pick.title) has no reason" : nil
        }.first
    }

    private func filmsFault(_ turn: Turn, _ fault: (Movie) -> String?) -> String? {
        if turn.picks.isEmpty { return "no film is shown" }
        let faults = turn.picks.compactMap { pick -> String? in
            guard let row = catalog.row(of: pick.id) else { return "\(pick.title) is not in the catalogue" }
            return fault(catalog[row]).map { "\(catalog[row].label) \($0)" }
        }
        return faults.isEmpty ? nil : faults.joined(separator: "; ")
    }

    /// What is wrong with one film, for properties that must hold of every film.
    private func fault(_ property: SuiteProperty, _ movie: Movie) -> String? {
        switch (property.kind, property.value) {
        case (.year, .bounds(let low, let high)): within(movie.year, low, high, "year")
        case (.runtime, .bounds(let low, let high)): within(movie.runtime, low, high, "runtime")
        case (.genres, .names(let names)): lacks(movie.genres, names, all: true)
        case (.genresAny, .names(let names)): lacks(movie.genres, names, all: false)
        case (.genresNone, .names(let names)): has(movie.genres, names)
        case (.languages, .names(let names)): lacks(movie.languages, names, all: false)
        case (.languagesNone, .names(let names)): has(movie.languages, names)
        case (.countries, .names(let names)): lacks(movie.countries, names, all: false)
        case (.countriesNone, .names(let names)): has(movie.countries, names)
        case (.people, .names(let names)): lacks(movie.directors + movie.cast, names, all: true)
        case (.peopleNone, .names(let names)): has(movie.directors + movie.cast, names)
        case (.certificates, .names(let names)):
            lacks([movie.certificate].compactMap(\.self), names, all: false)
        case (.certificatesNone, .names(let names)): has([movie.certificate].compactMap(\.self), names)
        default: nil
        }
    }

    private func within(_ value: Int?, _ low: Int?, _ high: Int?, _ what: String) -> String? {
        guard let value else { return "has no known \(what)" }
        return value >= low ?? .min && value <= high ?? .max ? nil : "has the \(what) \(value)"
    }

    private func lacks(_ found: [String], _ wanted: [String], all: Bool) -> String? {
        let holds = all ? wanted.allSatisfy(found.contains) : wanted.contains(where: found.contains)
        return holds ? nil : found.isEmpty ? "says nothing of it" : "has \(found.joined(separator: ", "))"
    }

    private func has(_ found: [String], _ unwanted: [String]) -> String? {
        let both = unwanted.filter(found.contains)
        return both.isEmpty ? nil : "has \(both.joined(separator: ", "))"
    }
}
