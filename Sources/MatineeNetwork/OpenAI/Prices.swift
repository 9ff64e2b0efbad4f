import Matinee

/// What a model's tokens cost, in US dollars a million.
public struct Price: Sendable, Equatable {
    public var prompt: Double
    public var completion: Double

    /// - Parameters:
    ///   - prompt: for what is read.
    ///   - completion: for what is written.
    public init(prompt: Double, completion: Double) {
        (self.prompt, self.completion) = (prompt, completion)
    }

    func cost(of usage: TokenUsage) -> Double {
        (Double(usage.prompt) * prompt + Double(usage.completion) * completion) / 1_000_000
    }
}

extension Price {
    /// When the prices below were looked up: on OpenAI's pages and in those of its resellers.
    public static let date = "2026-11-26"

    /// OpenAI's list prices without discounts: cached and batched tokens cost less, so a cost is an upper bound.
    private static let families: [String: Price] = [
        "gpt-6-luna": Price(prompt: 0.10, completion: 0.50),
        "gpt-6-sol": Price(prompt: 2, completion: 10),
        "gpt-5.6-luna": Price(prompt: 0.20, completion: 1.20),
        "gpt-5.4": Price(prompt: 2.50, completion: 15),
        "gpt-5.1": Price(prompt: 1.25, completion: 10),
        "gpt-5": Price(prompt: 1.25, completion: 10),
        "gpt-5-mini": Price(prompt: 0.25, completion: 2),
        "gpt-5-nano": Price(prompt: 0.05, completion: 0.40),
        "gpt-4.1": Price(prompt: 2, completion: 8),
        "gpt-4.1-mini": Price(prompt: 0.40, completion: 1.60),
        "gpt-4.1-nano": Price(prompt: 0.10, completion: 0.40),
        "gpt-4o": Price(prompt: 2.50, completion: 10),
        "gpt-4o-mini": Price(prompt: 0.15, completion: 0.60),
        "o3": Price(prompt: 2, completion: 8),
        "o4-mini": Price(prompt: 1.10, completion: 4.40),
    ]

    /// The price of one of OpenAI's models or of a dated snapshot of it; `nil` where it is not known, as for fine-tuned ones.
    public static func openAI(_ model: String) -> Price? {
        families[model] ?? families[model.replacing(/-\d{4}-\d\d-\d\d$/, with: "")]
    }
}
