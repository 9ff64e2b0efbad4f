/// Finds the facts that speak for a pick.
struct EvidenceFinder {
    let catalog: Catalog
    let movies: EmbeddingMatrix
    let keywords: KeywordVectors
    /// The lists that the picks were ranked by; `nil` where they were not.
    let editorial: Editorial?

    /// What a turn knows when its picks are explained.
    struct Context {
        var request: Request
        /// The embedding of the wish's words.
        var text: [Float]?
        var taste: Taste
        /// Rows of the films that the message likes.
        var liked: [Int]
        /// Rows of films that the user has liked before.
        var history: [Int]
        /// Mean and standard deviation of the cosine between the wish and all keywords.
        var keywordScale: (mean: Float, deviation: Float)?
    }

    /// A keyword counts where it is nearer to the wish than most: by so many standard deviations.
    private static let nearKeyword: Float = 3.5

    /// A film counts as near to another where no more than one in fifty is nearer.
    private static let nearFilm = 50

    /// Mean and standard deviation over all keywords of the cosine with the wish.
    func keywordScale(_ text: [Float]?) -> (mean: Float, deviation: Float)? {
        guard let text, keywords.vectors.count > 1 else { return nil }
        let cosines = (0..<keywords.vectors.count).map { cosine(text, keywords.vectors.view($0)) }
        let mean = cosines.reduce(0, +) / Float(cosines.count)
        let variance = cosines.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(cosines.count)
        return (mean, variance.squareRoot())
    }

    /// The facts for a candidate, the most telling first; at least one.
    func evidence(for candidate: Candidate, _ context: Context) -> [Evidence] {
        guard let row = catalog.row(of: candidate.id) else { return [.meaning] }
        var found = asked(catalog[row], context.request.constraints)
        if context.request.named.contains(where: { $0.id == candidate.id }) { found.insert(.named, at: 0) }
        if let near = nearKeywords(catalog[row], context) {
            found.insert(.keywords(near), at: 0)
        } else if let themes = themes(row, context.request) {
            found.append(.themes(themes))
        }
        found += context.liked.lazy.compactMap { common(row, $0) }.prefix(2)
        if found.isEmpty || context.liked.isEmpty, let past = past(row, context) { found.append(past) }
        if found.isEmpty {
            found.append(
                candidate.scores.cosine == nil
                    ? .wellKnown : context.taste.query.present == nil ? .taste : .meaning
            )
        }
        return found + (candidate.note.map { [.note($0)] } ?? [])
    }

    /// What was asked for and holds.
    private func asked(_ movie: Movie, _ constraints: Constraints) -> [Evidence] {
        var found: [Evidence] = []
        let genres = movie.genres.filter(constraints.genres.in.contains)
        if !genres.isEmpty { found.append(.genres(genres)) }
        let people = constraints.people.in.filter(movie.people.contains)
        if !people.isEmpty { found.append(.people(people)) }
        let origin =
            movie.countries.filter(constraints.countries.in.contains).map(Place.countryName)
            + movie.languages.filter(constraints.languages.in.contains).map(Place.languageName)
        if !origin.isEmpty { found.append(.origin(origin)) }
        if let year = movie.year, !constraints.year.isEmpty, constraints.year.contains(year) {
            found.append(.year(year))
        }
        if let runtime = movie.runtime, !constraints.runtime.isEmpty, constraints.runtime.contains(runtime) {
            found.append(.runtime(runtime))
        }
        return found
    }

    /// Up to three keywords of the movie that speak of the wish: those that share a word with it, then those
    /// that are much nearer to it in meaning than keywords are in general.
    private func nearKeywords(_ movie: Movie, _ context: Context) -> [String]? {
        guard let text = context.text, let scale = context.keywordScale, scale.deviation > 0 else {
            return nil
        }
        let wish = Set(words(in: context.request.wish ?? "").map(\.folded).filter { $0.count > 3 })
        let near = movie.keywords.compactMap { word -> (String, Float)? in
            guard let row = keywords.rows[word] else { return nil }
            let nearness = (cosine(text, keywords.vectors.view(row)) - scale.mean) / scale.deviation
            guard !Opposites.contradicts(word, wish) else { return nil }
            let shares = words(in: word).contains { wish.contains($0.folded) }
            return shares ? (word, nearness + 100) : nearness > Self.nearKeyword ? (word, nearness) : nil
        }
        return near.isEmpty ? nil : best(near.map(\.1), limit: 3).map { near[$0].0 }
    }

    /// Up to two themes that the wish names and the movie is listed for.
    private func themes(_ row: Int, _ request: Request) -> [String]? {
        guard let themes = editorial?.themes, let wish = request.wish else { return nil }
        let named = themes.named(in: folded(wish).split(separator: " ")).sorted()
        let listed = named.filter { themes.films[$0].contains { $0.row == row } }.map { themes.names[$0] }
        return listed.isEmpty ? nil : Array(unique(listed).prefix(2))
    }

    /// What a movie has in common with another.
    private func common(_ row: Int, _ other: Int) -> Evidence? {
        let (movie, liked) = (catalog[row], catalog[other])
        let people = movie.people.filter(liked.people.contains)
        let words = movie.keywords.filter(liked.keywords.contains)
        if !people.isEmpty || !words.isEmpty {
            let genres = movie.genres.filter(liked.genres.contains)
            return .shared(
                with: liked.title,
                people: unique(people),
                keywords: words,
                genres: words.isEmpty ? genres : []
            )
        }
        if editorial?.alike.links(row, other) == true { return .listed(with: liked.title) }
        return isNear(row, other) ? .near(liked.title) : nil
    }

    /// What ties the movie to films liked before, where the long-term taste has drawn it.
    private func past(_ row: Int, _ context: Context) -> Evidence? {
        let candidates = context.history.filter { $0 != row }
        let nearest = candidates.max {
            innerProduct(movies.view(row), movies.view($0)) < innerProduct(movies.view(row), movies.view($1))
        }
        return nearest.flatMap { common(row, $0) }
    }

    private func isNear(_ row: Int, _ other: Int) -> Bool {
        let other = (row: other, vector: movies.view(other)),
            mark = innerProduct(movies.view(row), other.vector)
        var room = max(5, movies.count / Self.nearFilm)
        for row in 0..<movies.count where row != other.row {
            if innerProduct(movies.view(row), other.vector) > mark { room -= 1 }
            if room < 0 { return false }
        }
        return true
    }

    private func cosine(_ a: [Float], _ b: UnsafeBufferPointer<Float>) -> Float {
        a.withUnsafeBufferPointer { innerProduct($0, b) }
    }
}

/// The names without repetitions, in order.
func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
}
