import Foundation

/// The sentence above the picks: what was understood, without the user's own words.
struct Reply {
    /// For example `Five films: comedy; 1980 to 1989; at most 99 minutes; without musical; liked Heat.`
    /// - Parameter answer: what is said before it, to a message that asks or greets.
    func text(_ request: Request, picks: Int, fallbacks: [Fallback], answer: String? = nil) -> String {
        let sentences = [answer, opening(request, picks: picks)] + notes(request, fallbacks)
        return sentences.compactMap { $0 }.joined(separator: " ")
    }

    /// How many films there are and what they were chosen by; `nil` of none.
    func opening(_ request: Request, picks: Int) -> String? {
        guard picks > 0 else { return nil }
        let understood = understood(request).joined(separator: "; ")
        let films = picks == 1 ? "Here is one film" : "Here are \(spelled(picks)) films"
        return "\(films)\(understood.isEmpty ? "" : ": " + understood)."
    }

    /// What the user should know beside the films.
    func notes(_ request: Request, _ fallbacks: [Fallback]) -> [String] {
        request.ambiguous.compactMap { choice($0, request) } + fallbacks.map(\.message)
    }

    /// Which of several films of a title was taken, and how to have another.
    private func choice(_ title: AmbiguousTitle, _ request: Request) -> String? {
        guard let taken = request.named.first(where: { $0.id == title.id }), let other = title.others.first
        else {
            return nil
        }
        let label = taken.year.map { "\(taken.title) (\($0))" } ?? taken.title
        guard let year = other.year else { return "I took \(label); there is another film of that title." }
        let rest = title.others.count == 1 ? "the other" : "another"
        return "I took \(label); say “the \(year) one” for \(rest)."
    }

    private func spelled(_ count: Int) -> String {
        let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        return words.indices.contains(count) ? words[count] : "\(count)"
    }

    /// The parts of the request that constrain or name, in words.
    func understood(_ request: Request) -> [String] {
        let constraints = request.constraints
        var parts: [String] = []
        parts += selection(constraints.genres) { $0.lowercased() }
        parts += selection(constraints.countries) { Place.countryName($0) }
        parts += selection(constraints.languages) { "in " + Place.languageName($0) }
        parts += selection(constraints.people) { "with " + $0 }
        if let years = bounds(constraints.year, "from %", "up to %", "% to %") { parts.append(years) }
        parts += constraints.yearsOut.compactMap { bounds($0, "before %", "after %", "% to %") }.map {
            "not \($0)"
        }
        if let minutes = bounds(
            constraints.runtime,
            "at least % minutes",
            "at most % minutes",
            "% to % minutes"
        ) {
            parts.append(minutes)
        }
        parts += selection(constraints.certificates) { "rated " + $0 }
        if let audience = constraints.audience { parts.append("for \(audience.rawValue)") }
        if constraints.isOnWatchlist { parts.append("from your watchlist") }
        let compared = request.named.filter { request.compared.contains($0.id) }.map(\.title)
        if !compared.isEmpty { parts.append("measured by \(list(compared))") }
        let stances: [(Stance, String)] = [
            (.liked, "like"), (.disliked, "unlike"), (.seen, "already seen:"), (.mentioned, "for"),
        ]
        for (stance, verb) in stances {
            let titles = request.named.filter { $0.stance == stance && !request.compared.contains($0.id) }
                .map(\.title)
            if !titles.isEmpty { parts.append("\(verb) \(list(titles))") }
        }
        return parts
    }

    private func selection(_ selection: Constraints.Selection, _ name: (String) -> String) -> [String] {
        let wanted = selection.in.map(name), out = selection.out.map(name)
        let joined = selection.any ? wanted.joined(separator: " or ") : list(wanted)
        return (wanted.isEmpty ? [] : [joined])
            + (out.isEmpty ? [] : ["not \(out.joined(separator: " or "))"])
    }

    private func bounds(_ bounds: Constraints.Bounds, _ min: String, _ max: String, _ both: String) -> String?
    {
        func fill(_ form: String, _ values: Int...) -> String {
            values.reduce(form) { text, value in
                guard let mark = text.range(of: "%") else { return text }
                return text.replacingCharacters(in: mark, with: "\(value)")
            }
        }
        switch (bounds.min, bounds.max) {
        case (let low?, let high?): return low == high ? fill("%", low) : fill(both, low, high)
        case (let low?, nil): return fill(min, low)
        case (nil, let high?): return fill(max, high)
        case (nil, nil): return nil
        }
    }
}
