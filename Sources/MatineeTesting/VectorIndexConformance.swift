public import Matinee

/// What every vector index must do, whatever its backend.
///
/// A test of a backend runs it so:
///
/// ```swift
/// @Test("The index conforms", arguments: VectorIndexConformance.Requirement.allCases)
/// func conforms(_ requirement: VectorIndexConformance.Requirement) async throws {
///     try await VectorIndexConformance { try ExactIndex(rows: $0, dimension: $1) }.verify(requirement)
/// }
/// ```
public struct VectorIndexConformance: Sendable {
    /// One thing that must be so.
    public enum Requirement: String, CaseIterable, Sendable, CustomStringConvertible {
        case shape = "It tells its name, count and dimension"
        case recall = "It finds the nearest rows"
        case scores = "The best comes first, ties by row number, each with its inner product"
        case limits = "It finds as many rows as asked for, or as there are"
        case filters = "It finds allowed rows only, and as many of them as it can"
        case mismatches = "It refuses a query or a set of rows of another size"
        case finiteness = "It refuses numbers that are not finite"
        case determinism = "The same search gives the same answer"
        case concurrency = "Searches at the same time give what they give one by one"

        public var description: String { rawValue }
    }

    /// A requirement that is not met.
    public struct Failure: Error, CustomStringConvertible {
        public let requirement: Requirement
        public let reason: String

        public var description: String { "\(requirement): \(reason)" }
    }

    private let recall: Double
    private let leastRows: Int
    private let make: @Sendable ([Float], Int) throws -> any VectorIndex

    /// - Parameters:
    ///   - recall: the share of the nearest rows that must be found on average, 0...1; 1 for an exact index.
    ///   - leastRows: the fewest rows, besides none, that the backend can be made of, at most 70; sets of fewer are
    ///     left out.
    ///   - make: makes the index of rows of shape (count, dimension), given with their dimension.
    public init(
        recall: Double = 1,
        leastRows: Int = 1,
        make: @escaping @Sendable ([Float], Int) throws -> any VectorIndex
    ) {
        self.recall = recall
        self.leastRows = leastRows
        self.make = make
    }

    /// Checks one requirement.
    ///
    /// - Throws: ``Failure``, or what the index throws unasked.
    public func verify(_ requirement: Requirement) async throws {
        let samples = SampleRows.all.filter { $0.count >= leastRows }
        let check = Check(requirement: requirement, samples: samples, make: make)
        switch requirement {
        case .shape: try check.shape()
        case .recall: try check.recall(atLeast: recall)
        case .scores: try check.scores()
        case .limits: try check.limits()
        case .filters: try check.filters()
        case .mismatches: try check.mismatches()
        case .finiteness: try check.finiteness()
        case .determinism: try check.determinism()
        case .concurrency: try await check.concurrency()
        }
    }
}

private struct Check {
    let requirement: VectorIndexConformance.Requirement
    let samples: [SampleRows]
    let make: @Sendable ([Float], Int) throws -> any VectorIndex

    func shape() throws {
        let index = try make(SampleRows.normal(count: 70, dimension: 5).numbers, 5)
        try expect(!index.name.isEmpty, "the name is empty")
        try expect(index.count == 70, "the count is \(index.count), not 70")
        try expect(index.dimension == 5, "the dimension is \(index.dimension), not 5")
    }

    func recall(atLeast required: Double) throws {
        for sample in samples {
            let index = try make(sample.numbers, sample.dimension)
            var found = 0
            var wanted = 0
            for query in sample.queries {
                let best = sample.scores(query)
                let limit = min(10, sample.count)
                let worst = best.map(\.exact).sorted(by: >)[limit - 1]
                let neighbors = try index.search(query, limit: limit, allowed: nil)
                wanted += limit
                found += neighbors.count { best[$0.row].exact >= worst - 2 * best[$0.row].tolerance }
            }
            let reached = Double(found) / Double(wanted)
            try expect(reached >= required, "recall \(reached) of \(sample.name) is below \(required)")
        }
    }

