/// Decides whether a movie satisfies constraints.
struct ConstraintFilter {
    /// From the best to the worst.
    enum Verdict: Int, Comparable {
        case satisfied, unknown, violated

        static func < (one: Verdict, other: Verdict) -> Bool { one.rawValue < other.rawValue }
    }

    let constraints: Constraints

    /// `violated` where any known field rules the movie out, else `unknown` where a constrained field is unknown.
    func verdict(on movie: Movie) -> Verdict {
        var worst = max(verdict(constraints.year, movie.year), verdict(constraints.runtime, movie.runtime))
        worst = max(worst, verdict(constraints.genres, movie.genres))
        worst = max(worst, verdict(constraints.languages, movie.languages))
        worst = max(worst, verdict(constraints.countries, movie.countries))
        return max(worst, verdict(constraints.people, movie.people))
    }

    private func verdict(_ bounds: Constraints.Bounds, _ value: Int?) -> Verdict {
        if bounds.isEmpty { return .satisfied }
        return value == nil ? .unknown : bounds.contains(value) ? .satisfied : .violated
    }

    private func verdict(_ selection: Constraints.Selection, _ names: @autoclosure () -> [String]) -> Verdict
    {
        if selection.isEmpty { return .satisfied }
        let names = names()
        return names.isEmpty ? .unknown : selection.allows(names) ? .satisfied : .violated
    }
}
