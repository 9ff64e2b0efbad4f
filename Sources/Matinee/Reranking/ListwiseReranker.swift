/// Orders candidates as a language model does, by number, whatever it likes about certain places of a list.
///
/// The films are shown in a random order and, at the same time, in the reverse of it; where the two replies do not agree,
/// in further such pairs. The replies are merged (``RankMerge``) with the order of the candidates as the prior.
struct ListwiseReranker: Sendable {
    static let name = "listwise"

    /// Replies agree, and no more are asked for, from this Kendall's tau on.
    static let agreement = 0.6

    let catalog: Catalog
    let session: ModelSession

    /// The candidates in the model's order with `listwise` scores, 0...1.
    ///
    /// - Parameter candidates: best first by numbers; at most ``ListwisePrompt/mostFilms``.
    /// - Throws: what the model throws where no reply could be used.
    func rerank(_ candidates: [Candidate], for person: PersonFacts) async throws -> (
        ranked: [Candidate], use: LanguageModelUse.Ranking
    ) {
        var use = LanguageModelUse.Ranking(films: candidates.count)
        var orders: [[Int]] = [], failure: (any Error)?
        var generator = SeededGenerator(seed: seed(candidates))
        let prompt = ListwisePrompt(person: person)
        let limit = max(1, session.options.permutations)
        while use.permutations < limit {
            let shown = candidates.indices.shuffled(using: &generator)
            let pair = [shown, Array(shown.reversed())].prefix(limit - use.permutations)
            if use.permutations > 0, !isWorthwhile(prompt.chat(cards(shown, candidates)), orders) { break }
            use.permutations += pair.count
            for result in await replies(Array(pair), candidates, prompt) {
                switch result {
                case .success(let reply): orders.append(reply.take(into: &use))
                case .failure(let error):
                    failure = failure ?? error
                    use.failed += 1
                }
            }
            if orders.isEmpty { throw failure ?? LanguageModelError.unreadable("there is none") }
        }
        let merge = RankMerge(orders: orders)
        use.agreement = merge.agreement
        return (
            merge.merged.map { film, score in
                var candidate = candidates[film]
                candidate.scores.listwise = score
                return candidate
            }, use
        )
    }

    /// A reply by the candidates' places rather than the numbers shown.
    private struct Order: Sendable {
        var shown: [Int]
        var reply: ListwiseReply

        func take(into use: inout LanguageModelUse.Ranking) -> [Int] {
            use.unknown += reply.unknown
            use.repeated += reply.repeated
            use.missing += reply.missing
            return reply.places.map { shown[$0] }
        }
    }

    /// The replies to several orders, asked for at once.
    private func replies(_ orders: [[Int]], _ candidates: [Candidate], _ prompt: ListwisePrompt) async
        -> [Result<
            Order, any Error
        >]
    {
        await withTaskGroup(of: (Int, Result<Order, any Error>).self) { group in
            for (number, shown) in orders.enumerated() {
                let chat = prompt.chat(cards(shown, candidates))
                group.addTask { [session] in
                    do {
                        let reply = try await session.complete(chat, for: .ranking)
                        let byNumbers = shown.indices.sorted { shown[$0] < shown[$1] }
                        let read = try ListwiseReply(reply.text, rest: byNumbers)
                        return (number, .success(Order(shown: shown, reply: read)))
                    } catch { return (number, .failure(error)) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Whether to ask again: the replies differ, and time and budget are not needed for what comes after.
    private func isWorthwhile(_ chat: Chat, _ orders: [[Int]]) -> Bool {
        if let agreement = RankMerge(orders: orders).agreement, agreement >= Self.agreement { return false }
        let left = ContinuousClock.now.duration(to: session.deadline(of: .ranking)) / .milliseconds(1)
        return left > 4 * session.milliseconds && session.affords(chat) && !Task.isCancelled
    }

    private func cards(_ shown: [Int], _ candidates: [Candidate]) -> [FilmCard] {
        shown.compactMap { place in
            catalog.row(of: candidates[place].id).map {
                FilmCard(movie: catalog[$0], rating: candidates[place].scores.rating)
            }
        }
    }

    /// The same for the same candidates and setting.
    private func seed(_ candidates: [Candidate]) -> UInt64 {
        candidates.reduce(session.options.seed &+ 0xcbf2_9ce4_8422_2325) { seed, candidate in
            candidate.id.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        }
    }
}
