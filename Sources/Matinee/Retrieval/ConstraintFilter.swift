/// Decides whether a movie satisfies constraints.
package struct ConstraintFilter {
    /// From the best to the worst.
    package enum Verdict: Int, Comparable {
        case satisfied, unknown, violated

        package static func < (one: Verdict, other: Verdict) -> Bool { one.rawValue < other.rawValue }
    }

    let constraints: Constraints

    package init(constraints: Constraints) { self.constraints = constraints }

    /// `violated` where any known field rules the movie out, else `unknown` where a constrained field is unknown.
    package func verdict(on movie: Movie) -> Verdict { verdict(on: [movie], 0) }

    /// The same of a row, of which only the constrained fields are touched: a copy of all costs more than the comparisons.
    func verdict(on movies: [Movie], _ row: Int) -> Verdict {
        var worst = max(
            verdict(constraints.year, movies[row].year),
            verdict(constraints.runtime, movies[row].runtime)
        )
        for years in constraints.yearsOut {
            worst = max(
                worst,
                movies[row].year.map { years.contains($0) ? .violated : .satisfied } ?? .unknown
            )
        }
        worst = max(worst, verdict(constraints.genres, movies[row].genres))
        worst = max(worst, verdict(constraints.languages, movies[row].languages))
        worst = max(worst, verdict(constraints.countries, movies[row].countries))
        worst = max(worst, verdict(constraints.people, movies[row].people))
        worst = max(worst, verdict(constraints.certificates, movies[row].certificate.map { [$0] } ?? []))
        return max(worst, constraints.audience.map { verdict($0, movies[row]) } ?? .satisfied)
    }

    /// Whether a movie suits who watches.
    ///
    /// Children: certificate G, or PG where the movie is also of the genre Family or Animation (a PG of the early
    /// eighties may be `Jaws`). Teenagers: G, PG or PG-13. Adults: all but G and Family. Without a certificate
    /// (or with NR), the genre Family speaks for children and teenagers and against adults; horror speaks against
    /// children; anything else leaves it unknown, but for adults whatever is not made for children will do.
    private func verdict(_ audience: Constraints.Audience, _ movie: Movie) -> Verdict {
        let certificate = movie.certificate.flatMap { $0 == "NR" ? nil : $0 }
        let isFamily = movie.genres.contains("Family"), isHorror = movie.genres.contains("Horror")
        switch (audience, certificate) {
        case (.children, "G"?): return isHorror ? .violated : .satisfied
        case (.children, "PG"?):
            return !isHorror && (isFamily || movie.genres.contains("Animation")) ? .satisfied : .violated
        case (.teenagers, let known?): return ["G", "PG", "PG-13"].contains(known) ? .satisfied : .violated
        case (.adults, let known?): return known == "G" || known == "PG" && isFamily ? .violated : .satisfied
        case (.children, _?): return .violated
        case (.children, nil): return isHorror ? .violated : isFamily ? .satisfied : .unknown
        case (.teenagers, nil): return isFamily && !isHorror ? .satisfied : .unknown
        case (.adults, nil): return isFamily ? .violated : movie.genres.isEmpty ? .unknown : .satisfied
        }
    }

    private func verdict(_ bounds: Constraints.Bounds, _ value: @autoclosure () -> Int?) -> Verdict {
        if bounds.isEmpty { return .satisfied }
        return value().map { bounds.contains($0) ? .satisfied : .violated } ?? .unknown
    }

    private func verdict(_ selection: Constraints.Selection, _ names: @autoclosure () -> [String]) -> Verdict
    {
        if selection.isEmpty { return .satisfied }
        let names = names()
        return names.isEmpty ? .unknown : selection.allows(names) ? .satisfied : .violated
    }
}
