/// The numbers that steer a recommender; the defaults are those of the documentation.
public struct Settings: Sendable, Equatable {
    /// α, w and β.
    public var taste: TasteModel
    /// The weight of the present wish against the long-term taste in the query, 0...1.
    public var presentWeight: Float
    /// How much nearness to a telling wish counts beside the fusion of all signals, 0...3.
    public var wishWeight: Float
    /// How much of what people watch anyway is taken off the fusion where something was said, 0...1.
    public var popularityPull: Float
    /// How many candidates are ranked, 1 or more.
    public var candidates: Int

    public init(
        taste: TasteModel = TasteModel(),
        presentWeight: Float = 0.7,
        wishWeight: Float = 1,
        popularityPull: Float = 0.3,
        candidates: Int = 20
    ) {
        self.taste = taste
        self.presentWeight = presentWeight
        self.wishWeight = wishWeight
        self.popularityPull = popularityPull
        self.candidates = candidates
    }
}
