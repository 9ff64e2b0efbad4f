/// How a language model takes part in turns.
public struct ModelOptions: Sendable, Equatable {
    public enum Reranker: String, Sendable, CaseIterable {
        /// By relevance and a rating that the model predicts.
        case numeric
        /// In the order that the model gives.
        case listwise
    }

    public enum Explainer: String, Sendable, CaseIterable {
        /// In sentences composed of facts.
        case builtIn = "built-in"
        /// In the model's words, each sentence checked.
        case model
    }

    public var reranker: Reranker
    public var explainer: Explainer
    /// Whether the model reads messages too, beside the rules.
    public var readsMessages: Bool
    /// How long a turn may take; what the model has not done by then is done without it.
    public var deadline: Duration
    /// How many tokens the calls of a turn may read and write together.
    public var tokensPerTurn: Int
    /// In how many orders at most the candidates are shown to the listwise reranker, 1 or more: two at once, and further
    /// pairs only while the answers do not agree.
    public var permutations: Int
    /// How many ratings are asked for at once, 1 or more.
    public var ratingsAtOnce: Int
    /// What the orders are drawn from.
    public var seed: UInt64

    public init(
        reranker: Reranker = .listwise,
        explainer: Explainer = .model,
        readsMessages: Bool = false,
        deadline: Duration = .seconds(20),
        tokensPerTurn: Int = 20_000,
        permutations: Int = 4,
        ratingsAtOnce: Int = 8,
        seed: UInt64 = 1
    ) {
        self.reranker = reranker
        self.explainer = explainer
        self.readsMessages = readsMessages
        self.deadline = deadline
        self.tokensPerTurn = tokensPerTurn
        self.permutations = permutations
        self.ratingsAtOnce = ratingsAtOnce
        self.seed = seed
    }
}
