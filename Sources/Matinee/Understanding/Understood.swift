/// A part of a request, in words that a user can take back one by one.
public struct Understood: Sendable, Equatable, Codable {
    /// Names the part in ``Request/without(_:)``, for example `genres.out:Horror`.
    public var id: String
    /// For example `not horror`; the user's own words where the part is the wish.
    public var label: String
}

extension Request {
    /// What was understood, part by part: films, constraints, the wish.
    public var understood: [Understood] {
        let names = named.map { Understood(id: "named:\($0.id)", label: label($0)) }
        let texts = [("wish", isGenreAlone ? nil : wish), ("unwanted", unwanted.map { "not \($0)" })]
        return names + constraints.understood
            + texts.compactMap { id, text in text.map { Understood(id: id, label: $0) } }
    }

    /// Whether the wish says no more than the one genre that is wanted.
    private var isGenreAlone: Bool {
        guard let wish, constraints.genres.in.count == 1 else { return false }
        return folded(wish) == folded(constraints.genres.in[0])
    }

    private func label(_ movie: NamedMovie) -> String {
        let title = movie.year.map { "\(movie.title) (\($0))" } ?? movie.title
        if compared.contains(movie.id) { return "measured by \(title)" }
        return switch movie.stance {
        case .liked: "like \(title)"
        case .disliked: "unlike \(title)"
        case .seen: "seen \(title)"
        case .mentioned: title
        }
    }

    /// The request without the parts of these names; names of no part change nothing.
    public func without(_ ids: Set<String>) -> Request {
        guard !ids.isEmpty else { return self }
        var copy = self
        let isGenreGone = constraints.genres.in.contains { ids.contains("genres.in:\($0)") }
        if ids.contains("wish") || isGenreAlone && isGenreGone { copy.wish = nil }
        if ids.contains("unwanted") { copy.unwanted = nil }
        let gone = Set(named.map(\.id).filter { ids.contains("named:\($0)") })
        copy.named.removeAll { gone.contains($0.id) }
        copy.carried.removeAll(where: gone.contains)
        copy.compared.removeAll(where: gone.contains)
        copy.alike.removeAll(where: gone.contains)
        copy.ambiguous.removeAll { gone.contains($0.id) }
        copy.constraints = constraints.without(ids)
        return copy
    }
}

extension Constraints {
    /// The selections by their names in JSON, and how their values are called.
    private static var selections:
        [(name: String, path: WritableKeyPath<Constraints, Selection>, label: (String) -> String)]
    {
        [
            ("genres", \.genres, { $0.lowercased() }), ("countries", \.countries, Place.countryName),
            ("languages", \.languages, { "in " + Place.languageName($0) }),
            ("people", \.people, { "with " + $0 }), ("certificates", \.certificates, { "rated " + $0 }),
        ]
    }

    fileprivate var understood: [Understood] {
        let values = Self.selections.flatMap { name, path, label in
            self[keyPath: path].in.map { Understood(id: "\(name).in:\($0)", label: label($0)) }
                + self[keyPath: path].out.map {
                    Understood(id: "\(name).out:\($0)", label: "not " + label($0))
                }
        }
        let bounds = [("year", words(year, "")), ("runtime", words(runtime, " minutes"))]
            .compactMap { id, text in text.map { Understood(id: id, label: $0) } }
        return values + bounds
            + yearsOut.map { Understood(id: Self.id($0), label: "not \(words($0, "") ?? "")") }
            + (audience.map { [Understood(id: "audience", label: "for \($0.rawValue)")] } ?? [])
    }

    private static func id(_ yearsOut: Bounds) -> String {
        "year.out:\(yearsOut.min.map(String.init) ?? "")-\(yearsOut.max.map(String.init) ?? "")"
    }

    private func words(_ bounds: Bounds, _ unit: String) -> String? {
        switch (bounds.min, bounds.max) {
        case (let low?, let high?): (low == high ? "\(low)" : "\(low) to \(high)") + unit
        case (let low?, nil): (unit.isEmpty ? "from \(low)" : "at least \(low)") + unit
        case (nil, let high?): (unit.isEmpty ? "up to \(high)" : "at most \(high)") + unit
        case (nil, nil): nil
        }
    }

    fileprivate func without(_ ids: Set<String>) -> Constraints {
        var copy = self
        for (name, path, _) in Self.selections {
            copy[keyPath: path].in.removeAll { ids.contains("\(name).in:\($0)") }
            copy[keyPath: path].out.removeAll { ids.contains("\(name).out:\($0)") }
        }
        copy.yearsOut.removeAll { ids.contains(Self.id($0)) }
        if ids.contains("year") { copy.year = Bounds() }
        if ids.contains("runtime") { copy.runtime = Bounds() }
        if ids.contains("audience") { copy.audience = nil }
        return copy
    }
}
