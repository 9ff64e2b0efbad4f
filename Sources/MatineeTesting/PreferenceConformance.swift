public import Matinee

/// What every preference model must do.
public struct PreferenceConformance: Sendable {
    /// One thing that must be so.
    public enum Requirement: String, CaseIterable, Sendable, CustomStringConvertible {
        case bounds = "Ratings are 1 to 5 and deviations above 0, whatever the history"
        case order = "There is a prediction for each row, the same alone and among others"
        case repeats = "Of a film that was rated again the last rating counts"
        case strangers = "Rows that do not exist and ratings that are none are passed over"
        case same = "The same history gives the same predictions"

        public var description: String { rawValue }
    }

    /// A requirement that is not met.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let model: any PreferenceModel
    private let movies: Int

    /// - Parameter movies: how many rows the model knows, 4 or more.
    public init(_ model: any PreferenceModel, movies: Int) { (self.model, self.movies) = (model, movies) }

    /// Checks one requirement.
    /// - Throws: ``Failure``.
    public func verify(_ requirement: Requirement) throws {
        let history: [(row: Int, rating: Float)] = [(0, 4.5), (1, 1), (2, 3)], rows = Array(0..<movies)
        let usual = model.prediction(for: history, rows: rows)
        switch requirement {
        case .bounds: try bounds(rows, requirement)
        case .order:
            let single = rows.flatMap { model.prediction(for: history, rows: [$0]) }
            try expect(usual == single && usual.count == movies, requirement)
            try expect(model.prediction(for: history, rows: []).isEmpty, requirement)
        case .repeats:
            try expect(model.prediction(for: [(1, 5)] + history, rows: rows) == usual, requirement)
        case .strangers:
            let odd: [(row: Int, rating: Float)] = [
                (-1, 5), (movies, 1), (.max, 1), (3, .nan), (3, .infinity),
            ]
            try expect(model.prediction(for: odd + history, rows: rows) == usual, requirement)
        case .same:
            try expect(model.prediction(for: history, rows: rows) == usual, requirement)
        }
    }

    private func bounds(_ rows: [Int], _ requirement: Requirement) throws {
        var random = SeededGenerator(seed: 4)
        for count in 0..<60 {
            let history = (0..<count).map { _ in
                (
                    row: Int.random(in: 0..<movies, using: &random),
                    rating: Float.random(in: -9...99, using: &random)
                )
            }
            for predicted in model.prediction(for: history, rows: rows + [-1, movies]) {
                let isGood = (1...5).contains(predicted.rating) && predicted.deviation > 0
                try expect(isGood && predicted.deviation.isFinite, requirement)
            }
        }
    }

    private func expect(_ holds: Bool, _ requirement: Requirement) throws {
        if !holds { throw Failure(description: requirement.rawValue) }
    }
}
