import Foundation

/// A film on one line, for a language model to judge by.
package struct FilmCard {
    let movie: Movie
    /// The rating that the person is expected to give, 1...5; `nil` where none is predicted.
    var rating: Double?

    package init(movie: Movie, rating: Double? = nil) { (self.movie, self.rating) = (movie, rating) }

    /// For example `Heat (1995) | Crime, Thriller | Michael Mann | 170 min | heist, city at night | A thief and…`, in at
    /// most about so many tokens: the overview is shortened first, then the keywords.
    func line(tokens: Int) -> String {
        let facts = [
            shortened(movie.label, tokens: min(30, tokens / 2)),
            shortened(movie.genres.joined(separator: ", "), tokens: min(14, tokens / 6)),
            shortened(movie.directors.first ?? "", tokens: min(12, tokens / 6)),
            movie.runtime.map { "\($0) min" } ?? "",
            rating.map { "expected rating \(String(format: "%.1f", $0))" } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " | ")
        let left = tokens - tokenEstimate(facts) - 2
        let keywords = shortened(movie.keywords.joined(separator: ", "), tokens: left * 3 / 5)
        let overview = shortened(movie.overview ?? "", tokens: left - tokenEstimate(keywords) - 2)
        return [facts, keywords, overview].filter { !$0.isEmpty }.joined(separator: " | ")
    }
}
