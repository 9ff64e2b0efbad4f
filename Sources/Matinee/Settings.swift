/// The numbers that steer a recommender; the defaults are those of the documentation.
public struct Settings: Sendable, Equatable {
    /// α, w and β.
    public var taste: TasteModel
    /// The weight of the present wish against the long-term taste in the query, 0...1.
    public var presentWeight: Float
    /// How much nearness to a telling wish and the lists of its themes count beside the fusion of all signals, 0...5.
    public var wishWeight: Float
    /// How much of what people watch anyway is taken off the fusion where something was said, 0...1.
    public var popularityPull: Float
    /// How much what is known of a person from before counts where the message leaves it open, 0...5.
    public var historyWeight: Float
    /// What counts where films are for several people.
    public var together: Together
    /// How much a pick loses that is like one before it, 0...1; see ``Variety``.
    public var variety: Float
    /// How many candidates are ranked, 1 or more.
    public var candidates: Int

    public init(
        taste: TasteModel = TasteModel(),
        presentWeight: Float = 0.7,
        wishWeight: Float = 1,
        popularityPull: Float = 0.05,
        historyWeight: Float = 1,
        together: Together = .mean,
        variety: Float = 0.03,
        candidates: Int = 20
    ) {
        self.taste = taste
        self.presentWeight = presentWeight
        self.wishWeight = wishWeight
        self.popularityPull = popularityPull
        self.historyWeight = historyWeight
        self.together = together
        self.variety = variety
        self.candidates = candidates
    }
}
