/// A user's taste in words, for the user to see and correct.
public struct TasteSummary: Sendable, Equatable {
    /// Keywords nearest to the long-term taste, nearest first.
    public var keywords: [String]
    /// Titles of movies nearest to it.
    public var nearest: [String]
    /// Labels of the movies the user has said something of, by stance.
    public var said: [Stance: [String]]
}

extension Recommender {
    /// What is known of a user's taste, or `nil` where nothing is.
    /// - Throws: What the store throws.
    public func tasteSummary(of user: String, limit: Int = 8) throws -> TasteSummary? {
        let memory = try memory(of: user)
        guard memory.taste != nil || !memory.feedback.isEmpty else { return nil }
        let catalog = artifacts.catalog
        return TasteSummary(
            keywords: memory.taste.map { nearestKeywords($0, limit) } ?? [],
            nearest: memory.taste.map { nearest($0, artifacts.movies, limit).map { catalog[$0].label } }
                ?? [],
            said: memory.feedback.mapValues(labels)
        )
    }

    /// Of so many films the titles are said.
    private static let mostLabels = 30

    /// The titles of the latest films, and how many others there are.
    private func labels(_ ids: [String]) -> [String] {
        let others = ids.count - Self.mostLabels, catalog = artifacts.catalog
        let titles = ids.suffix(Self.mostLabels).map { id in
            catalog.row(of: id).map { catalog[$0].label } ?? id
        }
        return titles + (others < 1 ? [] : [others == 1 ? "1 other" : "\(others) others"])
    }

    /// Keywords that at least two movies share, since one alone says more of a film than of a taste.
    private func nearestKeywords(_ taste: [Float], _ limit: Int) -> [String] {
        let counts = artifacts.catalog.movies.reduce(into: [String: Int]()) { counts, movie in
            for word in movie.keywords { counts[word, default: 0] += 1 }
        }
        let words = Dictionary(
            artifacts.keywords.rows.map { ($1, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return nearest(taste, artifacts.keywords.vectors, artifacts.keywords.vectors.count)
            .compactMap { words[$0] }.filter { counts[$0, default: 0] > 1 }.prefix(limit).map { $0 }
    }

    private func nearest(_ vector: [Float], _ matrix: EmbeddingMatrix, _ limit: Int) -> [Int] {
        let scores = vector.withUnsafeBufferPointer { vector in
            (0..<matrix.count).map { innerProduct(vector, matrix.view($0)) }
        }
        return best(scores, limit: limit)
    }
}
