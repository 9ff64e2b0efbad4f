/// Decides whether a movie satisfies constraints.
package struct ConstraintFilter {
    /// From the best to the worst.
    package enum Verdict: Int, Comparable {
        case satisfied, unknown, violated

        package static func < (one: Verdict, other: Verdict) -> Bool { one.rawValue < other.rawValue }
    }

    /// Decides on a row by one field, read where it stands: a copy of a movie costs more than the comparisons.
    private typealias Check = ([Movie], Int) -> Verdict

    private var checks: [Check] = []

    /// Only what is constrained is looked at.
    package init(constraints: Constraints) {
        add(constraints.year) { $0[$1].year }
        add(constraints.runtime) { $0[$1].runtime }
        for years in constraints.yearsOut {
            checks.append { movies, row in
                movies[row].year.map { years.contains($0) ? .violated : .satisfied } ?? .unknown
            }
        }
        add(constraints.genres) { $0[$1].genres }
        add(constraints.languages) { $0[$1].languages }
        add(constraints.countries) { $0[$1].countries }
        add(constraints.people) { $0[$1].people }
        add(constraints.certificates) { $0[$1].certificate.map { [$0] } ?? [] }
        if let audience = constraints.audience {
            checks.append { movies, row in Self.verdict(audience, movies[row]) }
        }
    }

    /// `violated` where any known field rules the movie out, else `unknown` where a constrained field is unknown.
    package func verdict(on movie: Movie) -> Verdict { verdict(on: [movie], 0) }

    /// The same of a row.
    func verdict(on movies: [Movie], _ row: Int) -> Verdict {
        var worst = Verdict.satisfied
        for check in checks {
            worst = max(worst, check(movies, row))
            if worst == .violated { break }
        }
        return worst
    }

    private mutating func add(_ bounds: Constraints.Bounds, _ value: @escaping ([Movie], Int) -> Int?) {
        guard !bounds.isEmpty else { return }
        checks.append { movies, row in
            value(movies, row).map { bounds.contains($0) ? .satisfied : .violated } ?? .unknown
        }
    }

    private mutating func add(_ names: Constraints.Selection, _ known: @escaping ([Movie], Int) -> [String]) {
        guard !names.isEmpty else { return }
        checks.append { movies, row in
            let known = known(movies, row)
            return known.isEmpty ? .unknown : names.allows(known) ? .satisfied : .violated
        }
    }

    /// Whether a movie suits who watches.
    ///
    /// Children: certificate G, or PG where the movie is also of the genre Family or Animation (a PG of the early
    /// eighties may be `Jaws`). Teenagers: G, PG or PG-13. Adults: all but G and Family. Without a certificate
    /// (or with NR), the genre Family speaks for children and teenagers and against adults; horror speaks against
    /// children; anything else leaves it unknown, but for adults whatever is not made for children will do.
    private static func verdict(_ audience: Constraints.Audience, _ movie: Movie) -> Verdict {
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
}
