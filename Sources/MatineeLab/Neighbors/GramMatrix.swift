import MatineeCompute

/// XᵀX of a binary matrix X of shape (histories, movies): how many histories hold both of two movies. Histories are
/// read one at a time, so that memory grows with the number of movies alone.
struct GramMatrix: ~Copyable {
    /// The movies that take part, those in most histories first, ties by row.
    let movies: [Int]

    /// An element for two places in `movies`.
    var matrix: SymmetricMatrix

    /// - Parameter limit: how many movies take part at most.
    /// - Throws: ``SymmetricMatrix/Fault/tooLarge(_:)``.
    init(of histories: some Collection<[Int]>, movies count: Int, limit: Int) throws {
        let movies = Self.mostFrequent(histories, count, limit)
        self.movies = movies
        matrix = try SymmetricMatrix(order: movies.count)
        var items = [Int](repeating: -1, count: count)
        for (item, movie) in movies.enumerated() { items[movie] = item }
        for history in histories {
            let own = Set(history.map { items[$0] }.filter { $0 >= 0 }).sorted()
            for (place, item) in own.enumerated() {
                let row = matrix.numbers.baseAddress.unsafelyUnwrapped + item * movies.count
                for column in own[...place] { row[column] += 1 }
            }
        }
    }

    private static func mostFrequent(_ histories: some Collection<[Int]>, _ count: Int, _ limit: Int) -> [Int]
    {
        var counts = [Int](repeating: 0, count: count)
        for history in histories { for movie in Set(history) { counts[movie] += 1 } }
        let named = counts.indices.filter { counts[$0] > 0 }
        return Array(named.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(limit))
    }
}