    func scores() throws {
        for sample in samples {
            let index = try make(sample.numbers, sample.dimension)
            for query in sample.queries {
                let neighbors = try index.search(query, limit: 30, allowed: nil)
                for (one, next) in zip(neighbors, neighbors.dropFirst()) {
                    let ordered = one.score > next.score || one.score == next.score && one.row < next.row
                    try expect(ordered, "\(sample.name): \(one) stands before \(next)")
                }
                let scores = sample.scores(query)
                for neighbor in neighbors {
                    let score = scores[neighbor.row]
                    let difference = abs(Double(neighbor.score) - score.exact)
                    try expect(
                        difference <= score.tolerance,
                        "\(sample.name): \(neighbor), not \(score.exact)"
                    )
                }
            }
        }
    }

    func limits() throws {
        for sample in samples {
            let index = try make(sample.numbers, sample.dimension)
            for limit in [0, 1, 2, sample.count - 1, sample.count, sample.count + 1, .max] {
                let rows = try index.search(sample.queries[0], limit: limit, allowed: nil).map(\.row)
                let wanted = min(limit, sample.count)
                try expect(rows.count == wanted, "\(sample.name), limit \(limit): \(rows.count) rows")
                try expect(Set(rows).count == wanted, "\(sample.name), limit \(limit): a row comes twice")
            }
        }
        let empty = try make([], 3)
        try expect(empty.count == 0, "an empty index has rows")
        try expect(try empty.search([1, 2, 3], limit: 5, allowed: nil).isEmpty, "an empty index finds rows")
    }

    func filters() throws {
        var generator = SeededGenerator(seed: 5)
        for sample in samples {
            let index = try make(sample.numbers, sample.dimension)
            let query = sample.queries[0]
            for share in [0, 0.02, 0.3, 0.97, 1] {
                var allowed = RowSet(count: sample.count)
                for row in 0..<sample.count where Double.random(in: 0..<1, using: &generator) < share {
                    allowed.insert(row)
                }
                try expect(index, query, finds: allowed, in: sample)
            }
            for row in [0, sample.count / 2, sample.count - 1] {
                var one = RowSet(count: sample.count)
                one.insert(row)
                try expect(index, query, finds: one, in: sample)
            }
        }
    }

    func mismatches() throws {
        let sample = SampleRows.normal(count: 70, dimension: 5)
        let index = try make(sample.numbers, sample.dimension)
        for found in [0, 4, 6] {
            try expect(throwing: .wrongDimension(expected: 5, found: found)) {
                try index.search(Array(repeating: 1, count: found), limit: 3, allowed: nil)
            }
        }
        for found in [0, 64, 69, 71, 140] {
            try expect(throwing: .wrongRowCount(expected: 70, found: found)) {
                try index.search(sample.queries[0], limit: 3, allowed: RowSet(count: found, all: true))
            }
        }
    }

    func finiteness() throws {
        let sample = SampleRows.normal(count: 70, dimension: 5)
        let index = try make(sample.numbers, sample.dimension)
        for number in [Float.nan, .infinity, -.infinity] {
            for place in [0, 4] {
                var query = sample.queries[0]
                query[place] = number
                try expect(throwing: .notFinite) { try index.search(query, limit: 3, allowed: nil) }
            }
            for place in [0, 170, sample.numbers.count - 1] {
                var numbers = sample.numbers
                numbers[place] = number
                try expect(throwing: .notFinite) { try make(numbers, 5) }
            }
        }
    }

    func determinism() throws {
        for sample in samples {
            let indexes = try [
                make(sample.numbers, sample.dimension), make(sample.numbers, sample.dimension),
            ]
            for query in sample.queries {
                let answers = try (indexes + indexes).map { try $0.search(query, limit: 20, allowed: nil) }
                try expect(answers.allSatisfy { $0 == answers[0] }, "\(sample.name): answers differ")
            }
        }
    }

