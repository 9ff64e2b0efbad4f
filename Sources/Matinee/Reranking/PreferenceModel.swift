/// Predicts how a user would rate movies, from what they rated before.
public protocol PreferenceModel: Sendable {
    /// The name of the model, as a turn records it.
    var name: String { get }

    /// A prediction for each of the rows, in their order.
    ///
    /// - Parameters:
    ///   - history: catalogue rows that the user rated, oldest first, with ratings of 0.5...5; of a row that comes
    ///     again the last rating counts, and rows that do not exist are passed over. It may be empty.
    ///   - rows: of the catalogue.
    func prediction(for history: [(row: Int, rating: Float)], rows: [Int]) -> [Prediction]
}

/// A rating that a user would give.
public struct Prediction: Sendable, Equatable {
    /// The expected rating, 1...5; higher is better.
    public var rating: Float

    /// The standard deviation of the true rating around it, above 0.
    public var deviation: Float

    public init(rating: Float, deviation: Float) { (self.rating, self.deviation) = (rating, deviation) }
}
