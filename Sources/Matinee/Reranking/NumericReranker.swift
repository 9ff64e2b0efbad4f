/// Orders candidates by `α·relevance + (1-α)·ŷ`, both 0...1: the retriever's relevance, which it has put into `final`,
/// and `ŷ = (rating - 1) / 4` of the predicted rating.
///
/// Without a preference model, and for a user of whom fewer than three films are known, relevance alone counts.
/// Movies that fill up a list stay behind those that satisfy the request.
public struct NumericReranker: Sendable {
    public let name = "numeric"

    /// α, 0...1.
    package var relevanceWeight = 0.7

    /// How many films a user must have rated, liked or disliked.
    package static let leastHistory = 3

    /// Ratings that stand for words: a liking, and a dislike.
    package static let liked: Float = 4.5, disliked: Float = 1.5

    private let preference: (any PreferenceModel)?

    public init(preference: (any PreferenceModel)? = nil) { self.preference = preference }

    /// The candidates with the predicted rating and its deviation, where there is one, and the final score made of it.
    /// - Parameters:
    ///   - history: catalogue rows with ratings, oldest first.
    ///   - row: the catalogue row of an id.
    func scored(_ candidates: [Candidate], history: [(row: Int, rating: Float)], row: (String) -> Int?)
        -> [Candidate]
    {
        guard let preference, history.count >= Self.leastHistory else { return candidates }
        let rows = candidates.map { row($0.id) ?? -1 }
        return zip(candidates, preference.prediction(for: history, rows: rows)).map { candidate, prediction in
            var candidate = candidate
            candidate.scores.rating = Double(prediction.rating)
            candidate.scores.deviation = Double(prediction.deviation)
            return combined(candidate)
        }
    }

    /// The candidate with the final score made of its relevance and its predicted rating, where there is one.
    func combined(_ candidate: Candidate) -> Candidate {
        guard let rating = candidate.scores.rating else { return candidate }
        var candidate = candidate
        candidate.scores.final =
            relevanceWeight * candidate.scores.final + (1 - relevanceWeight) * (rating - 1) / 4
        return candidate
    }

    /// The best candidates, at most `limit`.
    public func rerank(_ candidates: [Candidate], limit: Int) -> [Candidate] {
        let whole = candidates.filter { $0.note == nil }, fill = candidates.filter { $0.note != nil }
        let ordered = [whole, fill].flatMap { group in
            best(group.map(\.scores.final), limit: group.count).map { group[$0] }
        }
        return Array(ordered.prefix(limit))
    }
}
