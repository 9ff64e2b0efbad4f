/// How long the stages of a turn took, in milliseconds.
public struct Timings: Sendable, Equatable, Codable {
    public var interpret = 0.0
    public var embed = 0.0
    public var retrieve = 0.0
    public var rerank = 0.0
    public var explain = 0.0
    /// How long at least one call of the language model was going on; it is part of the stages above.
    public var model = 0.0
    /// From the message to the answer; making it durable comes after and is not included.
    public var total = 0.0

    private enum CodingKeys: String, CodingKey {
        case interpret, embed, retrieve, rerank, explain, model, total
    }

    init() {}

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        interpret = try row.decode(Double.self, forKey: .interpret)
        embed = try row.decode(Double.self, forKey: .embed)
        retrieve = try row.decode(Double.self, forKey: .retrieve)
        rerank = try row.decode(Double.self, forKey: .rerank)
        explain = try row.decode(Double.self, forKey: .explain)
        // Logs of earlier versions lack it.
        model = try row.decodeIfPresent(Double.self, forKey: .model) ?? 0
        total = try row.decode(Double.self, forKey: .total)
    }

    /// Adds the time that `body` takes to a stage.
    mutating func measure<Result>(_ stage: WritableKeyPath<Timings, Double>, _ body: () throws -> Result)
        rethrows -> Result
    {
        let start = ContinuousClock.now
        defer { self[keyPath: stage] += Self.milliseconds(since: start) }
        return try body()
    }

    /// Adds the time since `start`, waiting included, to a stage.
    mutating func add(_ stage: WritableKeyPath<Timings, Double>, since start: ContinuousClock.Instant) {
        self[keyPath: stage] += Self.milliseconds(since: start)
    }

    /// The time since `start` in milliseconds, to the microsecond.
    static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        ((ContinuousClock.now - start) / .microseconds(1)).rounded() / 1_000
    }
}