    func concurrency() async throws {
        let sample = SampleRows.clustered(count: 2000, dimension: 48)
        let index = try make(sample.numbers, sample.dimension)
        var odd = RowSet(count: sample.count)
        for row in stride(from: 1, to: sample.count, by: 2) { odd.insert(row) }
        let searches: [(query: [Float], limit: Int, allowed: RowSet?)] = sample.queries.flatMap { query in
            [1, 7, 300].flatMap { limit in [(query, limit, nil), (query, limit, odd)] }
        }
        let serial = try searches.map { try index.search($0.query, limit: $0.limit, allowed: $0.allowed) }
        let differing = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                for (search, answer) in zip(searches, serial) {
                    group.addTask {
                        try index.search(search.query, limit: search.limit, allowed: search.allowed) != answer
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try expect(differing == 0, "\(differing) answers differ")
    }

    private func expect(
        _ index: any VectorIndex,
        _ query: [Float],
        finds allowed: RowSet,
        in sample: SampleRows
    ) throws {
        for limit in [1, 10, sample.count] {
            let rows = try index.search(query, limit: limit, allowed: allowed).map(\.row)
            let stray = rows.filter { !allowed.contains($0) }
            try expect(stray.isEmpty, "\(sample.name), limit \(limit): \(stray) are not allowed")
            try expect(
                Set(rows).count == min(limit, allowed.size) && rows.count == Set(rows).count,
                "\(sample.name), limit \(limit): \(rows.count) rows of \(allowed.size) allowed"
            )
        }
    }

    private func expect<Value>(throwing error: VectorIndexError, _ body: () throws -> Value) throws {
        do {
            _ = try body()
        } catch let thrown as VectorIndexError where thrown == error {
            return
        }
        try expect(false, "not refused: \(error)")
    }

    private func expect(_ condition: Bool, _ reason: String) throws {
        guard !condition else { return }
        throw VectorIndexConformance.Failure(requirement: requirement, reason: reason)
    }
}

/// Rows to search and queries for them.
private struct SampleRows {
    let name: String
    let numbers: [Float]  // (count, dimension)
    let dimension: Int
    let queries: [[Float]]

    var count: Int { numbers.count / dimension }

    static var all: [SampleRows] {
        [
            normal(count: 1, dimension: 1),
            normal(count: 7, dimension: 3),
            normal(count: 500, dimension: 33),
            clustered(count: 600, dimension: 64),
            repeated(count: 200, dimension: 20),
        ]
    }

    static func normal(count: Int, dimension: Int) -> SampleRows {
        var generator = SeededGenerator(seed: 1)
        let numbers = generator.normals(count * dimension)
        return SampleRows(name: "normal rows", numbers: numbers, dimension: dimension, generator: &generator)
    }

    static func clustered(count: Int, dimension: Int) -> SampleRows {
        var generator = SeededGenerator(seed: 2)
        let centres = (0..<8).map { _ in generator.normals(dimension) }
        let numbers = (0..<count).flatMap { row in
            zip(centres[row % centres.count], generator.normals(dimension)).map { $0 + 0.1 * $1 }
        }
        return SampleRows(
            name: "clustered rows",
            numbers: numbers,
            dimension: dimension,
            generator: &generator
        )
    }

    static func repeated(count: Int, dimension: Int) -> SampleRows {
        var generator = SeededGenerator(seed: 3)
        let zeros = [Float](repeating: 0, count: dimension)
        let distinct = (0..<6).map { _ in generator.normals(dimension) } + [zeros]
        let numbers = (0..<count).flatMap { distinct[$0 * 3 % distinct.count] }
        return SampleRows(
            name: "repeated rows",
            numbers: numbers,
            dimension: dimension,
            generator: &generator
        )
    }

    private init(name: String, numbers: [Float], dimension: Int, generator: inout SeededGenerator) {
        self.name = name
        self.numbers = numbers
        self.dimension = dimension
        queries = (0..<12).map { _ in generator.normals(dimension) }
    }

    /// Every row's inner product, and how far one in float32 may be from it whatever the order of summing:
    /// `dimension` * 2^-24 * sum of |products|, and a little for the second order (Higham, "Accuracy and
    /// Stability of Numerical Algorithms", 2002, section 3.1).
    func scores(_ query: [Float]) -> [(exact: Double, tolerance: Double)] {
        (0..<count).map { row in
            var exact = 0.0
            var magnitude = 0.0
            for (one, other) in zip(query, numbers[row * dimension..<(row + 1) * dimension]) {
                exact += Double(one) * Double(other)
                magnitude += abs(Double(one) * Double(other))
            }
            return (exact, 1.01 * Double(dimension + 1) * 0x1p-24 * magnitude)
        }
    }
}
