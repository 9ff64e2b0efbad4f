/// Signals of films named, by vectors and by titles.
extension SignalScorer {
    /// Of many films named, the latest count for the largest cosine: each costs a product with every row.
    private static let mostFilms = 8

    /// All cosines in one pass over the rows, which are read from memory once; a vector that several signals ask for, as at
    /// the first message, is taken once.
    func addNearness(_ dialogue: Dialogue, to table: inout SignalTable) {
        let films = dialogue.films.map { movies[$0] }
        let sought: [(Signal, [[Float]?])] = [
            (.textLast, [dialogue.lastVector]), (.textUser, [dialogue.userVector]),
            (.textAll, [dialogue.allVector]), (.filmMean, [mean(films)]),
            (.filmMax, films.suffix(Self.mostFilms)), (.filmLast, [films.last]),
            (.filmDisliked, dialogue.disliked.suffix(Self.mostFilms).map { movies[$0] }),
        ]
        let signals = sought.map { ($0, $1.compactMap(\.self)) }.filter { !$0.1.isEmpty }
        let distinct = Array(Set(signals.flatMap(\.1)))
        let cosines = Dictionary(uniqueKeysWithValues: zip(distinct, movies.products(distinct, table.rows)))
        for (signal, vectors) in signals {
            let columns = vectors.compactMap { cosines[$0] }
            table.set(
                signal,
                columns.count == 1
                    ? columns[0]
                    : table.rows.indices.map { place in columns.reduce(-1) { max($0, $1[place]) } }
            )
        }
    }

    /// Titles that share words with those named: sequels.
    func addTitles(_ dialogue: Dialogue, to table: inout SignalTable) {
        let films = dialogue.films
        guard !films.isEmpty else { return }
        var shares: [Int32: Float] = [:]
        for film in films {
            var common: [Int32: Int] = [:]
            for word in facts.titleWords[film] {
                for row in facts.titleMovies[Int(word)] { common[row, default: 0] += 1 }
            }
            for (row, count) in common {
                let least = max(1, min(facts.titleWords[film].count, facts.titleWords[Int(row)].count))
                shares[row] = max(shares[row] ?? 0, Float(count) / Float(least))
            }
        }
        table.set(.filmTitle) { shares[Int32($0)] ?? 0 }
    }
}

extension Dialogue {
    fileprivate var lastVector: [Float]? { users.last { $0.vector != nil }?.vector }
    fileprivate var userVector: [Float]? { mean(users.compactMap(\.vector)) }
    fileprivate var allVector: [Float]? { mean(utterances.compactMap(\.vector)) }
}
