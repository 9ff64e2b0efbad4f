import Synchronization

/// Predicts ratings of candidates with a language model, several at once, each asked for only once.
struct RatingPredictor: Sendable {
    let catalog: Catalog
    let session: ModelSession
    let known: RatingCache

    /// The candidates with the ratings of those that could be read, for the first ``ListwisePrompt/mostFilms``.
    /// - Throws: what the model throws where no further call would go better, or no reply could be read.
    func rated(_ candidates: [Candidate], by prompt: RatingPrompt) async throws -> (
        candidates: [Candidate], use: LanguageModelUse.Ratings
    ) {
        var candidates = candidates, use = LanguageModelUse.Ratings(), open: [Int] = []
        for place in candidates.indices.prefix(ListwisePrompt.mostFilms) {
            if let rating = known[prompt, candidates[place].id, session.name] {
                candidates[place].scores.take(rating)
                use.cached += 1
            } else {
                open.append(place)
            }
        }
        use.asked = open.count
        var failure: LanguageModelError?
        for (place, result) in zip(open, try await ratings(open.map { candidates[$0].id }, prompt)) {
            switch result {
            case .success(let rating):
                known[prompt, candidates[place].id, session.name] = rating
                candidates[place].scores.take(rating)
            case .failure(let error):
                use.failed += 1
                failure = error
            }
        }
        if let failure, use.failed == use.asked, use.cached == 0 { throw failure }
        return (candidates, use)
    }

    private typealias Outcome = Result<RatingCache.Rating, LanguageModelError>

    /// The rating of each film, or why its reply was none; at most so many are asked for at once.
    private func ratings(_ ids: [String], _ prompt: RatingPrompt) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var outcomes = [Outcome](repeating: .failure(.unreadable("there is none")), count: ids.count)
            var next = 0
            func ask() {
                guard ids.indices.contains(next) else { return }
                group.addTask { [number = next] in (number, try await rating(ids[number], prompt)) }
                next += 1
            }
            for _ in 0..<max(1, session.options.ratingsAtOnce) { ask() }
            while let (number, outcome) = try await group.next() {
                outcomes[number] = outcome
                ask()
            }
            return outcomes
        }
    }

    private func rating(_ id: String, _ prompt: RatingPrompt) async throws -> Outcome {
        guard let row = catalog.row(of: id) else { return .failure(.unreadable("there is no such film")) }
        do {
            let reply = try await session.complete(prompt.chat(catalog[row]), for: .ranking)
            let rating = RatingPrompt.rating(in: reply).map(RatingCache.Rating.init)
            return rating.map(Outcome.success) ?? .failure(.unreadable("it is no rating"))
        } catch let error as LanguageModelError where !error.isLasting { return .failure(error) }
    }
}

extension Candidate.Scores {
    fileprivate mutating func take(_ rating: RatingCache.Rating) {
        (self.rating, deviation) = (rating.rating, rating.deviation)
    }
}

/// The ratings that language models have predicted since the start, by profile, film and model.
final class RatingCache: Sendable {
    struct Rating {
        var rating: Double
        var deviation: Double?
    }

    private struct Key: Hashable {
        var profile: UInt64
        var film: String
        var model: String
    }

    /// When there are so many, all are forgotten.
    private static let most = 50_000

    private let ratings = Mutex<[Key: Rating]>([:])

    subscript(prompt: RatingPrompt, film: String, model: String) -> Rating? {
        get { ratings.withLock { $0[Key(profile: Self.hash(prompt.profile), film: film, model: model)] } }
        set {
            ratings.withLock { ratings in
                if ratings.count >= Self.most { ratings.removeAll() }
                ratings[Key(profile: Self.hash(prompt.profile), film: film, model: model)] = newValue
            }
        }
    }

    /// FNV-1a: the profile itself is not kept.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
