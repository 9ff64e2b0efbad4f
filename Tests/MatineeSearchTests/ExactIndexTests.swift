import Foundation
import Matinee
import MatineeSearch
import MatineeTesting
import Testing

@Suite("Exact index")
struct ExactIndexTests {
    @Test(
        "It meets what is asked of every vector index",
        arguments: VectorIndexConformance.Requirement.allCases
    )
    func conforms(_ requirement: VectorIndexConformance.Requirement) async throws {
        for portable in [false, true] {
            try await VectorIndexConformance { try ExactIndex(rows: $0, dimension: $1, portable: portable) }
                .verify(requirement)
        }
    }

    @Test("A small search gives what one works out by hand")
    func byHand() throws {
        let index = try ExactIndex(rows: [1, 0, 0, 2, 1, 1, 0, 2], dimension: 2)
        let best = [Neighbor(row: 2, score: 4), Neighbor(row: 0, score: 3), Neighbor(row: 1, score: 2)]
        #expect(try index.search([3, 1], limit: 3, allowed: nil) == best)
        #expect(try index.scores([3, 1]) == [3, 2, 4, 2])
        #expect(index.name == "exact")
    }

    @Test("An index whose codes are made beside the searches finds the same from the first search on")
    func lazily() throws {
        var generator = SeededGenerator(seed: 6)
        let dimension = 24, rows = generator.normals(500 * dimension), owner = Numbers(rows)
        let eager = try ExactIndex(rows: rows, dimension: dimension)
        let lazy = try ExactIndex(
            rows: UnsafeBufferPointer(owner.numbers),
            dimension: dimension,
            owner: owner,
            lazily: true
        )
        for round in 0..<300 {
            let query = generator.normals(dimension)
            var allowed = RowSet(count: 500)
            for _ in 0..<100 { allowed.insert(Int.random(in: 0..<500, using: &generator)) }
            let chosen = round % 2 == 0 ? nil : allowed
            #expect(
                try lazy.search(query, limit: 20, allowed: chosen)
                    == eager.search(query, limit: 20, allowed: chosen)
            )
        }
        let query = generator.normals(dimension)
        #expect(try lazy.scores(query) == eager.scores(query))
        #expect(throws: VectorIndexError.notFinite) {
            try lazy.search(Array(repeating: Float.nan, count: dimension), limit: 1, allowed: nil)
        }
    }

    @Test("Rows of a shape that cannot be are refused")
    func shapes() {
        #expect(throws: VectorIndexError.wrongDimension(expected: 3, found: 1)) {
            try ExactIndex(rows: [1, 2, 3, 4], dimension: 3)
        }
        #expect(throws: VectorIndexError.wrongDimension(expected: 1, found: 0)) {
            try ExactIndex(rows: [], dimension: 0)
        }
    }

    @Test("More rows than memory can hold are an error, and no crash")
    func outOfMemory() {
        var number: Float = 1
        withUnsafePointer(to: &number) { start in
            for count in [1 << 45, 1 << 60] {
                #expect(throws: VectorIndexError.outOfMemory(rows: count, dimension: 1)) {
                    let rows = UnsafeBufferPointer(start: start, count: count)
                    return try ExactIndex(rows: rows, dimension: 1, owner: Owner())
                }
            }
        }
    }

    @Test("Borrowed rows are kept as long as the index, and no longer")
    func owner() throws {
        var index: ExactIndex?
        weak var owner: Owner?
        do {
            let rows = Owner()
            owner = rows
            index = try ExactIndex(rows: UnsafeBufferPointer(rows.numbers), dimension: 2, owner: rows)
        }
        #expect(try index?.search([1, 1], limit: 1, allowed: nil) == [Neighbor(row: 1, score: 7)])
        #expect(owner != nil)
        index = nil
        #expect(owner == nil)
    }

    @Test("A score beyond float32 is infinite, and rows of infinite scores stand by number")
    func overflow() throws {
        let great = Float.greatestFiniteMagnitude
        let index = try ExactIndex(rows: [great, great, great, -great, -great, -great], dimension: 2)
        let found = try index.search([great, great], limit: 3, allowed: nil)
        #expect(found.map(\.row) == [0, 1, 2])
        #expect(found.map(\.score) == [.infinity, 0, -.infinity])
        #expect(try index.search([great, 0], limit: 3, allowed: nil).map(\.row) == [0, 1, 2])
    }
}

// Sendable unchecked: nobody writes the numbers after init.
private final class Owner: @unchecked Sendable {
    let numbers = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4)

    init() {
        _ = numbers.initialize(from: [1, 2, 3, 4])
    }

    deinit { numbers.deallocate() }
}

/// Numbers that stay where they are.
// @unchecked: they never change.
private final class Numbers: @unchecked Sendable {
    let numbers: UnsafeMutableBufferPointer<Float>

    init(_ values: [Float]) {
        numbers = .allocate(capacity: values.count)
        _ = numbers.initialize(from: values)
    }

    deinit { numbers.deallocate() }
}
